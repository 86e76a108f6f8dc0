"""When two parties were born or founded, and whether that can be the same day.

A date is ISO 8601 and as precise as it is known: 1960-02-13, 1960-02, 1960, or years from which to which it may be,
1958/1962.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: The features of tables/features.yaml, what speaks most for one party first.
SAME: Final = "same_birth"
FITS: Final = "birth_fits"
NEAR: Final = "near_birth"
OTHER: Final = "other_birth"

_WHOLE: Final = len("1960-02-13")
_YEAR: Final = len("1960")
_BETWEEN: Final = "/"


def compare_born(ours: Iterable[str], theirs: Iterable[str]) -> str | None:
    """Return the feature of the two dates that agree best; None where one side has none."""
    theirs = tuple(theirs)
    found = {_compared(one, other) for one in ours for other in theirs}
    return next((feature for feature in (SAME, FITS, NEAR, OTHER) if feature in found), None)


def _compared(one: str, other: str) -> str:
    if _BETWEEN in one or _BETWEEN in other:
        (first, last), (least, most) = _years(one), _years(other)
        return FITS if first <= most and least <= last else OTHER
    if one == other and len(one) == _WHOLE:
        return SAME
    if one.startswith(other) or other.startswith(one):
        return FITS
    return NEAR if _is_slip(one, other) else OTHER


def _years(date: str) -> tuple[str, str]:
    first, _, last = date.partition(_BETWEEN)
    return first[:_YEAR], (last or first)[:_YEAR]


def _is_slip(one: str, other: str) -> bool:
    """Whether one digit of two whole dates differs, or day and month stand in each other's place.

    Where only a year is known of one, the next year is near: such a year is often worked out from an age.
    """
    if len(one) != len(other) or len(one) != _WHOLE:
        return min(len(one), len(other)) == _YEAR and abs(int(one[:_YEAR]) - int(other[:_YEAR])) == 1
    year, month, day = one.split("-")
    return other == f"{year}-{day}-{month}" or sum(a != b for a, b in zip(one, other, strict=True)) == 1
