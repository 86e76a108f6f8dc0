"""Which values a column has among an organisation's records, found by jumping through an index from one to the next."""

from __future__ import annotations

from typing import Final

from django.db import connection

from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party, RecordState, Site

_LIVE: Final = f"FROM {{table}} WHERE organisation_id = %(organisation)s AND state = '{RecordState.LIVE}'"

#: DISTINCT would read every record. Each step reads one entry of the index on organisation, state and the column;
#: nothing is smaller than the empty text but null, of which there may be very many.
_JUMPING: Final = f"""
    WITH RECURSIVE found (value) AS (
        SELECT (SELECT MIN({{column}}) {_LIVE} AND {{column}} > '')
        UNION ALL
        SELECT (SELECT MIN({{column}}) {_LIVE} AND {{column}} > found.value) FROM found WHERE found.value IS NOT NULL
    )
    SELECT value FROM found WHERE value IS NOT NULL
    UNION ALL
    SELECT NULL WHERE EXISTS (SELECT 1 {_LIVE} AND {{column}} IS NULL)
"""  # noqa: S608 - names of ours


def values_in_use(organisation: Organisation, model: type[Party | Site | Link], column: str) -> list[str | None]:
    """Return the values of a column among the records in use; null where there is a record without one.

    `column` is one for which the model has an index behind organisation and state.
    """
    with connection.cursor() as cursor:
        question = _JUMPING.format(table=model._meta.db_table, column=connection.ops.quote_name(column))
        cursor.execute(question, {"organisation": organisation.pk})
        return [value for (value,) in cursor.fetchall()]
