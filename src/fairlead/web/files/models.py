"""A file that somebody attached."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


def attached_to(organisation_id: int) -> Path:
    """Return the folder of an organisation's attached files."""
    return Path(settings.FILES) / str(organisation_id) / "attached"


def place_of(sha256: str) -> Path:
    """Return where a file lies in that folder, by its hash; no folder grows without bounds."""
    return Path(sha256[:2]) / sha256


class StoredFile(models.Model):
    """One file of an organisation; the same bytes lie on the disk once, under their hash.

    `name` is what the file was called where it came from: it is only shown and never part of a path.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["organisation", "sha256"], name="files_by_hash"),)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where it lies."""
        return attached_to(self.organisation_id) / place_of(self.sha256)
