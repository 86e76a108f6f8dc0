"""GLORIA: supply and use of 120 industries and products of each region in one matrix T, made into industry by industry.

T has for each region its industries and then its products; supply S stands where industries meet products, use U
where products meet industries. With q = total supply of a product and D = S diag(q)^-1 (each industry's share of
the supply of a product), flows between industries are Z = D U and their final demand is D Y: fixed product sales
structure (Eurostat's model D), which is never negative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import python_calamine
from pyarrow import csv as arrow_csv
from scipy import sparse

from fairlead.errors import InvalidTable, OptionError, UnreadableFile, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import ROUNDING, SMALLEST_COEFFICIENT, Labels, Origin, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of

_MATRIX: Final = r".*_{kind}-Results_(?:19|20)\d\d_.*Markup001.*\.csv"
_README: Final = r"GLORIA_ReadMe.*\.xlsx"
_BLOCK: Final = 64 << 20
_LABOUR: Final = re.compile(r"compensation of employees", re.IGNORECASE)


def is_gloria(parts: Parts) -> bool:
    """Say whether the files are those of GLORIA: a matrix named ...T-Results_YEAR_...Markup001(full).csv."""
    return bool(parts.find(_MATRIX.format(kind="T")))


def read_gloria(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read one year from T, Y and, where it is there, V, with the labels of GLORIA_ReadMe_*.xlsx.

    T is read twice, row by row, so that no more than its non-zero cells are held.
    Raises InvalidTable when a file is missing or sizes do not fit, OptionError when a year has to be chosen.
    """
    name, year = _transactions(parts, year)
    demand_name = _companion(parts, name, "Y")
    regions, industries, value_added = _labels(parts)
    count = len(regions) * len(industries)
    is_product = np.tile(np.repeat([False, True], len(industries)), len(regions))
    supply = _rows(parts, name, ~is_product, is_product, count, None)
    output = np.asarray(supply.sum(axis=1), dtype=np.float64).ravel()
    use = _rows(parts, name, is_product, ~is_product, count, output)
    made = np.asarray(supply.sum(axis=0), dtype=np.float64).ravel()
    shares = supply @ sparse.diags(np.divide(1.0, made, out=np.zeros_like(made), where=made > 0))
    per_unit = np.divide(1.0, output, out=np.zeros_like(output), where=output > 0)
    coefficients = (shares @ use @ sparse.diags(per_unit)).astype(np.float32)
    demand = np.concatenate([block[1] for block in _blocks(parts, demand_name)])
    final_demand = shares @ demand[is_product].sum(axis=1)
    labels = Labels(
        [region for region in regions for _ in industries], [industry for _ in regions for industry in industries]
    )
    scheme = scheme_of(industries)
    origin = Origin(
        file=name,
        scheme=scheme.name,
        sha256=parts.sha256([name, demand_name]),
        licence=scheme.licence,
        edition=scheme.edition,
        year=year,
        unit=scheme.unit,
    )
    labour = _labour(parts, name, value_added, ~is_product)
    return table_from(coefficients, output, np.asarray(final_demand), labels, origin, labour=labour)


def _transactions(parts: Parts, year: int | None) -> tuple[str, int]:
    years = {int(re.findall(r"Results_(\d{4})_", name)[0]): name for name in parts.find(_MATRIX.format(kind="T"))}
    if year is None and len(years) == 1:
        year = next(iter(years))
    if year not in years:
        raise OptionError(
            f"{parts.file} holds the years {', '.join(map(str, sorted(years)))}.", do="Choose one with --year."
        )
    return years[year], year


def _companion(parts: Parts, name: str, kind: str) -> str:
    wanted = PurePosixPath(name).name.replace("_T-Results", f"_{kind}-Results")
    found = parts.find(re.escape(wanted))
    if not found:
        raise InvalidTable(
            f"the file {wanted} is missing.",
            where=Where(file=parts.file),
            do="Give the folder with T, Y and V of the year, and GLORIA_ReadMe.",
        )
    return found[0]


