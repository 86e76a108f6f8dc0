"""Which goods of which countries were on the list of goods in a year, by the editions that there are of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

Row = Mapping[str, str]
Pair = tuple[str, str]  # good, ISO 3166-1 alpha-3

FORCED: Final = "forced_labour"
CHILD: Final = "child_labour"
_YES: Final = "yes"
_YEAR_DIGITS: Final = 4


class State(StrEnum):
    """How a pair of good and country stands to the list on a day; the values are levels of evidence cards."""

    LISTED = "listed"
    LISTED_LATER = "listed_later"  # not yet, but in a later edition
    REMOVED = "removed"


@dataclass(frozen=True)
class Listing:
    """A listing of a good and a country: its row, and the year of the edition that lists, will list or removed it."""

    state: State
    row: Row
    year: int


class Listings:
    """The list of goods as of a day.

    `current` are the rows of the latest edition, `earlier` those of the editions before it, each with its `year`.
    Without earlier editions the latest holds for every day. With `hindsight` what a later edition lists is found too:
    an edition reports what went on in the years before it.
    """

    def __init__(self, current: Sequence[Row], earlier: Sequence[Row], as_of: date, *, hindsight: bool) -> None:
        editions = _editions(current, earlier)
        years = sorted(editions)
        before = [year for year in years if year <= as_of.year]
        after = [year for year in years if year > as_of.year]
        self._now: Mapping[Pair, Row] = editions[before[-1]] if before else {}
        self._year = before[-1] if before else 0
        self._later = [(year, editions[year]) for year in after] if hindsight else []
        self._past = [(year, editions[year]) for year in before]

    def find(self, good: str, iso3: str, flag: str) -> Listing | None:
        """Return how a good of a country stands to the list for forced or child labour (`flag`).

        None where it never was on it.
        """
        pair = good, iso3
        if _flagged(self._now.get(pair), flag):
            return Listing(State.LISTED, self._now[pair], self._year)
        for year, edition in self._later:
            if _flagged(edition.get(pair), flag):
                return Listing(State.LISTED_LATER, edition[pair], year)
        for (_, edition), (removed, _) in reversed(list(zip(self._past, self._past[1:], strict=False))):
            if _flagged(edition.get(pair), flag):
                return Listing(State.REMOVED, edition[pair], removed)
        return None

    def row(self, good: str, iso3: str) -> Row | None:
        """Return the row of a good and a country in the edition in force, else in the first later one that counts."""
        editions = (self._now, *(edition for _, edition in self._later))
        return next((edition[good, iso3] for edition in editions if (good, iso3) in edition), None)

    def countries(self, good: str) -> list[Row]:
        """Return the rows that list a good for forced labour now, else in the next edition that counts, by country."""
        rows = {**(self._later[0][1] if self._later and not self._now else {}), **self._now}
        return [row for (key, _), row in sorted(rows.items()) if key == good and _flagged(row, FORCED)]


def _flagged(row: Row | None, flag: str) -> bool:
    return row is not None and row[flag] == _YES


def _editions(current: Sequence[Row], earlier: Iterable[Row]) -> dict[int, dict[Pair, Row]]:
    found: dict[int, dict[Pair, Row]] = {}
    for row in earlier:
        found.setdefault(int(row["year"]), {})[row["good"], row["iso3"]] = row
    latest = {(row["good"], row["iso3"]): row for row in current}
    found[_edition_year(current) if found else 0] = latest
    return found


def _edition_year(rows: Sequence[Row]) -> int:
    return max((int(row["edition"][:_YEAR_DIGITS]) for row in rows), default=0)
