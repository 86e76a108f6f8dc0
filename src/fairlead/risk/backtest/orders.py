"""Withhold-release orders as hits: what another publisher did about goods of a country, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fairlead.reference.load import Row
from fairlead.risk.arrays import Bools
from fairlead.risk.backtest.universe import Universe
from fairlead.risk.dates import start_of


def ordered_pairs(universe: Universe, bans: Sequence[Row], goods: Sequence[Row], after: date) -> Bools:
    """Return the pairs of good and country that an order names which began after a day.

    An order on a good that is made of one good only, such as rubber gloves, is an order on that too. `bans` and
    `goods` are the tables of the reference pack.
    """
    made_of: Mapping[str, list[str]] = {row["good"]: row["inputs"].split() for row in goods}
    pairs = set()
    for ban in bans:
        if ban["good"] and start_of(ban["date"]) > after:
            inputs = made_of.get(ban["good"], [])
            pairs |= {(good, ban["iso3"]) for good in [ban["good"], *(inputs if len(inputs) == 1 else [])]}
    return universe.marked(pairs)
