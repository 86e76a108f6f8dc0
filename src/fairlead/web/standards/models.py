"""The versions of the standard that an organisation has asked with, and the one it is working on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from fairlead.web.records.fields import OrderedJSON
from fairlead.web.records.models import Versioned


class StandardBase(models.Model):
    """Fairlead's own standard as it was shipped, kept whole so that every version can be read for ever."""

    version = models.CharField(max_length=80, unique=True)
    content = OrderedJSON()  # {"core": ..., "supplements": {name: ...}}

    def __str__(self) -> str:
        return self.version


class StandardVersion(models.Model):
    """A version of an organisation's standard: the base and the changes to it. It is never changed or deleted.

    `hashed` is the name with the beginning of the hash of all that the standard holds, as evidence names it.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    hashed = models.CharField(max_length=160)
    base = models.ForeignKey(StandardBase, models.PROTECT, related_name="+")
    changes = OrderedJSON(default=list)  # as in a file of changes
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="one_standard_version_per_number"),
        )

    def __str__(self) -> str:
        return self.hashed


class StandardDraft(Versioned):
    """The changes that an organisation is working on; nobody is asked with them before they are kept as a version."""

    organisation = models.OneToOneField("organisations.Organisation", models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    changes = OrderedJSON(default=list)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name
