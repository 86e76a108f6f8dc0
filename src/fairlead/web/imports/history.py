"""History of many records at once: copied within the database, so that a short transaction can hold it."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from fairlead.web.accounts.models import User

ADDED, CHANGED, REMOVED = "+", "~", "-"
_OWN: Final = ("history_date", "history_type", "history_user_id", "history_change_reason")


def keep_history(rows: QuerySet[Any], kind: str, *, user: User | None, reason: str) -> None:
    """Write a line of history for each of the rows as they are now; `kind` is ADDED, CHANGED or REMOVED."""
    model: type[Model] = rows.model
    history = model.history.model  # type: ignore[attr-defined]
    names = [field.attname for field in history.tracked_fields]
    columns = [field.column for field in history.tracked_fields]
    quoted = ", ".join(connection.ops.quote_name(name) for name in (*columns, *_OWN))
    told, values = rows.order_by().values_list(*names).query.sql_with_params()
    own: list[Any] = [timezone.now(), kind, user.pk if user else None, reason[:100]]
    selected = f"SELECT told.*, {_typed()} FROM ({told}) AS told"  # noqa: S608 - names of our own
    table = connection.ops.quote_name(history._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({quoted}) {selected}", [*own, *values])


def _typed() -> str:
    """Return the placeholders of the four values, with their types where the database wants to know them."""
    if connection.vendor == "postgresql":
        return "%s::timestamptz, %s::varchar, %s::bigint, %s::varchar"
    return "%s, %s, %s, %s"
