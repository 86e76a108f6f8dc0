"""The tables of resolution (weights); an expert can correct them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table of this folder, given its name without suffix; every value is text."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
