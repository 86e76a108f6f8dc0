"""A list as a table: every row that fits the search and filters, with all columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from fairlead.web.lists.state import ListState
from fairlead.web.lists.table_file import Table
from fairlead.write.safe_cell import Value

_CHUNK: Final = 500


def table_of(state: ListState) -> Table:
    """Return all that fits as a table."""
    columns = state.definition.columns
    return Table(state.definition.key, state.definition.title, [each.title for each in columns], _cells(state))


def _cells(state: ListState) -> Iterator[Sequence[Value]]:
    columns = state.definition.columns
    for rows in _parts(state.rows.iterator(chunk_size=_CHUNK)):
        if state.definition.prepare:
            state.definition.prepare(rows)
        for row in rows:
            yield [column.value(row) for column in columns]


def _parts(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield the rows some at a time, so that what they need can be looked up together."""
    while part := list(islice(rows, _CHUNK)):
        yield part
