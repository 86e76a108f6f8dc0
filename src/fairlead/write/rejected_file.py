"""The file of rejected rows beside a result: where each stood, why it was not used, and its cells."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.language import Language
from fairlead.write.csv_file import write_csv
from fairlead.write.json_file import dumped

REJECTED_COLUMNS: Final = ("file", "sheet", "row", "column", "reason", "cells")


def rejected_path(out: Path) -> Path:
    """Return where the rows go that a result leaves out: hits.csv has hits.rejected.csv beside it."""
    return out.with_name(f"{out.stem}.rejected.csv")


def write_rejected(out: Path, rejected: pa.Table, language: Language) -> Path | None:
    """Write the rejected rows (REJECTED) beside a result, their cells as a JSON list; nothing where there are none.

    A file that an earlier run left there is removed, so that it is not taken for this run's. Returns the path, or None.
    """
    path = rejected_path(out)
    if not rejected.num_rows:
        path.unlink(missing_ok=True)
        return None
    rows = (
        (row["file"], row["sheet"], row["row"], row["column"], language.render(row["reason"]), _cells(row["cells"]))
        for row in rejected.to_pylist()
    )
    return write_csv(path, REJECTED_COLUMNS, rows)


def _cells(cells: list[str] | None) -> str:
    return dumped(cells or []).decode("utf-8")
