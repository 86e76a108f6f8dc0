"""The tables by which names and addresses are read and compared; an expert can correct them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@cache
def read_csv_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a CSV table of this folder, given its name without suffix; every value is text."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def read_yaml_table(name: str) -> Any:
    """Return a YAML table of this folder, given its name without suffix. Do not change it."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
