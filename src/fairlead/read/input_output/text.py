"""Matrices as text: rows of labels on top, columns of labels on the left, numbers in the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as arrow_csv

from fairlead.errors import InvalidTable, NothingToRead, Where
from fairlead.read.input_output.parts import Parts

#: A row of a table of 20,000 columns has about half a megabyte; several have to fit into a block.
_BLOCK: Final = 32 << 20
_MOST_HEADING_ROWS: Final = 8


@dataclass(frozen=True)
class TextMatrix:
    """A matrix with its labels: `rows` and `columns` hold one tuple of labels for each row and column."""

    rows: Sequence[tuple[str, ...]]
    columns: Sequence[tuple[str, ...]]
    values: npt.NDArray[Any]


@dataclass(frozen=True)
class _Layout:
    delimiter: str
    heading_rows: Sequence[Sequence[str]]
    label_columns: int
    width: int
    skipped: int  # lines above the numbers


def read_text_matrix(
    parts: Parts, name: str, *, delimiter: str = "\t", single: bool = False, holes: bool = False
) -> TextMatrix:
    """Read a matrix whose labels stand above and on the left of the numbers, as pymrio and EXIOBASE write them.

    How many rows and columns are labels is found out: numbers begin where the last cell of a row is one. Values are
    float64, or float32 with `single`; with `holes` a missing one is not a number, for the caller to judge. Labels are
    UTF-8, or Latin-1 as in some early archives of EXIOBASE 3.
    Raises InvalidTable when something is no number, or a value is missing without `holes`.
    """
    layout = _layout(parts, name, delimiter)
    rows: list[tuple[str, ...]] = []
    blocks: list[npt.NDArray[Any]] = []
    for labels, values in _batches(parts, name, layout, single):
        if not holes:
            _check_holes(values, layout, name, len(rows))
        rows.extend(labels)
        blocks.append(values)
    if not blocks:
        raise NothingToRead("holds no numbers.", where=Where(file=name))
    columns = list(zip(*(row[layout.label_columns :] for row in layout.heading_rows), strict=True))
    return TextMatrix(rows, columns, np.concatenate(blocks))


def _layout(parts: Parts, name: str, delimiter: str) -> _Layout:
    headings: list[list[str]] = []
    with parts.open(name) as file:
        reader = csv.reader(map(_decoded, file), delimiter=delimiter)
        for cells in reader:
            if cells and _is_number(cells[-1]):
                width = len(cells)
                labels = next(place for place, cell in enumerate(cells) if _is_number(cell))
                skipped = len(headings)
                named = [row + [""] * (width - len(row)) for row in headings]
                # pandas writes a last row that only names the columns of labels
                if named and not any(named[-1][labels:]):
                    named.pop()
                return _Layout(delimiter, named, labels, width, skipped)
            headings.append(cells)
            if len(headings) > _MOST_HEADING_ROWS:
                break
    raise InvalidTable(
        "holds no rows of numbers under headings.", where=Where(file=name), do="Use the file as published."
    )


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _batches(
    parts: Parts, name: str, layout: _Layout, single: bool
) -> Iterator[tuple[list[tuple[str, ...]], npt.NDArray[Any]]]:
    kind = pa.float32() if single else pa.float64()
    names = [f"f{place}" for place in range(layout.width)]
    types = {column: pa.binary() if place < layout.label_columns else kind for place, column in enumerate(names)}
    with parts.open(name) as file:
        _skip_headings(file, layout)
        try:
            reader = arrow_csv.open_csv(
                file,
                read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=layout.delimiter),
                convert_options=arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
            )
            for batch in reader:
                labels = [map(_decoded, column.to_pylist()) for column in batch.columns[: layout.label_columns]]
                # a null becomes not-a-number
                values = [column.to_numpy(zero_copy_only=False) for column in batch.columns[layout.label_columns :]]
                yield list(zip(*labels, strict=True)), np.column_stack(values)
        except pa.ArrowInvalid as error:
            raise InvalidTable(
                f"cannot be read: {error}", where=Where(file=name), do="Use the file as published."
            ) from error


def _skip_headings(file: Any, layout: _Layout) -> None:
    """Move past the headings."""
    while True:
        place = file.tell()
        cells = _decoded(file.readline()).rstrip("\r\n").split(layout.delimiter)
        if len(cells) == layout.width and _is_number(cells[-1]):
            file.seek(place)
            return


def _check_holes(values: npt.NDArray[Any], layout: _Layout, name: str, start: int) -> None:
    """Raise where a value is missing; `start` is how many rows of numbers stand above."""
    missing = np.argwhere(np.isnan(values))
    if len(missing):
        row, column = map(int, missing[0])
        heading = " ".join(cells[layout.label_columns + column] for cells in layout.heading_rows[:2])
        raise InvalidTable(
            "has a hole: a number is missing.",
            where=Where(file=name, row=layout.skipped + start + row + 1, column=heading or str(column + 1)),
            do="Use the file as published.",
        )
