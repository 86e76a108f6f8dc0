"""Pairs of parties that may be one, and what people have said of records, as later imports read it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from fairlead.model.vocabulary import Decision
from fairlead.web.parties.models.records import choices_of


class DuplicatePair(models.Model):
    """Two parties that may be one, as the newest search found them, and what a person said; `left` has the lesser pk.

    `reason` is a message of the engine; `sure` says that the rules would join them without asking.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    left = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    right = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    probability = models.FloatField()
    reason = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)
    sure = models.BooleanField(default=False)
    decision = models.CharField(max_length=10, choices=choices_of(Decision), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    regrouping = models.ForeignKey("parties.Regrouping", models.SET_NULL, null=True, related_name="+")
    judgement = models.CharField(max_length=40, blank=True)  # id of the entry that holds the decision

    class Meta:
        constraints = (models.UniqueConstraint(fields=["left", "right"], name="one_pair_once"),)
        indexes = (models.Index(fields=["organisation", "decision", "-probability", "id"], name="pairs_by_likeness"),)

    def __str__(self) -> str:
        return f"{self.left_id}, {self.right_id}"


class JudgementEntry(models.Model):
    """One event of `fairlead.resolve.judgements`: a person's judgement on two records, or the undoing of one.

    `line` is the event as the engine writes it; entries are chained and never changed.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=40)
    line = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "id"], name="judgements_in_order"),)

    def __str__(self) -> str:
        return self.event_id
