"""GLORIA: supply and use of 120 industries and products of each region in one matrix T, made into industry by industry.

T has for each region its industries and then its products; supply S stands where industries meet products, use U
where products meet industries. With q = total supply of a product and D = S diag(q)^-1 (each industry's share of
the supply of a product), flows between industries are Z = D U and their final demand is D Y: fixed product sales
structure (Eurostat's model D), which is never negative.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import python_calamine
from pyarrow import csv as arrow_csv
from scipy import sparse

from fairlead.errors import InvalidTable, UnreadableFile, Where
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.read.input_output.build import Labels, Origin, table_from
from fairlead.read.input_output.parts import Parts
from fairlead.read.input_output.schemes import scheme_of
from fairlead.read.input_output.transpose import SMALLEST_COEFFICIENT
from fairlead.read.input_output.years import agreed_year, file_of

_MATRIX: Final = r".*_{kind}-Results_(?:19|20)\d\d_.*Markup001.*\.csv"
_README: Final = r"GLORIA_ReadMe.*\.xlsx"
_BLOCK: Final = 64 << 20
_LABOUR: Final = re.compile(r"compensation of employees", re.IGNORECASE)


def is_gloria(parts: Parts) -> bool:
    """Say whether the files are those of GLORIA: a matrix named ...T-Results_YEAR_...Markup001(full).csv."""
    return bool(parts.find(_MATRIX.format(kind="T")))


@dataclass(frozen=True)
class _Labels:
    """The codes of regions, the names of sectors and those of the kinds of value added, from GLORIA_ReadMe."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    value_added: tuple[str, ...]

    @property
    def is_product(self) -> npt.NDArray[np.bool_]:
        """Which rows and columns of T are products: after the industries of each region come its products."""
        return np.tile(np.repeat([False, True], len(self.sectors)), len(self.regions))

    @property
    def cells(self) -> Labels:
        """The region and sector of each industry."""
        return Labels([one for one in self.regions for _ in self.sectors], [*self.sectors] * len(self.regions))


def read_gloria(parts: Parts, year: int | None = None) -> InputOutputTable:
    """Read one year from T, Y and, where it is there, V, with the labels of GLORIA_ReadMe_*.xlsx.

    The ReadMe is downloaded by itself: it may lie beside the archive. T is read twice, row by row, so that no more than
    its non-zero cells are held.
    Raises InvalidTable when a file is missing or sizes do not fit, OptionError when a year has to be chosen.
    """
    name, found_year = _transactions(parts, year)
    demand_name = _companion(parts, name, "Y")
    if demand_name is None:
        raise InvalidTable(
            "the file of final demand, …_Y-Results_…, that belongs to it is missing.",
            where=Where(file=name),
            do="Give the archive as downloaded, or its folder with T, Y and V of the year.",
        )
    labels = _labels(parts, name)
    is_product, cells = labels.is_product, labels.cells
    supply = _rows(parts, name, ~is_product, is_product)
    output = np.asarray(supply.sum(axis=1), dtype=np.float64).ravel()
    coefficients = _rows(parts, name, is_product, ~is_product, output)
    shares = _shares(supply)
    if not _is_identity(shares):
        coefficients = shares @ coefficients
    demand = np.concatenate(
        [block[is_product[start : start + len(block)]].sum(axis=1) for start, block in _blocks(parts, demand_name)]
    )
    if len(demand) != len(output):
        raise InvalidTable("has other rows than T.", where=Where(file=demand_name))
    scheme = scheme_of(labels.sectors)
    origin = Origin(
        file=name,
        scheme=scheme.name,
        sha256=parts.sha256([name, demand_name]),
        licence=scheme.licence,
        edition=scheme.edition,
        year=found_year,
        unit=scheme.unit,
    )
    labour = _labour(parts, name, labels)
    final_demand = np.asarray(shares @ demand, dtype=np.float64)
    return table_from(coefficients, output, final_demand, cells, origin, labour=labour)


def _transactions(parts: Parts, year: int | None) -> tuple[str, int | None]:
    """Return the matrix T to read, and its year."""
    years = {name: int(re.findall(r"Results_(\d{4})_", name)[-1]) for name in parts.find(_MATRIX.format(kind="T"))}
    name = file_of(years, year, parts.file)
    return name, agreed_year(year, years[name], name)


