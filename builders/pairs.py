"""Write the project's own labelled pairs, benchmarks/pairs/pairs.csv."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.pairs import build


def main(arguments: Sequence[str]) -> int:
    """Rewrite pairs.csv from its tables of words and its rules."""
    return build.main(arguments)
