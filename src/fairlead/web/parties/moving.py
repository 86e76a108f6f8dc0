"""Moves what belongs to one party to another: rows of every feature that says they go with their party.

A model takes part by naming its foreign keys to Party in `MOVES_WITH_PARTY`; what it has to set besides the key goes
into a method `moved_to(party)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.apps import apps
from django.db.models import ManyToOneRel, Model, QuerySet, UniqueConstraint
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from fairlead.web.accounts.models import User
from fairlead.web.parties.models import Party, Record
from fairlead.web.records.change import keep_beginnings

#: Of models that cannot name theirs.
_OF_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisations.Membership": ("party",),
    "organisations.Invitation": ("party",),
}
_CHUNK: Final = 500

#: What changed its party, by `app.Model.field`: rows as [pk, pk of the party before, pk of the party after].
Moved = dict[str, list[list[int]]]


def moving() -> Iterator[tuple[str, type[Model], str]]:
    """Yield each model and foreign key that goes with its party, with its label `app.Model.field`."""
    hidden_too = Party._meta.get_fields(include_hidden=True)  # keys that Party has no way back for move as well
    relations = [each for each in hidden_too if isinstance(each, ManyToOneRel)]
    for relation in sorted(relations, key=lambda each: (each.related_model._meta.label, each.field.name)):
        model, field = relation.related_model, relation.field.name
        label = model._meta.label
        if field in getattr(model, "MOVES_WITH_PARTY", ()) or field in _OF_OTHERS.get(label, ()):
            yield f"{label}.{field}", model, field


def move_all(
    source: Party, target: Party, *, user: User | None, why: str, leave: Mapping[str, Collection[int]] | None = None
) -> Moved:
    """Move everything of one party to another, except the rows to leave (by model label); return what was moved.

    What the other has already (the same number, the same label) stays where it is.
    """
    moved: Moved = {}
    for label, model, field in moving():
        stay = (leave or {}).get(model._meta.label, ())
        rows = model._default_manager.filter(**{field: source}).exclude(pk__in=stay).order_by("pk")
        done = move_rows(rows, field, target, user=user, why=why)
        if done:
            moved[label] = done
    return moved


def move_rows(rows: QuerySet[Any], field: str, target: Party, *, user: User | None, why: str) -> list[list[int]]:
    """Move some rows to a party; return them as [pk, party before, party after]."""
    model = rows.model
    taken = _taken(model, field, target)
    moved: list[list[int]] = []
    for chunk in _chunks(list(rows)):
        going = [row for row in chunk if not _is_taken(row, taken)]
        for row in going:
            moved.append([row.pk, getattr(row, f"{field}_id"), target.pk])
            setattr(row, field, target)
            if hasattr(row, "moved_to"):
                row.moved_to(target)
        save_all(going, model, (field, *getattr(model, "MOVED_BESIDES", ())), user=user, why=why)
    return moved


def save_all(rows: list[Any], model: type[Any], fields: Iterable[str], *, user: User | None, why: str) -> None:
    """Save the fields of many rows at once, each with a new version and a line in its history where it keeps one."""
    names = list(fields)
    if not rows:
        return
    if issubclass(model, Record):
        now = timezone.now()
        for row in rows:
            row.version += 1
            row.changed_at = now
        names += ["version", "changed_at"]
    if hasattr(model, "history"):
        keep_beginnings(model, [row.pk for row in rows])
        bulk_update_with_history(rows, model, names, batch_size=_CHUNK, default_user=user, default_change_reason=why)
    else:
        model._default_manager.bulk_update(rows, names, batch_size=_CHUNK)


def move_back(moved: Moved, parties: Mapping[int, Party], *, user: User | None, why: str) -> int:
    """Give rows back to the parties they had; what is no longer where it was put stays. Return how many stayed."""
    stayed = 0
    for label, rows in moved.items():
        name, _, field = label.rpartition(".")
        model = apps.get_model(name)
        for chunk in _chunks(rows):
            there = {row.pk: row for row in model._default_manager.filter(pk__in=[pk for pk, _, _ in chunk])}
            going: list[Any] = []
            for pk, before, after in chunk:
                row = there.get(pk)
                if row is None or getattr(row, f"{field}_id") != after:
                    stayed += 1
                    continue
                setattr(row, field, parties[before])
                if hasattr(row, "moved_to"):
                    row.moved_to(parties[before])
                going.append(row)
            save_all(going, model, (field, *getattr(model, "MOVED_BESIDES", ())), user=user, why=why)
    return stayed


def gone_elsewhere(moved: Moved) -> int:
    """Return how many rows are no longer where they were moved to."""
    count = 0
    for label, rows in moved.items():
        name, _, field = label.rpartition(".")
        model = apps.get_model(name)
        for chunk in _chunks(rows):
            there = dict(
                model._default_manager.filter(pk__in=[pk for pk, _, _ in chunk]).values_list("pk", f"{field}_id")
            )
            count += sum(there.get(pk) != after for pk, _, after in chunk)
    return count


def _taken(model: type[Any], field: str, target: Party) -> list[tuple[tuple[str, ...], set[tuple[Any, ...]]]]:
    """Return for each constraint on the key the values that the target has already."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field in constraint.fields:
            others = tuple(name for name in constraint.fields if name != field)
            there = model._default_manager.filter(**{field: target}).values_list(*others)
            found.append((others, set(there)))
    return found


def _is_taken(row: Any, taken: list[tuple[tuple[str, ...], set[tuple[Any, ...]]]]) -> bool:
    for names, values in taken:
        own = tuple(_value(row, name) for name in names)
        if own in values:
            return True
        values.add(own)
    return False


def _value(row: Any, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)


def _chunks(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
