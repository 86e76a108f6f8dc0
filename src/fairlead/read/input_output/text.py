"""Matrices as text: rows of labels on top, columns of labels on the left, numbers in the rest."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
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


def read_text_matrix(parts: Parts, name: str, *, delimiter: str = "\t", single: bool = False) -> TextMatrix:
    """Read a matrix whose labels stand above and on the left of the numbers, as pymrio and EXIOBASE write them.

    How many rows and columns are labels is found out: numbers begin where the last cell of a row is one. Values are
    float64, or float32 with `single`. Raises InvalidTable when a value is missing or no number.
    """
    layout = _layout(parts, name, delimiter)
    rows: list[tuple[str, ...]] = []
    blocks: list[npt.NDArray[Any]] = []
    for labels, values in _batches(parts, name, layout, single):
        rows.extend(labels)
        blocks.append(values)
    if not blocks:
        raise NothingToRead("holds no numbers.", where=Where(file=name))
    columns = list(zip(*(row[layout.label_columns :] for row in layout.heading_rows), strict=True))
    return TextMatrix(rows, columns, np.concatenate(blocks))


def _layout(parts: Parts, name: str, delimiter: str) -> _Layout:
    headings: list[list[str]] = []
    with parts.open(name) as file:
        reader = csv.reader(_decoded(file, name), delimiter=delimiter)
        for cells in reader:
            if cells and _is_number(cells[-1]):
                width = len(cells)
                labels = next(place for place, cell in enumerate(cells) if _is_number(cell))
                named = [row + [""] * (width - len(row)) for row in headings]
                # pandas writes a last row that only names the columns of labels
                if named and not any(named[-1][labels:]):
                    named.pop()
                return _Layout(delimiter, named, labels, width)
            headings.append(cells)
            if len(headings) > _MOST_HEADING_ROWS:
                break
    raise InvalidTable(
        "holds no rows of numbers under headings.", where=Where(file=name), do="Use the file as published."
    )


def _decoded(lines: Iterable[bytes], name: str) -> Iterator[str]:
    for line in lines:
        try:
            yield line.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InvalidTable("is not UTF-8 text.", where=Where(file=name), do="Use the file as published.") from error


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
    types = {column: pa.string() if place < layout.label_columns else kind for place, column in enumerate(names)}
    with parts.open(name) as file:
        skipped = _skip_headings(file, layout)
        try:
            reader = arrow_csv.open_csv(
                file,
                read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=layout.delimiter),
                convert_options=arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False),
            )
            row = skipped
            for batch in reader:
                yield _numbers(batch, layout, name, row)
                row += batch.num_rows
        except pa.ArrowInvalid as error:
            raise InvalidTable(
                f"cannot be read: {error}", where=Where(file=name), do="Use the file as published."
            ) from error


def _skip_headings(file: Any, layout: _Layout) -> int:
    """Move past the headings; return how many lines they took."""
    lines = 0
    while True:
        place = file.tell()
        cells = file.readline().decode("utf-8-sig").rstrip("\r\n").split(layout.delimiter)
        if len(cells) == layout.width and _is_number(cells[-1]):
            file.seek(place)
            return lines
        lines += 1


def _numbers(
    batch: pa.RecordBatch, layout: _Layout, name: str, start: int
) -> tuple[list[tuple[str, ...]], npt.NDArray[Any]]:
    values = batch.columns[layout.label_columns :]
    for place, column in enumerate(values):
        if column.null_count:
            row = int(pc.indices_nonzero(column.is_null())[0].as_py())
            heading = " ".join(cells[layout.label_columns + place] for cells in layout.heading_rows[:2])
            raise InvalidTable(
                "has a hole: a number is missing.",
                where=Where(file=name, row=start + row + 1, column=heading or str(place + 1)),
                do="Use the file as published.",
            )
    labels = zip(*(column.to_pylist() for column in batch.columns[: layout.label_columns]), strict=True)
    return list(labels), np.column_stack([column.to_numpy() for column in values])
