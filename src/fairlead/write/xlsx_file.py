"""XLSX: sheets with frozen headings, filters, widths and colours; the same bytes in every run."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from fairlead.write.safe_cell import Value, safe_text

#: The date that stands in the file, which may not depend on the day it is written.
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no time zones
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)

#: Limits of the format.
_MOST_ROWS: Final = 1_048_576
_LONGEST_TEXT: Final = 32_767
_LONGEST_NAME: Final = 31

#: Rows are as high as their longest wrapped text needs, within reason; not every program works that out itself.
_LINE: Final = 15.0  # points
_MOST_LINES: Final = 5

_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_TOP: Final = Alignment(vertical="top")


@dataclass(frozen=True)
class Column:
    """A heading, the width in letters, how numbers are shown, and whether long text wraps."""

    heading: str
    width: float
    number_format: str = ""
    wrap: bool = False


@dataclass(frozen=True)
class Fill:
    """A cell's value on a coloured ground; colours are RRGGBB, `pattern` is one of the format's."""

    value: Value
    ground: str
    ink: str
    pattern: Literal["solid", "lightUp"] = "solid"


@dataclass(frozen=True)
class Sheet:
    """One sheet; rows are taken one by one."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value | Fill]]
    frozen: int = 1  # columns that stay in sight


def write_xlsx(path: Path, sheets: Sequence[Sheet], title: str) -> Path:
    """Write a workbook; returns its path.

    Text can never run as a formula. A sheet ends at the format's limit of rows.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _add(book, sheet)
    book.properties.title = title
    book.properties.creator = "Fairlead"
    book.properties.created = book.properties.modified = NO_DATE
    buffer = BytesIO()
    book.save(buffer)
    path.write_bytes(undated(buffer.getvalue(), book))
    return path


def _add(book: Workbook, sheet: Sheet) -> None:
    made = book.create_sheet(sheet_name(sheet.name, book.sheetnames))
    made.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    for number, column in enumerate(sheet.columns, start=1):
        made.column_dimensions[get_column_letter(number)].width = column.width
    made.row_dimensions[1].height = _LINE * _lines([column.heading for column in sheet.columns], sheet.columns)
    made.append([_heading(made, column) for column in sheet.columns])
    wrapped = [(place, column) for place, column in enumerate(sheet.columns) if column.wrap]
    styles, columns = _Styles(made), [(column, place) for place, column in enumerate(sheet.columns)]
    last = 1
    for row in sheet.rows:
        if last == _MOST_ROWS:
            break
        last += 1
        lines = _lines([row[place] for place, _ in wrapped], [column for _, column in wrapped])
        if lines > 1:
            made.row_dimensions[last].height = _LINE * lines
        made.append([styles.cell(value, *column) for value, column in zip(row, columns, strict=True)])
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"


def _lines(values: Sequence[Value | Fill], columns: Sequence[Column]) -> int:
    """Return how many lines the longest of some texts takes in its column, one at least."""
    lines = 1
    for value, column in zip(values, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(1 + int(len(line) / column.width) for line in value.split("\n")))
    return min(lines, _MOST_LINES)


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that the format allows: short, without its forbidden signs, unlike the others."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:_LONGEST_NAME]
    return plain if plain not in taken else f"{plain[: _LONGEST_NAME - 4]} ({len(taken)})"


def _heading(sheet: Any, column: Column) -> Cell:
    cell = Cell(sheet, row=1, column=1, value=safe_text(column.heading))
    cell.font, cell.alignment = _HEADING, _WRAPPED
    return cell


_HEADING: Final = Font(bold=True)


class _Styles:
    """Makes the cells of one sheet; each style is worked out once, because a sheet may have a million cells."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[tuple[int, str, str, str], Any] = {}

    def cell(self, value: Value | Fill, column: Column, place: int) -> Cell | None:
        """Return a cell of the column at a place; none where there is no value."""
        plain = value.value if isinstance(value, Fill) else value
        if plain is None:
            return None
        cell = Cell(self._sheet, row=1, column=1, style_array=self._style(value, column, place))
        if isinstance(plain, str):
            cell.value = safe_text(plain)[:_LONGEST_TEXT]
            cell.data_type = "s"
        else:
            cell.value = float(plain) if isinstance(plain, Decimal) else plain
        return cell

    def _style(self, value: Value | Fill, column: Column, place: int) -> Any:
        fill = value if isinstance(value, Fill) else None
        key = (place, fill.ground, fill.ink, fill.pattern) if fill else (place, "", "", "")
        if key not in self._known:
            model: Any = Cell(self._sheet, row=1, column=1)
            model.alignment = _WRAPPED if column.wrap else _TOP
            if column.number_format:
                model.number_format = column.number_format
            if fill:
                model.fill = PatternFill(fill.pattern, fgColor=fill.ground)
                model.font = Font(bold=True, color=fill.ink)
            self._known[key] = model._style  # openpyxl has no other way to hand a style on
        return self._known[key]


def undated(content: bytes, book: Workbook) -> bytes:
    """Return a saved workbook, given as bytes, with fixed dates in the archive and in its properties."""
    buffer = BytesIO()
    saved = f"{book.properties.modified:%Y-%m-%dT%H:%M:%SZ}".encode()
    fixed = f"{NO_DATE:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            new.writestr(info, part.replace(saved, fixed) if name == "docProps/core.xml" else part)
    return buffer.getvalue()