def _companion(parts: Parts, name: str, kind: str) -> str | None:
    """Return the file of another kind that belongs to T; the day on which it was made, in front, may be another."""
    wanted = PurePosixPath(name).name.replace("_T-Results", f"_{kind}-Results")
    found = parts.find(re.sub(r"^\d{8}", r"\\d{8}", re.escape(wanted)))
    return found[0] if found else None


def _shares(supply: Any) -> Any:
    """Return D = S diag(q)^-1: each industry's share of the supply of a product."""
    made = np.asarray(supply.sum(axis=0), dtype=np.float64).ravel()
    per_product = np.divide(1.0, made, out=np.zeros_like(made), where=made > 0)
    shares = (supply @ sparse.diags(per_product)).astype(np.float32).tocsr()
    shares.eliminate_zeros()
    return shares


def _is_identity(shares: Any) -> bool:
    """Say whether each industry makes its own product only, as in all releases so far: then Z = U."""
    return bool(shares.nnz == np.count_nonzero(shares.diagonal()))


def _labels(parts: Parts, name: str) -> _Labels:
    """Read GLORIA_ReadMe, which lies among the files or beside the archive or folder.

    Of several that of the version of the file T, `name`, is taken.
    """
    version = re.findall(r"Results_\d{4}_(\d+)", name)[-1:]
    holder = parts
    if not parts.find(_README):
        beside = [path for path in parts.path.absolute().parent.iterdir() if re.fullmatch(_README, path.name)]
        holder = Parts(parts.path.absolute().parent, sorted(path.name for path in beside), is_archive=False)
    found = sorted(holder.find(_README), key=lambda one: not any(number in one for number in version))
    if not found:
        raise InvalidTable(
            "the file GLORIA_ReadMe_*.xlsx, which names regions and sectors, is missing.",
            where=Where(file=parts.file),
            do="Download it from the same page and put it beside.",
        )
    with holder.open(found[0]) as file:
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            return _Labels(
                _column(book, "Regions", "Region_acronyms", found[0]),
                _column(book, "Sectors", "Sector_names", found[0]),
                _column(book, "Value added and final demand", "Value_added_names", found[0]),
            )
        except (python_calamine.CalamineError, OSError) as error:
            raise UnreadableFile(f"is no workbook ({error}).", where=Where(file=found[0])) from error


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
    output: Floats | None = None,
) -> Any:
    """Return the chosen rows and columns of T as compressed sparse rows of float32.

    With the `output` of the chosen columns they come per unit of it, without those next to nothing.
    """
    count = int(columns.sum())
    found, held = [], 0
    per_unit = None
    if output is not None:
        per_unit = np.divide(1.0, output, out=np.zeros_like(output), where=output > 0).astype(np.float32)
    for start, block in _blocks(parts, name):
        if block.shape[1] != len(columns) or start + len(block) > len(rows):
            raise InvalidTable(
                f"has {block.shape[1]} columns, or more rows, where {len(columns)} are named.",
                where=Where(file=name, row=start + 1),
            )
        part = block[rows[start : start + len(block)]][:, columns]
        if per_unit is not None:
            part *= per_unit
            part[np.abs(part) < SMALLEST_COEFFICIENT] = 0.0
        found.append(sparse.csr_matrix(part))
        held += len(part)
    if held != count:
        raise InvalidTable(f"has {held} rows where {count} are named.", where=Where(file=name))
    return sparse.vstack(found, format="csr")


def _labour(parts: Parts, name: str, labels: _Labels) -> Floats | None:
    """Return the compensation of employees by industry; V has the kinds of value added of each region as its rows."""
    found = _companion(parts, name, "V")
    if found is None:
        return None
    values = np.concatenate([block for _, block in _blocks(parts, found)])
    is_labour = np.tile([bool(_LABOUR.search(kind)) for kind in labels.value_added], len(labels.regions))
    if values.shape != (len(is_labour), len(labels.is_product)):
        raise InvalidTable(
            f"has {values.shape[0]} rows and {values.shape[1]} columns where {len(is_labour)} and "
            f"{len(labels.is_product)} are named.",
            where=Where(file=found),
        )
    return np.asarray(values[is_labour][:, ~labels.is_product].sum(axis=0), dtype=np.float64)
