"""The World Input-Output Database, releases of 2013 and 2016: one workbook a year, industries c1 to c35 or c56."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np
import python_calamine

from fairlead.errors import FileTooLarge, InvalidTable, UnreadableFile, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_named
from fairlead.read.input_output.years import agreed_year, file_of, year_in
from fairlead.read.limits import MAX_CELLS, MAX_FILE_BYTES

_CODE: Final = re.compile(r"c(\d+)")

#: The first industry stands within so many rows below the row of codes.
_FIRST_ROWS: Final = 10

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class _Release:
    """How a release is laid out: how many industries a region has, its final uses, and the rows below that are read."""

    scheme: str
    industries: int
    final_uses: range
    output: str
    value_added: str


#: Releases by their number of industries. The codes of the rows below stand in the first or the fourth column.
_RELEASES: Final = {
    release.industries: release
    for release in (
        _Release("wiod2013", 35, range(36, 43), output="r69", value_added="r64"),
        _Release("wiod2016", 56, range(57, 62), output="GO", value_added="VA"),
    )
}


def is_wiod(parts: Parts) -> bool:
    """Say whether the path is a workbook, which among the formats known only WIOD is, or holds some of WIOD's."""
    return bool(_workbooks(parts))


def _workbooks(parts: Parts) -> list[str]:
    alone = parts.path.is_file() and not parts.is_archive
    return parts.find(r".*\.xls[xb]?" if alone else r"WIOT.*\.xls[xb]?")


def read_wiod(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read the first sheet of a workbook such as WIOT11_ROW_Apr12.xlsx (2013) or WIOT2014_Nov16_ROW.xlsb (2016).

    The row of codes (c1, c2, ...) has the regions above it, the column of codes the regions to its left. The year
    stands in the name of the sheet or file; `year` chooses among the workbooks of an archive.
    Raises InvalidTable when the codes are not there or do not fit, UnreadableFile when it is no workbook.
    """
    name = file_of({one: year_in(PurePosixPath(one).name) for one in _workbooks(parts)}, year, parts.file)
    sheet, rows = _sheet(parts, name)
    code_row, code_column = _corner(rows, name)
    sellers, below = _sellers(rows, code_row, code_column)
    release = _RELEASES.get(len({code for _, code in sellers}))
    buyers = {
        (str(rows[code_row - 1][place]), str(code)): place
        for place, code in enumerate(rows[code_row])
        if place > code_column and release and 0 < _number(code) <= release.industries
    }
    if release is None or list(sellers) != list(buyers):
        raise InvalidTable(
            "names other industries in its rows than in its columns, or not 35 or 56 of each region.",
            where=Where(file=name),
            do="Give a workbook of the release of 2013 or 2016, as downloaded.",
        )
    columns = list(buyers.values())
    flows = _block(rows, list(sellers.values()), columns, name)
    uses = [place for place, code in enumerate(rows[code_row]) if _number(code) in release.final_uses]
    demand = _block(rows, list(sellers.values()), uses, name).sum(axis=1)
    output = _below(rows, below, release.output, columns, name)
    scheme = scheme_named(release.scheme)
    origin = Origin(
        file=name,
        scheme=scheme.name,
        sha256=parts.sha256([name]),
        licence=scheme.licence,
        edition=scheme.edition,
        year=agreed_year(year, year_in(sheet, PurePosixPath(name).name), name),
        unit=scheme.unit,
    )
    output = flows.sum(axis=1) + demand if output is None else output
    labels = Labels([region for region, _ in buyers], [code for _, code in buyers])
    labour = _below(rows, below, release.value_added, columns, name)
    return table_from(coefficients_of(flows, output), output, demand, labels, origin, labour=labour)


def _number(code: Any) -> int:
    """Return the number of a code such as c12, 0 where it is none."""
    found = _CODE.fullmatch(str(code))
    return int(found[1]) if found else 0


def _sellers(rows: Rows, code_row: int, code_column: int) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Return the rows of each region's industries, and the rows below them by their codes."""
    sellers: dict[tuple[str, str], int] = {}
    below: dict[str, int] = {}
    for number, row in enumerate(rows[code_row + 1 :], start=code_row + 1):
        if _number(row[code_column]):
            sellers[str(row[code_column - 1]), str(row[code_column])] = number
        else:
            below |= {str(row[0]): number, str(row[code_column]): number}
    return sellers, below


def _sheet(parts: Parts, name: str) -> tuple[str, Rows]:
    where = Where(file=name)
    with parts.open(name) as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge("is larger than any table of WIOD.", where=where)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.height * sheet.width > MAX_CELLS:
            raise FileTooLarge("has more cells than any table of WIOD.", where=where)
        return sheet.name, sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise UnreadableFile(f"is no workbook ({error}).", where=where, do="Download it again.") from error


def _corner(rows: Rows, name: str) -> tuple[int, int]:
    """Return the row of the columns' codes and the column of the rows' codes."""
    code_row = next((n for n, row in enumerate(rows[:20]) if sum(str(c) == "c1" for c in row) >= 1 and n), None)
    code_column = None
    if code_row is not None:
        first = rows[code_row + 1 : code_row + _FIRST_ROWS]
        places = range(1, min(10, len(rows[code_row])))
        code_column = next((p for p in places if any(str(row[p]) == "c1" for row in first)), None)
    if code_row is None or code_column is None:
        raise InvalidTable(
            "is no table of WIOD: the codes c1, c2, ... of its industries are not there.",
            where=Where(file=name),
            do="Give a workbook such as WIOT11_ROW_Apr12.xlsx (release of 2013) or WIOT2014_Nov16_ROW.xlsb (2016).",
        )
    return code_row, code_column


def _block(rows: Rows, numbers: Sequence[int], places: Sequence[int], name: str) -> Floats:
    values = np.empty((len(numbers), len(places)))
    for at, number in enumerate(numbers):
        row = rows[number]
        for to, place in enumerate(places):
            value = row[place]
            if not isinstance(value, int | float):
                raise InvalidTable(
                    "has a hole: a number is missing.",
                    where=Where(file=name, row=number + 1, column=str(place + 1)),
                    do="Use the file as published.",
                )
            values[at, to] = value
    return values


def _below(rows: Rows, below: dict[str, int], code: str, places: Sequence[int], name: str) -> Floats | None:
    return _block(rows, [below[code]], places, name)[0] if code in below else None
