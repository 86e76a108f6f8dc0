"""Pages of a list by the place where the one before ended, so that what is added meanwhile moves nothing.

A page begins after the values by which the list is ordered in the last row of the page before (keyset). The cursor
holds them, signed, so that it cannot be made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core import signing
from django.db.models import F, Field, Model, Q, QuerySet

from fairlead.web.api.problems import invalid

_SALT: Final = "fairlead.web.api.paging"


@dataclass(frozen=True)
class Key:
    """One column of an order: its path from the row, whether from the highest, whether it can be null."""

    path: str
    falling: bool
    field: Field[Any, Any]
    nullable: bool

    def order(self) -> Any:
        """Return it as order_by takes it; null stands last, on every database."""
        if not self.nullable:
            return f"-{self.path}" if self.falling else self.path
        return F(self.path).desc(nulls_last=True) if self.falling else F(self.path).asc(nulls_last=True)

    def after(self, value: Any) -> Q | None:
        """Return the condition that a row stands after a value; None where nothing can."""
        if value is None:
            return None
        later = Q(**{f"{self.path}__{'lt' if self.falling else 'gt'}": value})
        return later | Q(**{f"{self.path}__isnull": True}) if self.nullable else later

    def same(self, value: Any) -> Q:
        """Return the condition that a row has a value."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def of(self, row: Any) -> Any:
        """Return the value of a row, as JSON has it."""
        for part in self.path.split("__"):
            row = getattr(row, part) if row is not None else None
        return str(row) if isinstance(row, (date, datetime, Decimal)) else row


def page_of(rows: QuerySet[Any], order: Sequence[str], cursor: str, limit: int) -> tuple[list[Any], str]:
    """Return the rows of a page, and the cursor of the one after it, empty where there is none.

    `order` are the arguments of order_by. Raises Problem where the cursor is not one of this list in this order.
    """
    keys = [_key(rows.model, name) for name in _ending_with_id(order)]
    if cursor:
        rows = rows.filter(_after(keys, _values(keys, list(order), cursor)))
    found = list(rows.order_by(*(key.order() for key in keys))[: limit + 1])
    if len(found) <= limit:
        return found, ""
    values = [key.of(found[limit - 1]) for key in keys]
    return found[:limit], signing.dumps([list(order), values], salt=_SALT)


def _ending_with_id(order: Sequence[str]) -> list[str]:
    names = ["pk" if name == "id" else name for name in order]
    return names if {"pk", "-pk"} & set(names) else [*names, "pk"]


def _key(model: type[Model], name: str) -> Key:
    path = name.removeprefix("-")
    nullable, field, at = False, None, model
    for part in path.split("__"):
        field = at._meta.pk if part == "pk" else at._meta.get_field(part)
        nullable |= bool(getattr(field, "null", False))
        at = getattr(field, "related_model", None) or at
    return Key(path, name.startswith("-"), field, nullable)  # type: ignore[arg-type]


def _values(keys: Sequence[Key], order: list[str], cursor: str) -> list[Any]:
    try:
        of_order, values = signing.loads(cursor, salt=_SALT)
    except (signing.BadSignature, ValueError):
        of_order, values = None, []
    if of_order != order or len(values) != len(keys):
        raise invalid([("query.cursor", "It is no cursor of this list in this order.")])
    return [key.field.to_python(value) for key, value in zip(keys, values, strict=True)]


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Return the condition that a row stands after the values: later in one column, the same in all before it."""
    condition, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        later = key.after(value)
        if later is not None:
            condition |= same & later
        same &= key.same(value)
    first = keys[0]
    if not first.nullable:  # says nothing new, and lets the database begin in its index
        condition &= Q(**{f"{first.path}__{'lte' if first.falling else 'gte'}": values[0]})
    return condition
