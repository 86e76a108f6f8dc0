"""When somebody was born or a firm founded, wherever in a text it is said, and as precisely as it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR: Final = r"(?:1[89]|20)\d\d"
#: The first that fits at a place counts.
_DATE: Final = re.compile(
    rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?P<sign>[./-])\s?(?P<month>\d{{1,2}})(?P=sign)\s?(?P<year>{_YEAR})"
    rf"|(?P<iso_year>{_YEAR})-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?"
    rf"|(?:(?P<word_day>\d{{1,2}})\s+)?\b(?P<word>{_MONTH})\s+(?:(?P<day_after>\d{{1,2}}),?\s+)?(?P<word_year>{_YEAR})"
    rf"|(?P<only_year>{_YEAR}))(?!\d)",
    re.I | re.A,
)
_EIGHT_DIGITS: Final = re.compile(rf"(?<!\d)({_YEAR})(\d\d)(\d\d)(?!\d)", re.A)
_MONTH_NAME: Final = re.compile(rf"\b{_MONTH}(?![a-z])", re.I | re.A)
_BETWEEN: Final = re.compile(r"\s*(?:to|and|until|[-–])\s*", re.I)
_SAYS_BETWEEN: Final = re.compile(r"\bbetween\b", re.I)
_ABOUT: Final = re.compile(r"\b(?:circa|ca?\.|about|around|approx\w*)", re.I | re.A)
#: So many years either way an approximate date may be, and so many years apart the ends of a span that says anything.
_EITHER_WAY: Final = 2
_WIDEST: Final = 20
_LAST_MONTH: Final = 12
#: A first of January stands for a year of which no day is known.
_NO_DAY: Final = "-01-01"
_YEAR_DIGITS: Final = 4
_ENDS: Final = 2


def find_born(text: str) -> tuple[str, ...]:
    """Return the dates in a text in ISO 8601, each once: 1960-02-13, 1960-02, 1960, or the years 1958/1962.

    Between two dates, and about a year, are spans of years; one wider than twenty years says nothing. Where the day
    may be the month, with strokes, and where words say more months than dates, the year alone is known. Years before
    1800 are those of other calendars, or none.
    """
    text = _EIGHT_DIGITS.sub(r"\1-\2-\3", " ".join(text.split()))
    found = list(_DATE.finditer(text))
    dates = [_read(match) for match in found]
    if len(found) == _ENDS and _is_span(text, *found):
        first, last = sorted(int(read[:_YEAR_DIGITS]) for read in dates)
        return (f"{first}/{last}",) if last - first <= _WIDEST else ()
    if len(_MONTH_NAME.findall(text)) > sum("-" in read for read in dates) or (dates and _SAYS_BETWEEN.search(text)):
        dates = [read[:_YEAR_DIGITS] for read in dates]
    if _ABOUT.search(text):
        dates = [_about(read) for read in dates]
    return tuple(dict.fromkeys(dates))


def _read(match: re.Match[str]) -> str:
    said = match.groupdict()
    if said["only_year"]:
        return str(said["only_year"])
    if said["word"]:
        month = str(_MONTHS.index(said["word"][:3].lower()) + 1)
        return _iso(said["word_year"], month, said["word_day"] or said["day_after"])
    if said["iso_year"]:
        return _iso(said["iso_year"], said["iso_month"], said["iso_day"])
    day, month = said["day"], said["month"]
    if int(month) > _LAST_MONTH:
        day, month = month, day
    elif said["sign"] == "/" and int(day) <= _LAST_MONTH and day != month:
        return str(said["year"])
    return _iso(said["year"], month, day)


def _iso(year: str, month: str, day: str | None) -> str:
    """Return the date; the year alone where there is no such day, or it is the first of January."""
    try:
        whole = date(int(year), int(month), int(day or 1)).isoformat()
    except ValueError:
        return year
    return year if day and whole.endswith(_NO_DAY) else whole if day else whole[: -len("-01")]


def _is_span(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    """Whether two dates are the ends of a span: `1980-1990`, `between 1961 and 1963`, and not `1961 and 1963`."""
    joined = text[first.end() : last.start()]
    if joined.strip().lower() == "and" and not _SAYS_BETWEEN.search(text):
        return False
    return _BETWEEN.fullmatch(joined) is not None


def _about(read: str) -> str:
    year = int(read[:_YEAR_DIGITS])
    return f"{year - _EITHER_WAY}/{year + _EITHER_WAY}"
