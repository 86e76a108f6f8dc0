"""Measures the cards of country indices anew within the training, to see what hangs on their having seen the test.

The likelihood ratios of those cards were measured on the whole list. This is the check that the rating does not owe
its figure to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from fairlead.risk.backtest.rated_pairs import rated_pairs
from fairlead.risk.backtest.universe import Edition, Universe
from fairlead.risk.cards import Basis, Card, Cards, Group, shipped_cards
from fairlead.risk.facts import ReferenceFacts, ReferenceTables
from fairlead.risk.parameters import shipped_parameters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Added to each count, so that a level without hits has a ratio.
_HALF: Final = 0.5


def remeasured_log_odds(universe: Universe, known: Edition, fold: Ints, as_of: date, tables: ReferenceTables) -> Floats:
    """Return the rating's log-odds of every pair with the list silent on its fold and the cards measured without it.

    Folds must be of whole countries.
    """
    cards, forced = shipped_cards(), known.forced(universe)
    levels = _levels(universe, cards, as_of, tables)
    log_odds = np.full(len(universe), np.nan)
    for each in range(int(fold.max()) + 1):
        out = fold == each
        anew = {key: measured(cards[key], values[~out], forced[~out]) for key, values in levels.items()}
        silent = known.without_countries(universe.iso3[out].tolist())
        rows = np.flatnonzero(out)
        rated = rated_pairs(universe, rows, silent, as_of, tables=tables, cards={**cards, **anew})
        log_odds[rows] = rated.log_odds
    return log_odds


def measured(card: Card, level_of: npt.NDArray[np.str_], hits: Bools) -> Card:
    """Return the card with each level's likelihood ratio measured on rows of which the level and the hit are known.

    LR = (hits of the level + 1/2) / (hits + 1/2) over the same of the rows that are no hits; rows without a level
    (an empty text) do not count.
    """
    has = level_of != ""
    hit, other = np.count_nonzero(hits & has) + _HALF, np.count_nonzero(~hits & has) + _HALF
    levels = {
        value: replace(
            level,
            lr=float(
                ((np.count_nonzero(hits & (level_of == value)) + _HALF) / hit)
                / ((np.count_nonzero(~hits & (level_of == value)) + _HALF) / other)
            ),
        )
        for value, level in card.levels.items()
    }
    return replace(card, levels=levels)


def _levels(
    universe: Universe, cards: Cards, as_of: date, tables: ReferenceTables
) -> Mapping[str, npt.NDArray[np.str_]]:
    """Return for each measured card about countries the level of every pair's country."""
    facts = ReferenceFacts(tables, cards, shipped_parameters(), as_of)
    keys = [key for key, card in cards.items() if card.basis is Basis.MEASURED and card.group is Group.COUNTRY]
    found: dict[str, dict[str, str]] = {key: {} for key in keys}
    for iso3 in sorted(set(universe.iso3.tolist())):
        for fact in facts.country(iso3):
            if fact.finding in found:
                found[fact.finding][iso3] = fact.value
    return {key: np.array([of.get(iso3, "") for iso3 in universe.iso3.tolist()]) for key, of in found.items()}
