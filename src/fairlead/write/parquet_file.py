"""Parquet: the table as it is, with its own types."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(path: Path, table: pa.Table) -> Path:
    """Write an Arrow table, the same bytes for the same table; returns the path."""
    pq.write_table(table.combine_chunks(), path, compression="zstd", version="2.6", store_schema=True)
    return path
