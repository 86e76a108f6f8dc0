"""A list as somebody wants to see it again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """Search, filters and order of one list under a name; shared ones are seen by the whole organisation."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    list_key = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2_000, blank=True)
    shared = models.BooleanField(_("for everybody in the organisation"), default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "user", "list_key", "name"], name="one_view_per_name"),
        )

    def __str__(self) -> str:
        return self.name
