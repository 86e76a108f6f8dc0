"""review.csv: the pairs that a person has to decide, with what each of the two records says side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.write.csv_file import write_csv
from fairlead.write.safe_cell import Value

#: Between several values in one cell.
SEPARATOR: Final = " | "

#: What is shown of each of the two records, left before right.
_SHOWN: Final = ("other_names", "address", "city", "country", "identifiers")

REVIEW_COLUMNS: Final = (
    "left_party_id",
    "left_name",
    "right_party_id",
    "right_name",
    "probability",
    "reason",
    "left_row",
    "right_row",
    *(f"{side}_{column}" for side in ("left", "right") for column in _SHOWN),
    "measures",
    "judged",
    "left_key",
    "right_key",
)


def write_review(path: Path, review: pa.Table, rows: pa.Table, text: Callable[[Mapping[str, Any] | None], str]) -> Path:
    """Write a table of REVIEW, with what the rows of ROW say that it names; `text` renders a message or null."""
    return write_csv(path, REVIEW_COLUMNS, _cells(review, rows, text))


def _cells(
    review: pa.Table, rows: pa.Table, text: Callable[[Mapping[str, Any] | None], str]
) -> Iterator[Sequence[Value]]:
    named = pa.concat_arrays([review[column].combine_chunks() for column in ("left_row_id", "right_row_id")])
    columns = ["row_id", "file", "sheet", "row", *_SHOWN]
    said = {
        row["row_id"]: row for row in rows.select(columns).filter(pc.is_in(rows["row_id"], value_set=named)).to_pylist()
    }
    for pair in review.to_pylist():
        left, right = (said.get(pair[f"{side}_row_id"], {}) for side in ("left", "right"))
        yield (
            pair["left_party_id"],
            pair["left_name"],
            pair["right_party_id"],
            pair["right_name"],
            round(pair["probability"], 4),
            text(pair["reason"]),
            _place(left),
            _place(right),
            *(_shown(row.get(column)) for row in (left, right) for column in _SHOWN),
            SEPARATOR.join(f"{name}={measure}" for name, measure in pair["measures"] or ()),
            text(pair["judged"]),
            pair["left_key"],
            pair["right_key"],
        )


def _place(row: Mapping[str, Any]) -> str:
    return f"{row['file']}:{row['sheet'] or ''}:{row['row']}" if row else ""


def _shown(value: Any) -> str | None:
    if isinstance(value, list):
        return SEPARATOR.join(_identifier(one) if isinstance(one, dict) else str(one) for one in value)
    return None if value is None else str(value)


def _identifier(one: Mapping[str, Any]) -> str:
    invalid = " (invalid)" if one["valid"] is False else ""
    return f"{one['scheme'] or ''}:{one['value']}{invalid}"
