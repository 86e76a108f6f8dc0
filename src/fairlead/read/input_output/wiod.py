"""The World Input-Output Database, release of 2013: one workbook a year, industries c1 to c35 of each region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import python_calamine

from fairlead.errors import FileTooLarge, InvalidTable, UnreadableFile, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_named
from fairlead.read.limits import MAX_CELLS, MAX_FILE_BYTES

_INDUSTRY: Final = re.compile(r"c(?:[1-9]|[12]\d|3[0-5])")
_FINAL_USE: Final = re.compile(r"c(?:3[6-9]|4[0-2])")
_OUTPUT: Final = "r69"
_VALUE_ADDED: Final = "r64"
#: Industries of one region.
_EACH: Final = 35

Rows = Sequence[Sequence[Any]]


def is_wiod(parts: Parts) -> bool:
    """Say whether the path is a workbook, which among the formats known only WIOD is."""
    return parts.path.suffix.lower() in {".xlsx", ".xlsb", ".xls"}


def read_wiod(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read the first sheet of a workbook such as WIOT11_ROW_Apr12.xlsx; the year stands in the sheet's or file's name.

    The row of codes (c1, c2, ...) has the regions above it, the column of codes the regions to its left.
    Raises InvalidTable when the codes are not there or do not fit, UnreadableFile when it is no workbook.
    """
    sheet, rows = _sheet(parts)
    code_row, code_column = _corner(rows, parts)
    columns = [(str(rows[code_row - 1][place]), str(code)) for place, code in enumerate(rows[code_row])]
    cells = [place for place, (_, code) in enumerate(columns) if place > code_column and _INDUSTRY.fullmatch(code)]
    below = {}
    sellers: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows[code_row + 1 :], start=code_row + 1):
        code = str(row[code_column])
        if _INDUSTRY.fullmatch(code):
            sellers[str(row[code_column - 1]), code] = number
        else:
            below[code] = number
    buyers = [columns[place] for place in cells]
    if len(buyers) % _EACH or list(sellers) != buyers:
        raise InvalidTable("names other industries in its rows than in its columns.", where=Where(file=parts.file))
    flows = _block(rows, list(sellers.values()), cells, parts)
    uses = [place for place, (_, code) in enumerate(columns) if place > code_column and _FINAL_USE.fullmatch(code)]
    demand = _block(rows, list(sellers.values()), uses, parts).sum(axis=1)
    output = _below(rows, below, _OUTPUT, cells, parts)
    scheme = scheme_named("wiod2013")
    origin = Origin(
        file=parts.file,
        scheme=scheme.name,
        sha256=parts.sha256(),
        licence=scheme.licence,
        edition=scheme.edition,
        year=year or _year(sheet, parts.path.stem),
        unit=scheme.unit,
    )
    output = flows.sum(axis=1) + demand if output is None else output
    labels = Labels([region for region, _ in buyers], [code for _, code in buyers])
    labour = _below(rows, below, _VALUE_ADDED, cells, parts)
    return table_from(coefficients_of(flows, output), output, demand, labels, origin, labour=labour)


def _sheet(parts: Parts) -> tuple[str, Rows]:
    where = Where(file=parts.file)
    if parts.path.stat().st_size > MAX_FILE_BYTES:
        raise FileTooLarge("is larger than any table of WIOD.", where=where)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(parts.path))
        sheet = book.get_sheet_by_index(0)
        if sheet.height * sheet.width > MAX_CELLS:
            raise FileTooLarge("has more cells than any table of WIOD.", where=where)
        return sheet.name, sheet.to_python()
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise UnreadableFile(f"is no workbook ({error}).", where=where, do="Download it again.") from error


def _corner(rows: Rows, parts: Parts) -> tuple[int, int]:
    """Return the row of the columns' codes and the column of the rows' codes."""
    code_row = next((n for n, row in enumerate(rows[:20]) if sum(str(c) == "c1" for c in row) >= 1 and n), None)
    code_column = None
    if code_row is not None:
        first = rows[code_row + 1 : code_row + 2 + _EACH]
        places = range(1, min(10, len(rows[code_row])))
        code_column = next((p for p in places if any(str(row[p]) == "c1" for row in first)), None)
    if code_row is None or code_column is None:
        raise InvalidTable(
            "is no table of WIOD: the codes c1 to c35 of its industries are not there.",
            where=Where(file=parts.file),
            do="Give a workbook of the release of 2013, such as WIOT11_ROW_Apr12.xlsx.",
        )
    return code_row, code_column


def _block(rows: Rows, numbers: Sequence[int], places: Sequence[int], parts: Parts) -> Floats:
    values = np.empty((len(numbers), len(places)))
    for at, number in enumerate(numbers):
        row = rows[number]
        for to, place in enumerate(places):
            value = row[place]
            if not isinstance(value, int | float):
                raise InvalidTable(
                    "has a hole: a number is missing.",
                    where=Where(file=parts.file, row=number + 1, column=str(place + 1)),
                    do="Use the file as published.",
                )
            values[at, to] = value
    return values


def _below(rows: Rows, below: dict[str, int], code: str, places: Sequence[int], parts: Parts) -> Floats | None:
    return _block(rows, [below[code]], places, parts)[0] if code in below else None


def _year(*names: str) -> int | None:
    for name in names:
        found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", name) or re.search(r"(?<=WIOT)\d{2}", name, re.IGNORECASE)
        if found:
            return int(found[0]) if len(found[0]) > 2 else (1900 if int(found[0]) > 90 else 2000) + int(found[0])  # noqa: PLR2004
    return None
