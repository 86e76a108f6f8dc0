"""The OECD's Inter-Country Input-Output tables: one CSV a year, codes such as KAZ_C13T15 above and on the left."""

from __future__ import annotations

import csv
import re
from pathlib import PurePosixPath
from typing import Final

import numpy as np

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, coefficients_of, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of
from fairlead.read.input_output.text import TextMatrix, read_text_matrix
from fairlead.read.input_output.years import agreed_year, file_of, year_in

_CODE: Final = re.compile(r"(?P<region>[A-Z][A-Z0-9]{2})_(?P<industry>[A-Z]?\d?[A-Z0-9_]*)")
_OUTPUT: Final = frozenset({"OUT", "OUTPUT", "TOTAL"})
_VALUE_ADDED: Final = frozenset({"VA", "VALU"})
_SEVERAL: Final = 3
_LONGEST_HEADING: Final = 1 << 20


def is_icio(parts: Parts) -> bool:
    """Say whether the files are ICIO tables: a CSV whose headings are codes such as KAZ_C13T15."""
    return bool(_tables(parts))


def _tables(parts: Parts) -> list[str]:
    return [name for name in parts.find(r".*\.csv") if _has_codes(parts, name)]


def _has_codes(parts: Parts, name: str) -> bool:
    with parts.open(name) as file:
        heading = next(csv.reader([file.readline(_LONGEST_HEADING).decode("utf-8-sig", errors="replace")]), [])
    # the edition of 2016 writes final demand the other way round, such as HFCE_KAZ
    return len(heading) > _SEVERAL and sum(bool(_CODE.fullmatch(cell)) for cell in heading) > len(heading) / 2


def read_icio(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read one year's table; `year` chooses among the files of an archive.

    Rows and columns with the same code are industries; further columns are final demand but for the total, and the
    rows TLS, VA and OUT (or the older TAXSUB, VALU and OUTPUT) stand below. Those rows may be blank outside the
    industries, and the column of totals may be blank below them.
    Raises OptionError when several years are there and none is chosen, InvalidTable when the rows do not fit.
    """
    tables = {name: year_in(PurePosixPath(name).name, parts.file) for name in _tables(parts)}
    name = file_of(tables, year, parts.file)
    matrix = read_text_matrix(parts, name, delimiter=",", holes=True)
    rows, columns = [label[0] for label in matrix.rows], [label[0] for label in matrix.columns]
    known = set(columns)
    cells = [code for code in rows if code in known and _CODE.fullmatch(code)]
    if not cells or columns[: len(cells)] != cells or rows[: len(cells)] != cells:
        raise InvalidTable("names other industries in its rows than in its columns.", where=Where(file=name))
    count = len(cells)
    demand = [place for place, code in enumerate(columns) if place >= count and code not in _OUTPUT]
    output = _row(matrix, rows, _OUTPUT, count)
    if output is None:
        output = matrix.values[:count, [*range(count), *demand]].sum(axis=1)
    labels = Labels(*zip(*(_split(code) for code in cells), strict=True))
    scheme = scheme_of(tuple(dict.fromkeys(labels.industries)))
    origin = Origin(
        file=name,
        scheme=scheme.name,
        sha256=parts.sha256([name]),
        licence=scheme.licence,
        edition=scheme.edition,
        year=agreed_year(year, tables[name], name),
        unit=scheme.unit,
    )
    return table_from(
        coefficients_of(matrix.values[:count, :count], output),
        output,
        matrix.values[:count, demand].sum(axis=1),
        labels,
        origin,
        labour=_row(matrix, rows, _VALUE_ADDED, count),
    )


def _split(code: str) -> tuple[str, str]:
    region, _, industry = code.partition("_")
    return region, industry


def _row(matrix: TextMatrix, rows: list[str], names: frozenset[str], count: int) -> np.ndarray | None:
    places = [place for place, code in enumerate(rows) if code in names]
    return matrix.values[places[0], :count].astype(np.float64) if places else None
