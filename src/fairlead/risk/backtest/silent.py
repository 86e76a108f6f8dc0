"""Ratings for which the list is silent on the very pair that is rated, and on no other."""

from __future__ import annotations

from datetime import date

import numpy as np

from fairlead.risk.arrays import Floats, Ints
from fairlead.risk.backtest.rated_pairs import rated_pairs
from fairlead.risk.backtest.universe import Edition, Universe
from fairlead.risk.facts import ReferenceTables


def silent_ratings(universe: Universe, known: Edition, as_of: date, tables: ReferenceTables) -> Floats:
    """Return the rating's log-odds of every pair when the list says nothing of the pair itself.

    What is not listed is rated with the whole list. Listed pairs are rated in groups in which no good and no country
    comes twice, with the list silent on the group, so that a pair misses next to nothing but its own row.
    """
    log_odds = rated_pairs(universe, np.arange(len(universe)), known, as_of, tables=tables)
    for rows in _groups(universe, np.flatnonzero(universe.marked((row["good"], row["iso3"]) for row in known.rows))):
        own = zip(universe.good[rows].tolist(), universe.iso3[rows].tolist(), strict=True)
        log_odds[rows] = rated_pairs(universe, rows, known.without(own), as_of, tables=tables)
    return log_odds


def _groups(universe: Universe, rows: Ints) -> list[Ints]:
    """Put each row into the first group that has neither its good nor its country."""
    groups: list[list[int]] = []
    for row in rows.tolist():
        taken = {"good": universe.good[row], "iso3": universe.iso3[row]}
        for group in groups:
            if not any(universe.good[each] == taken["good"] or universe.iso3[each] == taken["iso3"] for each in group):
                group.append(row)
                break
        else:
            groups.append([row])
    return [np.array(group, dtype=np.int64) for group in groups]
