"""Withhold-release orders as hits: what another publisher did about goods of a country, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fairlead.reference.load import Row
from fairlead.reference.source import first_day
from fairlead.risk.arrays import Bools
from fairlead.risk.backtest.universe import Universe


def ordered_pairs(universe: Universe, bans: Sequence[Row], goods: Sequence[Row], after: date) -> Bools:
    """Return the pairs of good and country that an order names which began after a day.

    An order on a good outside the universe that is made of one good only, such as rubber gloves, is one on that good.
    An order on some producers counts for the pair, since the universe knows no producers. `bans` and `goods` are the
    tables of the reference pack.
    """
    made_of: Mapping[str, list[str]] = {row["good"]: row["inputs"].split() for row in goods}
    counted = set(universe.good.tolist())
    pairs = set()
    for ban in bans:
        if ban["good"] and first_day(ban["date"]) > after:
            inputs = made_of.get(ban["good"], [])
            good = inputs[0] if ban["good"] not in counted and len(inputs) == 1 else ban["good"]
            pairs.add((good, ban["iso3"]))
    return universe.marked(pairs)
