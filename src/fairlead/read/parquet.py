"""Parquet files: the columns of the schema are the headings, every value is written as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from fairlead.errors import FileTooLarge, UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read.limits import MAX_CELLS, MAX_UNPACKED_BYTES, MEGABYTE
from fairlead.read.sheet import CellNote, Number, Sheet

#: Types whose values can be written in one cell, each by its test.
_PLAIN: Final = (
    pa.types.is_string, pa.types.is_large_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating,
    pa.types.is_decimal, pa.types.is_date, pa.types.is_timestamp, pa.types.is_null,
)  # fmt: skip


def read_parquet(path: Path, name: str) -> Iterator[Sheet]:
    """Yield the one sheet of a Parquet file; columns of lists, structures or bytes are empty and noted.

    Raises UnreadableFile where the file is damaged or encrypted, FileTooLarge where it unpacks to too much.
    """
    where = Where(file=name)
    try:
        with pq.ParquetFile(path) as file:
            _refuse_too_large(file.metadata, where)
            table = file.read()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(
            message("The Parquet file is damaged, cut off or encrypted."),
            where=where,
            do=message("Copy or download it again, or save the list as CSV."),
        ) from error
    headings = [str(heading) for heading in table.column_names]
    notes = [
        CellNote(
            1,
            place,
            message("The column holds {kind}, which is not read: a cell must hold one value.", kind=str(column.type)),
        )
        for place, column in enumerate(table.columns)
        if not _is_plain(column.type)
    ]
    columns = [_cells(column) for column in table.columns]
    rows = [headings, *(list(row) for row in zip(*columns, strict=True))]
    yield Sheet(name, "", rows, notes=tuple(notes))


def _refuse_too_large(metadata: pq.FileMetaData, where: Where) -> None:
    unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if unpacked > MAX_UNPACKED_BYTES or metadata.num_rows * max(1, metadata.num_columns) > MAX_CELLS:
        raise FileTooLarge(
            message(
                "The Parquet file has {rows:number} rows and unpacks to {size:number} MB; "
                "the limit is {limit} MB and {cells:number} cells.",
                rows=str(metadata.num_rows),
                size=str(round(unpacked / MEGABYTE)),
                limit=str(MAX_UNPACKED_BYTES // MEGABYTE),
                cells=str(MAX_CELLS),
            ),
            where=where,
            do=message("Split it, or leave out the columns that are not about suppliers."),
        )


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return any(test(kind) for test in _PLAIN)


def _cells(column: pa.ChunkedArray) -> list[str]:
    if not _is_plain(column.type):
        return [""] * len(column)
    return [_text(value) for value in column.to_pylist()]


def _text(value: Any) -> str:
    """Write a value as a cell: a number plainly, a date by ISO 8601 without a time that is midnight."""
    if value is None or value != value:  # noqa: PLR0124  (not a number is unlike itself)
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float):
        return Number(f"{value:.15g}" if not value.is_integer() else f"{value:.0f}")
    return Number(f"{value:f}" if hasattr(value, "is_finite") else str(value))
