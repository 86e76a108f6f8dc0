"""From HS, CPV and ISIC codes to the good or sector they stand for: the longest prefix decides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from fairlead.classify.terms import Entry, Level
from fairlead.reference import load_csv

_CPV_DIGITS: Final = 8
_SHORTEST: Final = 2


def good_of_hs(hs: str) -> Entry | None:
    """Return the good whose HS code is the given one or the longest beginning of it."""
    return _longest(_digits(hs), _prefixes("goods", "good", "hs"))


def sector_of_hs(hs: str) -> Entry | None:
    """Return the sector of an HS code: by the sectors' own codes, else through the concordance with ISIC."""
    code = _digits(hs)
    return _longest(code, _prefixes("sectors", "sector", "hs")) or _through_isic(code)


def sector_of_cpv(cpv: str) -> Entry | None:
    """Return the sector of a CPV code, with or without its check digit."""
    code = _digits(cpv)[:_CPV_DIGITS].rstrip("0")
    return _longest(code, _prefixes("sectors", "sector", "cpv"))


def sector_of_isic(isic: str) -> Entry | None:
    """Return the sector of an ISIC revision 4 code, with or without the letter of its section."""
    return _longest(_digits(isic), _prefixes("sectors", "sector", "isic"))


def codes_of(entry: Entry, column: str) -> tuple[str, ...]:
    """Return the codes in a column (hs or isic) of a good's or sector's row."""
    return _codes(entry.level, column).get(entry.key, ())


def sector_of_good(good: str) -> str:
    """Return the key of the sector that a good belongs to."""
    return _sectors_of_goods()[good]


def _through_isic(hs: str) -> Entry | None:
    isic = next((_isic_of_hs()[hs[:length]] for length in (6, 4) if hs[:length] in _isic_of_hs()), None)
    return sector_of_isic(isic) if isic else None


def _longest(code: str, prefixes: Mapping[str, Entry]) -> Entry | None:
    for length in range(len(code), _SHORTEST - 1, -1):
        if entry := prefixes.get(code[:length]):
            return entry
    return None


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isdigit())


@cache
def _prefixes(table: str, level: Level, column: str) -> Mapping[str, Entry]:
    """Return codes and the entry that claims each; where two claim one, nobody has it."""
    claimed: dict[str, set[Entry]] = {}
    for row in load_csv(table):
        for code in row[column].split():
            claimed.setdefault(code, set()).add(Entry(level, row[level]))
    return {code: entries.pop() for code, entries in claimed.items() if len(entries) == 1}


@cache
def _codes(level: Level, column: str) -> Mapping[str, tuple[str, ...]]:
    return {row[level]: tuple(row.get(column, "").split()) for row in load_csv(f"{level}s")}


@cache
def _sectors_of_goods() -> Mapping[str, str]:
    return {row["good"]: row["sector"] for row in load_csv("goods")}


@cache
def _isic_of_hs() -> Mapping[str, str]:
    """Return the ISIC class of each HS code that belongs to one class only."""
    classes: dict[str, set[str]] = {}
    for row in load_csv("hs_isic4"):
        classes.setdefault(row["hs"], set()).add(row["isic"])
    return {hs: min(found) for hs, found in classes.items() if len(found) == 1}
