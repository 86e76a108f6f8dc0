"""Changes a record if nobody else has changed it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from fairlead.web.records.models import Versioned

Record = TypeVar("Record", bound=Versioned)


class ChangedMeanwhile(Exception):
    """Somebody else changed the record after the page was opened; `current` is the record as it is now."""

    def __init__(self, current: Versioned) -> None:
        super().__init__("the record was changed meanwhile")
        self.current = current


def change(record: Record, values: Mapping[str, Any], *, seen: int) -> Record:
    """Save the values if the record still has the version that was `seen`; return the record as it is afterwards.

    Raises ChangedMeanwhile otherwise. Nothing is saved, and the version stays, where no value differs.
    """
    with transaction.atomic():
        current = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if current.version != seen:
            raise ChangedMeanwhile(current)
        changed = [field for field, value in values.items() if getattr(current, field) != value]
        if changed:
            keep_beginnings(type(record), [record.pk])
            for field in changed:
                setattr(current, field, values[field])
            current.version += 1
            current.save()
    return current


def keep_beginnings(model: type[Any], pks: Iterable[int]) -> None:
    """Write the first line of the history of records that have none, as they are now, before they change.

    Records that come many at a time, such as those of an import, begin without one.
    """
    chosen = list(pks)
    told = set(model.history.filter(id__in=chosen).values_list("id", flat=True))
    beginning = list(model._default_manager.filter(pk__in=[pk for pk in chosen if pk not in told]))
    for record in beginning:
        record._history_user = None  # whoever changes it now is not who brought it
        record._history_date = getattr(record, "created_at", None) or timezone.now()
    if beginning:
        model.history.bulk_history_create(beginning)


def as_seen(record: Versioned, version: int) -> Versioned | None:
    """Return the record as it was in an earlier version; None where its history does not have it."""
    found = record.history.filter(version=version).order_by("-history_id").first()  # type: ignore[attr-defined]
    return found.instance if found else None
