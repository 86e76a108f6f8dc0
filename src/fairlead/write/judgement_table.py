"""The table of doubtful pairs for people who decide in a spreadsheet: two columns to fill beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.write.csv_file import write_csv

#: What stands before the columns of review.csv: the two to fill, and who has said what so far.
ADDED: Final = ("decision", "why", "decided_by")
#: The last column: a hash of the two keys.
CHECK: Final = "pair"


@dataclass(frozen=True)
class PairToJudge:
    """One row: what was decided so far, or nothing, the cells of review.csv, and the hash of the two keys."""

    decision: str
    why: str
    decided_by: str
    cells: Sequence[str]
    check: str


def write_judgement_table(path: Path, columns: Sequence[str], pairs: Iterable[PairToJudge]) -> Path:
    """Write the table; `columns` are those of `cells`. Returns the path."""
    rows = ((pair.decision, pair.why, pair.decided_by, *pair.cells, pair.check) for pair in pairs)
    return write_csv(path, (*ADDED, *columns, CHECK), rows)
