"""The data sets with known truth; those not shipped with Fairlead lie in ../shared/data."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT.parent / "shared" / "data"
NAMES: Final = DATA / "names"
FACILITIES: Final = DATA / "facilities"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file, headings and cells without blanks around them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {str(key).strip(): (value or "").strip() for key, value in row.items() if key is not None}
            for row in csv.DictReader(file)
        ]


def write_rows(path: Path, given: Sequence[dict[str, Any]]) -> None:
    """Write rows as a CSV file with the columns of the first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(given[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(given)


def every(given: Sequence[Any], part: int) -> list[Any]:
    """Return every `part`-th row, so that a sample is spread over the whole."""
    return list(given[::part])


def absent(paths: Iterable[Path]) -> str:
    """Return a sentence naming the first file that is not there, or nothing."""
    for path in paths:
        if not path.exists():
            return f"The data set {path.name} is absent; this part was not measured.\n"
    return ""
