"""A graph read from one Parquet file of numbered parties, for chains that are too large for ids in text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from fairlead.errors import LinkError, UnreadableFile, Where
from fairlead.risk.spread.graph import SpreadGraph, spread_graph


def read_spread_graph(
    path: Path, nodes: int, *, giver: str = "from", receiver: str = "to", weight: str = "share"
) -> SpreadGraph:
    """Read links from the columns `giver` and `receiver` (whole numbers from 0 to `nodes` - 1) and `weight` (0 to 1).

    The rows may stand in any order; only these columns are read. Raises UnreadableFile where the file is damaged or
    lacks a column, LinkError for a value that is missing or cannot be.
    """
    where = Where(file=path.name)
    try:
        table = pq.read_table(path, columns=[giver, receiver, weight], memory_map=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableFile(
            f"The Parquet file cannot be read: {error}.", where=where, do="Write it again, and name its columns."
        ) from error
    if missing := [name for name in (giver, receiver, weight) if name not in table.column_names]:
        raise UnreadableFile(f"There is no column “{missing[0]}”.", where=where, do="Name the columns of the links.")
    for name in (giver, receiver, weight):
        if table[name].null_count:
            row = table[name].is_null().index(True).as_py() + 1
            raise LinkError(
                "A link lacks this value.",
                where=Where(file=path.name, row=row, column=name),
                do="Fill it in, or leave the link out.",
            )
    from_, to, share = (table[name] for name in (giver, receiver, weight))
    for name, column in ((giver, from_), (receiver, to)):
        if not pa.types.is_integer(column.type):
            raise UnreadableFile(f"The column “{name}” holds no whole numbers.", where=where, do="Number the parties.")
    share = share if pa.types.is_floating(share.type) else share.cast(pa.float64())
    del table
    return spread_graph(nodes, _array(from_), _array(to), _array(share))


def _array(column: pa.ChunkedArray) -> NDArray[Any]:
    array: NDArray[Any] = column.to_numpy()
    return array
