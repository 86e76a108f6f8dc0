"""Parquet keeps types and gives the same bytes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fairlead.write import write_parquet


def test_types_and_values_stay_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    table = pa.table({"text": ["қ", None], "money": pa.array([Decimal("1.5000"), None], pa.decimal128(38, 4))})
    one = write_parquet(tmp_path / "one.parquet", table)
    chunked = pa.concat_tables([table.slice(0, 1), table.slice(1)])
    other = write_parquet(tmp_path / "other.parquet", chunked)
    assert pq.read_table(one).equals(table)
    assert one.read_bytes() == other.read_bytes()
