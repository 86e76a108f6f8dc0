"""A list as a file: every row that fits the search and filters, with all columns, safe to open in a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.http import FileResponse, HttpResponse

from fairlead.web.lists.state import ListState
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value
from fairlead.write.xlsx_file import Column, Sheet, write_xlsx

FORMATS: Final = ("csv", "xlsx")
_WIDTH: Final = 22.0
_CHUNK: Final = 500
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(state: ListState, kind: str) -> HttpResponse | FileResponse:
    """Return the list as a CSV or XLSX file; `kind` is one of `FORMATS`."""
    columns = state.definition.columns
    headings = [str(column.title) for column in columns]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{state.definition.key}.{kind}"
        if kind == "csv":
            write_csv(path, headings, _cells(state))
        else:
            sheet = Sheet(str(state.definition.title), [Column(each, _WIDTH) for each in headings], _cells(state))
            write_xlsx(path, [sheet], str(state.definition.title))
        file = path.open("rb")  # stays readable when the folder is gone
    return FileResponse(file, as_attachment=True, filename=path.name, content_type=_TYPES[kind])


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
