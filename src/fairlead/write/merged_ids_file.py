"""merged_ids.csv: what became of party ids by people's judgements."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.write.csv_file import write_csv

MERGED_ID_COLUMNS: Final = ("old_party_id", "party_id", "judgement")


def write_merged_ids(path: Path, merged: pa.Table) -> Path:
    """Write a table of MERGED_ID; several judgements stand in one cell with a space between them."""
    rows = ((row["old_party_id"], row["party_id"], " ".join(row["judgement_ids"])) for row in merged.to_pylist())
    return write_csv(path, MERGED_ID_COLUMNS, rows)
