"""Dates that may be known to the year or month only, and how old they are."""

from __future__ import annotations

from datetime import date
from typing import Final

from fairlead.reference.source import first_day

DAYS_PER_YEAR: Final = 365.25

_MIDDLE: Final = {4: "-07-01", 7: "-15", 10: ""}


def middle_of(iso: str) -> date:
    """Return the middle of a year or month, or the day itself, given as 2021, 2021-06 or 2021-06-24."""
    return date.fromisoformat(iso + _MIDDLE[len(iso)])


def age_in_years(iso: str, as_of: date) -> float:
    """Return how many years before `as_of` something happened, at least 0; infinity when it lies after `as_of`.

    Where only the year or month is known, its middle counts.
    """
    if first_day(iso) > as_of:
        return float("inf")
    return max(0.0, (as_of - middle_of(iso)).days / DAYS_PER_YEAR)
