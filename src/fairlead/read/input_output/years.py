"""The year of a table, from the names of its files and folders, and the choice of one file where there are several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from fairlead.errors import InvalidTable, OptionError, Where

_FOUR_DIGITS: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
#: WIOT11_ROW_Apr12.xlsx is the table of 2011.
_TWO_DIGITS: Final = re.compile(r"(?<=WIOT)\d{2}(?!\d)", re.IGNORECASE)
#: Two digits up to this one are of this century.
_THIS_CENTURY: Final = 50


def year_in(*names: str) -> int | None:
    """Return the year that the first of the names tells, None where none does.

    Of several years in a name the last is taken: ICIO2023_2020.csv is the table of 2020 in the edition of 2023.
    """
    for name in names:
        if found := _FOUR_DIGITS.findall(name):
            return int(found[-1])
        if found := _TWO_DIGITS.findall(name):
            return int(found[-1]) + (2000 if int(found[-1]) <= _THIS_CENTURY else 1900)
    return None


def agreed_year(asked: int | None, found: int | None, file: str) -> int | None:
    """Return the year asked for or found. Raises OptionError when the file is of another year than was asked for."""
    if asked is not None and found is not None and asked != found:
        raise OptionError(
            f"{file} is of {found}, not of {asked}.", do="Leave --year out, or give the file of that year."
        )
    return found if asked is None else asked


def file_of(years: Mapping[str, int | None], asked: int | None, file: str) -> str:
    """Return the only one of some files, or that of the year asked for; `years` has the year that each one tells.

    Raises OptionError when there are several and none of them is the year's, InvalidTable when several are.
    """
    if len(years) == 1:
        return next(iter(years))
    chosen = [name for name, year in years.items() if asked is not None and year == asked]
    if not chosen:
        raise OptionError(f"{file} holds {_listed(list(years.values()))}.", do="Choose one year with --year.")
    if len(chosen) > 1:
        raise InvalidTable(
            f"holds several tables of {asked}: {', '.join(chosen)}.",
            where=Where(file=file),
            do="Give one of them by itself.",
        )
    return chosen[0]


def _listed(years: Sequence[int | None]) -> str:
    known = sorted({year for year in years if year is not None})
    if known:
        return f"tables of the years {', '.join(map(str, known))}"
    return f"{len(years)} tables whose names do not say their years"
