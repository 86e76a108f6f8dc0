"""XLSX forms to be filled in: a cover, rows with an answer each, drop-down lists; the same bytes in every run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from fairlead.write.safe_cell import Value, safe_text
from fairlead.write.xlsx_file import NO_DATE, Column, sheet_name, undated

#: The name of the hidden sheet that holds what the drop-down lists offer.
LISTS: Final = "lists"

#: The rows above the first question: the names of the columns for the program (hidden), and their headings.
ROWS_ABOVE: Final = 2

_LINE: Final = 15.0  # points
_LONGEST_TEXT: Final = 32_000
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_TO_FILL: Final = PatternFill("solid", fgColor="FFF8DC")


@dataclass(frozen=True)
class FormRow:
    """One row: its cells in the order of the columns, and what the answer may be chosen from (empty: anything)."""

    cells: Sequence[Value]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form: a cover of labels and texts, and a sheet of rows.

    `names` are the names of the columns for the program that reads the form back; `answer` is the place of the column
    with drop-down lists, from 0, and `to_fill` those of all columns to fill in. `cover` has a name for the program
    (empty for what only people read), a label and a text in each line.
    """

    title: str
    cover_name: str
    cover: Sequence[tuple[str, str, str]]
    rows_name: str
    names: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[FormRow]
    answer: int
    to_fill: frozenset[int] = field(default_factory=frozenset)


def write_form(path: Path, form: Form) -> Path:
    """Write a form as XLSX; returns its path. Text can never run as a formula."""
    book = Workbook()
    cover: Any = book.active
    cover.title = sheet_name(form.cover_name, [])
    _write_cover(cover, form)
    rows = book.create_sheet(sheet_name(form.rows_name, book.sheetnames))
    _write_rows(rows, form)
    places = _write_lists(book.create_sheet(sheet_name(LISTS, book.sheetnames)), form)
    _add_lists(rows, form, places)
    book.properties.title = form.title
    book.properties.creator = "Fairlead"
    book.properties.created = book.properties.modified = NO_DATE
    buffer = BytesIO()
    book.save(buffer)
    path.write_bytes(undated(buffer.getvalue(), book))
    return path


def form_text(text: str) -> str:
    """Return a text as it goes into a form, so that `text_of_form` gives it back; it can never run as a formula.

    A text that begins with an apostrophe receives another one; what looks like the format's escape of a sign is
    escaped.
    """
    kept = f"'{safe_text(text)}" if text.startswith("'") else safe_text(text)
    return _ESCAPE.sub("_x005F_", kept)[:_LONGEST_TEXT]


def text_of_form(text: str) -> str:
    """Return the text that a cell of a form stands for: without the apostrophe that keeps a formula from running."""
    return text[1:] if text.startswith("'") and (text[1:2] == "'" or safe_text(text[1:]) != text[1:]) else text


def _write_cover(sheet: Any, form: Form) -> None:
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 28, 90
    sheet.append([_text(sheet, ""), _text(sheet, form.title, bold=True)])
    for name, label, text in form.cover:
        sheet.append([_text(sheet, name), _text(sheet, label, bold=True), _text(sheet, text)])
        sheet.row_dimensions[sheet.max_row].height = _LINE * _lines(text, 90)


def _write_rows(sheet: Any, form: Form) -> None:
    sheet.append([_text(sheet, name) for name in form.names])
    sheet.row_dimensions[1].hidden = True
    sheet.append([_text(sheet, column.heading, bold=True) for column in form.columns])
    for number, column in enumerate(form.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width or 10
        sheet.column_dimensions[letter].hidden = not column.width
    for row in form.rows:
        sheet.append([_cell(sheet, value, place in form.to_fill) for place, value in enumerate(row.cells)])
        lines = [
            _lines(value, column.width)
            for value, column in zip(row.cells, form.columns, strict=True)
            if isinstance(value, str) and column.width
        ]
        sheet.row_dimensions[sheet.max_row].height = _LINE * max(lines, default=1)
    sheet.freeze_panes = f"A{ROWS_ABOVE + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{ROWS_ABOVE}:{ROWS_ABOVE}"


def _write_lists(sheet: Any, form: Form) -> Mapping[tuple[str, ...], str]:
    """Write each list of choices into a column of its own, and return where each stands."""
    sheet.sheet_state = "hidden"
    places: dict[tuple[str, ...], str] = {}
    for row in form.rows:
        if row.choices and row.choices not in places:
            column = len(places) + 1
            for number, choice in enumerate(row.choices, start=1):
                cell = sheet.cell(row=number, column=column)
                cell.value, cell.data_type = form_text(choice), "s"
            letter = get_column_letter(column)
            places[row.choices] = f"'{sheet.title}'!${letter}$1:${letter}${len(row.choices)}"
    return places


def _add_lists(sheet: Any, form: Form, places: Mapping[tuple[str, ...], str]) -> None:
    letter = get_column_letter(form.answer + 1)
    for choices, place in places.items():
        allowed = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
        for number, row in enumerate(form.rows, start=ROWS_ABOVE + 1):
            if row.choices == choices:
                allowed.add(f"{letter}{number}")
        sheet.add_data_validation(allowed)


def _cell(sheet: Any, value: Value, to_fill: bool) -> Cell:
    if isinstance(value, str) or value is None:
        cell = _text(sheet, value or "")
    else:
        cell = Cell(sheet, row=1, column=1, value=float(value) if isinstance(value, Decimal) else value)
    cell.alignment = _WRAPPED
    if to_fill:
        cell.fill, cell.protection = _TO_FILL, Protection(locked=False)
    return cell


def _text(sheet: Any, text: str, *, bold: bool = False) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    if text:
        cell.value, cell.data_type = form_text(text), "s"
    cell.alignment = _WRAPPED
    if bold:
        cell.font = Font(bold=True)
    return cell


def _lines(text: str, width: float) -> int:
    return sum(1 + int(len(line) / width) for line in text.split("\n"))
