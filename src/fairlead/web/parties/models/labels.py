"""Labels that a team gives to parties, such as “tender 2026” or “asked twice”."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.Model):
    """One label of an organisation."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    name = models.CharField(_("label"), max_length=40)
    parties = models.ManyToManyField("parties.Party", through="parties.Labelling", related_name="labels")

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["organisation", "name"], name="one_label_per_name"),)

    def __str__(self) -> str:
        return self.name


class Labelling(models.Model):
    """One party with one label."""

    MOVES_WITH_PARTY = ("party",)

    label = models.ForeignKey(Label, models.CASCADE, related_name="labellings")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="labellings")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["party", "label"], name="one_labelling_once"),)

    def __str__(self) -> str:
        return f"{self.label}: {self.party_id}"
