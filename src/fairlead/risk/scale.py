"""How many workers a rating concerns: a figure for setting priorities, kept apart from the rating itself.

A rating p is the probability that at least one situation of forced labour exists among a supplier's workers within
twelve months. How many work there says how much hangs on it, and is no part of it:

    scale = n p        from n p_low to n p_high

for n workers. It is the expected number of workers who work where there is at least one situation: all of them count,
whoever is concerned. Let X be the number of people concerned; X <= n [X >= 1], so

    E(X) <= n P(X >= 1) = n p

and n p is a bound on the people to be expected there, not a count of them. It holds as far as the rating does. The
number of workers moves neither p nor its interval nor its band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc


class NoScale(StrEnum):
    """Why there is no figure."""

    HEADCOUNT = "headcount_not_known"
    RATING = "not_rated"


@dataclass(frozen=True)
class Headcount:
    """How many workers the lists give a party, and at how many places; 0 where no place is told."""

    workers: int
    places: int


@dataclass(frozen=True)
class Scale:
    """The workers of a party times its rating, with the ends of its 90% interval; null with the reason where not known.

    `workers` is the number that the lists give, at so many `places` (0 where no place is told).
    """

    workers: int | None
    places: int
    low: float | None
    middle: float | None
    high: float | None
    why_null: NoScale | None


def scale(headcount: Headcount | None, p_low: float | None, p: float | None, p_high: float | None) -> Scale:
    """Return n p from n p_low to n p_high, for a rating with the ends of its interval (all null without data)."""
    if headcount is None:
        return Scale(None, 0, None, None, None, NoScale.HEADCOUNT)
    workers, places = headcount.workers, headcount.places
    if p_low is None or p is None or p_high is None:
        return Scale(workers, places, None, None, None, NoScale.RATING)
    return Scale(workers, places, workers * p_low, workers * p, workers * p_high, None)


#: A place where nobody works says that the number is not known, not that there is nobody.
_LEAST: Final = 1


def headcounts(parties: pa.Table, sites: pa.Table, rows: pa.Table) -> Mapping[str, Headcount]:
    """Return how many workers the lists give each party; a party of which no number is known has no entry.

    The numbers of its places are added up. Where none of them has one, the largest number of its rows counts, since
    rows that name no place may each give the whole. The tables are PARTY, SITE and ROW.
    """
    found: dict[str, Headcount] = {}
    counted = sites.filter(_known(sites)).select(["party_id", "workers"])
    for site in counted.to_pylist():
        before = found.get(site["party_id"], Headcount(0, 0))
        found[site["party_id"]] = Headcount(before.workers + site["workers"], before.places + 1)
    told = rows.filter(_known(rows))
    by_row = dict(zip(told["row_id"].to_pylist(), told["workers"].to_pylist(), strict=True))
    own = parties.select(["party_id", "row_ids"]).to_pylist() if by_row else []
    for party in own:
        given = [by_row[one] for one in party["row_ids"] or () if one in by_row]
        if given and party["party_id"] not in found:
            found[party["party_id"]] = Headcount(max(given), 0)
    return found


def _known(table: pa.Table) -> pa.ChunkedArray:
    return pc.fill_null(pc.greater_equal(table["workers"], _LEAST), False)
