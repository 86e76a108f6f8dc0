"""Asks the database one bounded question about each of several parties, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def answer(question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that a question in SQL gives; `values` are those of its places."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def of_each(parties: Sequence[int], question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that a question gives for each party; `{party}` in it stands for the party's number.

    PostgreSQL runs it over the numbers with LATERAL, which it plans once. SQLite has no LATERAL: there the question is
    written once for each party, which SQLite plans in microseconds.
    """
    if not parties:
        return []
    if connection.vendor == "postgresql":
        asked = question.replace("{party}", "asked.party")
        sql = f"SELECT part.* FROM unnest(%s::bigint[]) AS asked (party) CROSS JOIN LATERAL ({asked}) AS part"
        return answer(sql, [list(parties), *values])
    parts = [f"SELECT * FROM ({question.replace('{party}', str(int(party)))})" for party in parties]
    return answer(" UNION ALL ".join(parts), [*values] * len(parties))
