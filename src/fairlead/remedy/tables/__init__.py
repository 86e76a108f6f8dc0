"""The tables of what follows an agreed action; an expert can read and correct them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_table(name: str) -> Any:
    """Return a YAML table of this folder, given its name without suffix. Do not change it."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))
