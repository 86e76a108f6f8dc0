"""Which industry makes a good: one ISIC class for every heading and subheading of the Harmonized System.

The project's own judgement, kept as ranges of codes in inputs/hs_isic4_ranges.csv. The concordances that are
published are many-to-many: they give raw cotton eleven classes, growing wheat among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.errors import InvalidReference
from fairlead.reference.builders.builder import Builder, Files, read_input
from fairlead.reference.load import Row, load_csv

_CHAPTER_DIGITS: Final = 2


def concordance_rows(_: Files) -> Iterator[Row]:
    """Yield one row for every heading and subheading: that of the narrowest range that holds the code.

    A range holds a code when the code, cut to as many digits, lies between its first and its last code.
    Raises InvalidReference when no range holds a code.
    """
    ranges = sorted(read_input("hs_isic4_ranges"), key=lambda row: -len(row["first"]))
    for entry in load_csv("hs2022"):
        code = entry["code"]
        if len(code) > _CHAPTER_DIGITS:
            yield {"hs": code, "isic": _isic(code, ranges), "source_id": "fairlead"}


def _isic(code: str, ranges: list[Row]) -> str:
    for row in ranges:  # ranges of six digits come before those of four
        digits = len(row["first"])
        if len(code) >= digits and row["first"] <= code[:digits] <= row["last"]:
            return row["isic"]
    raise InvalidReference(f"No range of hs_isic4_ranges.csv holds the HS code {code}.", do="Add one.")


BUILDERS: Final = (Builder("hs_isic4", ("hs", "isic"), (), concordance_rows),)
