"""The rating joined with exposure and detection: what predicts a listing, not what makes a case.

A list records what is there times how much of it there is times how closely somebody looks. The rating is about the
first alone. What is fitted here serves to test it against lists, and is never shown to anybody as risk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations_with_replacement
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest.column import TRAINING, Column
from fairlead.risk.backtest.rated_pairs import rated_pairs
from fairlead.risk.backtest.universe import Edition, Universe
from fairlead.risk.facts import ReferenceTables
from fairlead.risk.pooled import log_odds, pooled_rate

COLUMNS: Final = (
    Column("rating", "risk", "log-odds of the rating, with no part of the list about what is left out", "fairlead",
           "2016-09-30", "2026"),
    Column("share", "exposure", "logarithm of the country's share of the world's output of the good", "fao_production",
           "2015", "2024-01-09"),
    Column("good_listed", "detection", "how often the list names the good at all, for child or forced labour, in"
           " training, drawn towards its sector", "us_dol_goods", TRAINING, TRAINING),
    Column("place_listed", "detection", "how often the list names goods of the country at all, in training, drawn"
           " towards its region", "us_dol_goods", TRAINING, TRAINING),
    Column("income", "detection", "logarithm of the domestic product per head", "world_bank_gdp", "2014", "2015-07"),
    Column("law", "detection", "rule of law, as estimated and not in quarters", "wgi", "2015", "2020-09"),
)  # fmt: skip


def columns(universe: Universe, rating: Floats, listed: Bools, seen: Bools, unit: Ints) -> Floats:
    """Return the table of COLUMNS (pairs x columns), with rates from the pairs `seen` in training.

    `rating` are the rating's log-odds and `listed` the pairs that the list of the training names at all; nothing
    of a pair's own `unit` (country or good) enters its rates.
    """
    good = pooled_rate(listed, seen, universe.good_number, universe.sector_number, unit)
    place = pooled_rate(listed, seen, universe.country_number, universe.region_number, unit)
    with np.errstate(invalid="ignore"):
        income = np.log(universe.gdp_per_head)
    return np.column_stack([rating, universe.ln_share, log_odds(good), log_odds(place), income, universe.rule_of_law])


def nested_ratings(
    universe: Universe,
    known: Edition,
    fold: Ints,
    left_out: Callable[[Edition, Bools], Edition],
    as_of: date,
    tables: ReferenceTables,
    folds: tuple[int, ...] | None = None,
) -> Mapping[int, Floats]:
    """Return for each fold the rating's log-odds of all pairs when the list is silent on it and on their own fold.

    So the pairs that the joined model is fitted on are rated as blindly as those that it is tested on. `left_out`
    takes from an edition what it says of the pairs marked. `folds` are those to be tested, all where not given.
    """
    count = int(fold.max()) + 1
    tested = tuple(range(count)) if folds is None else folds
    found = {each: np.full(len(universe), np.nan) for each in tested}
    for first, second in combinations_with_replacement(range(count), 2):
        if first not in found and second not in found:
            continue
        out = (fold == first) | (fold == second)
        rated = np.full(len(universe), np.nan)
        silent = left_out(known, out)
        rated[out] = rated_pairs(universe, np.flatnonzero(out), silent, as_of, tables=tables)
        for tested_fold, other in ((first, second), (second, first)):
            if tested_fold in found:
                found[tested_fold][fold == other] = rated[fold == other]
    return found
