"""Dates of birth, as a column writes them, in ISO 8601; what is no date stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?:[T ]00:00(?::00)?)?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORDS: Final = re.compile(r"[A-Za-z]+|\d+")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST_MONTHS: Final = 12
_YEAR_DIGITS: Final = 4


def read_birth_dates(texts: Sequence[str | None]) -> list[str | None]:
    """Return each date as YYYY-MM-DD, YYYY-MM or YYYY; None stays None, and what is no date stays as written.

    Where the year stands last, one date of the column whose second part is over 12 shows that the month comes first
    in all of them; otherwise the day does. A date that cannot be, such as 1856-86-18, is kept: it is a typing error,
    and what is right in it still tells.
    """
    written = [match for text in texts if text and (match := _YEAR_LAST.fullmatch(text.strip()))]
    firsts, seconds = ([int(match[part]) for match in written] for part in (1, 2))
    month_first = max(seconds, default=0) > _MOST_MONTHS >= max(firsts, default=0)
    return [_date(text.strip(), month_first=month_first) if text else None for text in texts]


def _date(text: str, *, month_first: bool) -> str:
    if match := _YEAR_FIRST.fullmatch(text):
        return "-".join(part for part in match.groups() if part)
    if match := _YEAR_LAST.fullmatch(text):
        month, day = (match[1], match[2]) if month_first else (match[2], match[1])
        return f"{match[3]}-{month:0>2}-{day:0>2}"
    return _in_words(text) or text


def _in_words(text: str) -> str | None:
    """Read 12 May 1950, May 12, 1950 and May 1950; None where it is none of these."""
    words = _WORDS.findall(text)
    months = [_MONTHS.index(word[:3].lower()) + 1 for word in words if word[:3].lower() in _MONTHS]
    years = [word for word in words if word.isdigit() and len(word) == _YEAR_DIGITS]
    days = [word for word in words if word.isdigit() and len(word) < _YEAR_DIGITS]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    return "-".join([years[0], f"{months[0]:02}", *(f"{int(day):02}" for day in days)])
