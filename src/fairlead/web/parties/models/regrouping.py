"""Parties that people joined into one, or one that they parted, with all that is needed to undo it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RegroupingKind(models.TextChoices):
    """Whether parties were joined or parted."""

    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")


class Regrouping(models.Model):
    """One merge or split.

    `kept` is the party that stays; `others` are the ids (pk) of those merged into it or split off it. `moved` lists
    what changed its party: for each model the rows as [pk, party before, party after]. `withdrawn` are links that
    would have led from a party to itself. `before` and `after` are the values of the kept party that changed.
    `judgements` are the ids of the entries that tell imports of it.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RegroupingKind.choices)
    kept = models.ForeignKey("parties.Party", models.CASCADE, related_name="regroupings")
    others = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    withdrawn = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    judgements = models.JSONField(default=list)
    why = models.CharField(_("why"), max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "-at"], name="regroupings_newest"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
