"""A table of any page as a CSV or XLSX file, safe to open in a spreadsheet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse

from fairlead.web.audit.chain import record
from fairlead.web.lists.definition import Text
from fairlead.web.organisations.access import MemberRequest
from fairlead.web.organisations.capabilities import Capability
from fairlead.write import write_csv
from fairlead.write.safe_cell import Value
from fairlead.write.xlsx_file import Column, Sheet, write_xlsx

FORMATS: Final = ("csv", "xlsx")
_WIDTH: Final = 22.0
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Table:
    """A table: the name of its file, its title, its headings, and its rows, which are taken one by one."""

    name: str
    title: Text
    headings: Sequence[Text]
    rows: Iterable[Sequence[Value]]


def table_file(table: Table, kind: str) -> HttpResponse:
    """Return a table as a file; `kind` is one of `FORMATS`."""
    headings = [str(each) for each in table.headings]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{table.name}.{kind}"
        if kind == "csv":
            write_csv(path, headings, table.rows)
        else:
            sheet = Sheet(str(table.title), [Column(each, _WIDTH) for each in headings], table.rows)
            write_xlsx(path, [sheet], str(table.title))
        file = path.open("rb")  # stays readable when the folder is gone
    answer = FileResponse(file, as_attachment=True, filename=path.name, content_type=_TYPES[kind])
    return cast(HttpResponse, answer)  # what is streamed has another type, and does for a view all the same


def exported(request: MemberRequest, make: Callable[[], Table]) -> HttpResponse | None:
    """Return the table of a page as the file that `?export=` asks for, and say so in the log; else null.

    Raises PermissionDenied where the role does not allow to take tables away.
    """
    kind = request.GET.get("export", "")
    if kind not in FORMATS:
        return None
    if not request.membership.may(Capability.EXPORT):
        raise PermissionDenied
    table = make()
    record("list.exported", organisation=request.organisation, actor=request.user, detail={"list": table.name})
    return table_file(table, kind)
