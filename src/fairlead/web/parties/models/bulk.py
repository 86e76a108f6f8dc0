"""One change made to many parties at once, and what each of them was before, so that it can be undone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class BulkChange(models.Model):
    """A change of many parties: `change` says what is set, `selection` which parties were meant.

    `selection` holds either ids (`selected`) or the query of the list (`query`); `listed` says that every party meant
    has its item, `done_at` that all of them are changed.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    change = models.JSONField()
    selection = models.JSONField()
    listed = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"bulk change {self.pk}"


class BulkChangeItem(models.Model):
    """One party of a bulk change: its values before it, null until it was changed; `undone` when they are back."""

    bulk = models.ForeignKey(BulkChange, models.CASCADE, related_name="items")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    before: Any = models.JSONField(null=True)
    undone = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["bulk", "party"], name="one_item_per_party"),)

    def __str__(self) -> str:
        return f"{self.bulk_id}: {self.party_id}"
