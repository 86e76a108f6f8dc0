"""A graph of numbered parties from one Parquet file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairlead.errors import FairleadError, LinkError, UnreadableFile
from fairlead.risk.spread.parquet import read_spread_graph


def written(folder: Path, **columns: Any) -> Path:
    pq.write_table(pa.table({"from": [0, 1], "to": [1, 2], "share": [0.5, 1.0], **columns}), folder / "links.parquet")
    return folder / "links.parquet"


@pytest.mark.parametrize("kind", [pa.float32(), pa.float64()])
def test_links_are_read_with_their_precision(tmp_path: Path, kind: pa.DataType) -> None:
    graph = read_spread_graph(written(tmp_path, share=pa.array([0.5, 1.0], kind)), 3)
    assert graph.start.tolist() == [0, 0, 1, 2]
    assert graph.giver.tolist() == [0, 1]
    assert graph.weight.tolist() == [0.5, 1.0]
    assert graph.weight.dtype == kind.to_pandas_dtype()


@pytest.mark.parametrize(
    ("columns", "error", "says"),
    [
        ({"share": [0.5, None]}, LinkError, "links.parquet, row 2, column “share”: A link lacks this value"),
        ({"from": [0, None]}, LinkError, "links.parquet, row 2, column “from”"),
        ({"to": ["a", "b"]}, UnreadableFile, "The column “to” holds no whole numbers"),
        ({"share": [0.5, 1.1]}, LinkError, "row 2, column “share”: a share of 1.1 cannot be"),
        ({"to": [1, 3]}, LinkError, "row 2, column “receiver”: 3 is no party; there are 3"),
    ],
)
def test_a_table_with_a_hole_or_a_value_that_cannot_be_is_named(
    tmp_path: Path, columns: dict[str, Any], error: type[FairleadError], says: str
) -> None:
    with pytest.raises(error, match=says):
        read_spread_graph(written(tmp_path, **columns), 3)


def test_a_file_that_is_none_and_a_column_that_is_not_there_are_named(tmp_path: Path) -> None:
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(UnreadableFile, match=r"no.parquet: The Parquet file cannot be read"):
        read_spread_graph(tmp_path / "no.parquet", 3)
    with pytest.raises(UnreadableFile, match="supplier"):
        read_spread_graph(written(tmp_path), 3, giver="supplier")


def test_an_empty_table_is_a_graph_without_links(tmp_path: Path) -> None:
    none = {"from": pa.array([], pa.int32()), "to": pa.array([], pa.int32()), "share": pa.array([], pa.float32())}
    pq.write_table(pa.table(none), tmp_path / "links.parquet")
    assert len(read_spread_graph(tmp_path / "links.parquet", 3).giver) == 0
