"""A date as lists write it, in ISO 8601 and as precise as it is known."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_WORDS: Final = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,})\.?\s+(?:(\d{1,2}),?\s+)?(\d{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_MONTH: Final = 12


def read_list_date(text: str) -> str | None:
    """Return 2021-06-24, 2021-06 or 2021 for a date in ISO 8601, day first with points, or with the month in English.

    With strokes the day is taken to come first only where the month cannot (24/06/2021); 03/04/2021 and everything
    else that is not understood gives None.
    """
    text = " ".join(text.split()).strip(" .")
    if found := _ISO.fullmatch(text):
        return _iso(*found.groups())
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        if "/" in text and int(day) <= _LAST_MONTH and int(month) <= _LAST_MONTH and day != month:
            return None
        return _iso(year, *((day, month) if int(month) > _LAST_MONTH else (month, day)))
    if found := _WORDS.fullmatch(text):
        before, word, after, year = found.groups()
        month = word[:3].lower()
        return _iso(year, str(_MONTHS.index(month) + 1), before or after) if month in _MONTHS else None
    return None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month and month.zfill(2), day and day.zfill(2)) if part)
