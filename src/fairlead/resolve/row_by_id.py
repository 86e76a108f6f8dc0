"""The rows of a table by their ids, made into Python's values one by one when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa


class RowById(Mapping[str, Mapping[str, Any]]):
    """A table of ROW by row id, for those who need few rows of a long list."""

    def __init__(self, rows: pa.Table) -> None:
        self._rows = rows
        self._places = {row_id: place for place, row_id in enumerate(rows["row_id"].to_pylist())}

    def __getitem__(self, row_id: str) -> Mapping[str, Any]:
        row: Mapping[str, Any] = self._rows.slice(self._places[row_id], 1).to_pylist()[0]
        return row

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
