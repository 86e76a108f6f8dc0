"""What changed between two assessments, worked out once and kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.web.assessments.models.assessment import Assessment


class Comparison(models.Model):
    """Two assessments of one organisation compared by the model that was in use; seen only once it is `ready`.

    `parted` says whether changes are parted into what the model, time and evidence did.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    older = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    newer = models.ForeignKey(Assessment, models.CASCADE, related_name="+")
    model_version = models.CharField(max_length=80)
    ready = models.BooleanField(default=False)
    parted = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)  # how many parties have each state
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["older", "newer", "model_version"], name="one_comparison_per_pair"),
        )

    def __str__(self) -> str:
        return f"{self.older_id} → {self.newer_id}"


class PartyChange(models.Model):
    """One party that is not the same on both sides; `place` is the order, the weightiest change first.

    Probabilities are null where there was no data or no rating. `terms` are those that changed, `evidence` what came
    and went; what restricted evidence makes is marked so.
    """

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="changes")
    place = models.PositiveIntegerField()
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=400)
    country = models.CharField(_("country"), max_length=3, null=True)
    state = models.CharField(max_length=12)
    before = models.JSONField(null=True)  # band, p, p_low, p_high, find_out; null where the party is not there
    after = models.JSONField(null=True)
    nats = models.FloatField(null=True)
    by_model = models.FloatField(null=True)
    by_time = models.FloatField(null=True)
    by_evidence = models.FloatField(null=True)
    terms = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["comparison", "place"], name="one_change_per_place"),)
        indexes = (models.Index(fields=["comparison", "state", "place"], name="changes_by_state"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"