def _labels(parts: Parts) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the codes of regions, the names of sectors and of the kinds of value added, from GLORIA_ReadMe."""
    found = parts.find(_README)
    if not found:
        raise InvalidTable(
            "the file GLORIA_ReadMe_*.xlsx, which names regions and sectors, is missing.",
            where=Where(file=parts.file),
            do="Put it beside the matrices.",
        )
    with parts.open(found[0]) as file:
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            regions = _column(book, "Regions", "Region_acronyms", found[0])
            sectors = _column(book, "Sectors", "Sector_names", found[0])
            kinds = _column(book, "Value added and final demand", "Value_added_names", found[0])
        except (python_calamine.CalamineError, OSError) as error:
            raise UnreadableFile(f"is no workbook ({error}).", where=Where(file=found[0])) from error
    return regions, sectors, kinds


def _column(book: Any, sheet: str, heading: str, file: str) -> tuple[str, ...]:
    rows = book.get_sheet_by_name(sheet).to_python() if sheet in book.sheet_names else []
    for number, row in enumerate(rows):
        if heading in row:
            place = row.index(heading)
            return tuple(str(cells[place]).strip() for cells in rows[number + 1 :] if str(cells[place]).strip())
    raise InvalidTable(f"has no column {heading} in a sheet {sheet}.", where=Where(file=file, sheet=sheet))


def _blocks(parts: Parts, name: str) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """Yield pieces of a matrix without labels: the number of the first row and the values."""
    with parts.open(name) as file:
        names = [f"f{place}" for place in range(file.readline().count(b",") + 1)]
        file.seek(0)
        try:
            reader = arrow_csv.open_csv(
                file,
                read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
                convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.float32())),
            )
            start = 0
            for batch in reader:
                if any(column.null_count for column in batch.columns):
                    raise InvalidTable("has a hole: a number is missing.", where=Where(file=name, row=start + 1))
                yield start, np.column_stack([column.to_numpy() for column in batch.columns])
                start += batch.num_rows
        except pa.ArrowInvalid as error:
            raise InvalidTable(f"cannot be read: {error}", where=Where(file=name)) from error


def _rows(
    parts: Parts,
    name: str,
    rows: npt.NDArray[np.bool_],
    columns: npt.NDArray[np.bool_],
    count: int,
    output: Floats | None,
) -> Any:
    """Return the chosen rows and columns of T as a sparse matrix; flows that are next to nothing for `output` go."""
    floor = None if output is None else (output * SMALLEST_COEFFICIENT).astype(np.float32)
    found = []
    for start, block in _blocks(parts, name):
        if block.shape[1] != len(columns):
            raise InvalidTable(
                f"has {block.shape[1]} columns where {len(columns)} are named.", where=Where(file=name, row=start + 1)
            )
        part = block[rows[start : start + len(block)]][:, columns]
        if part.min(initial=0.0) < -ROUNDING * part.max(initial=0.0):
            raise InvalidTable("has a negative flow.", where=Where(file=name, row=start + 1))
        part = np.where(part >= (0.0 if floor is None else floor), part, 0.0)
        found.append(sparse.csr_matrix(part.astype(np.float32)))
    stacked = sparse.vstack(found, format="csr") if found else sparse.csr_matrix((0, count))
    if stacked.shape[0] != count:
        raise InvalidTable(f"has {stacked.shape[0]} rows where {count} are named.", where=Where(file=name))
    return stacked


def _labour(parts: Parts, name: str, kinds: tuple[str, ...], is_industry: npt.NDArray[np.bool_]) -> Floats | None:
    """Return the compensation of employees by industry; V has the kinds of value added of each region as its rows."""
    wanted = PurePosixPath(name).name.replace("_T-Results", "_V-Results")
    found = parts.find(re.escape(wanted))
    if not found:
        return None
    values = np.concatenate([block for _, block in _blocks(parts, found[0])])
    rows = np.tile([bool(_LABOUR.search(kind)) for kind in kinds], len(values) // max(1, len(kinds)))
    if len(rows) != len(values) or values.shape[1] != len(is_industry):
        return None
    return np.asarray(values[rows][:, is_industry].sum(axis=0), dtype=np.float64)
