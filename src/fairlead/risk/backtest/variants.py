"""The rating otherwise: with its measured cards measured without the test, and without what was recorded by hand.

The likelihood ratios of the cards about countries were measured on the whole list. What is recorded of labour imposed
by a State, and of how goods are made, was recorded by people who know the list. These variants show how much hangs on
each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints, Texts
from fairlead.risk.backtest.rated_pairs import rated_pairs
from fairlead.risk.backtest.universe import Edition, Universe
from fairlead.risk.cards import Basis, Card, Cards, Group, shipped_cards
from fairlead.risk.facts import ReferenceFacts, ReferenceTables
from fairlead.risk.parameters import shipped_parameters

#: The variants by their keys in the results, with what each is.
VARIANTS: Final[Mapping[str, str]] = {
    "cards_measured_in_training": "cards of country indices measured without the countries tested",
    "without_labour_imposed_by_a_state": "without what is recorded of labour imposed by a State",
    "without_how_goods_are_made": "without the judgement of how goods are made",
}

#: Added to each count, so that a level without hits has a ratio.
_HALF: Final = 0.5


def variants(
    universe: Universe, known: Edition, fold: Ints, as_of: date, tables: ReferenceTables
) -> Mapping[str, Floats]:
    """Return the log-odds of every pair in each variant of the rating, with the list silent on the pair's fold.

    Folds must be of whole countries.
    """
    cards, forced = shipped_cards(), known.forced(universe)
    levels = _levels(universe, cards, as_of, tables)
    found = {name: np.full(len(universe), np.nan) for name in VARIANTS}
    for each in range(int(fold.max()) + 1):
        out = fold == each
        anew = {key: measured(cards[key], values[~out], forced[~out]) for key, values in levels.items()}
        silent = known.without_countries(universe.iso3[out].tolist())
        made = {
            "cards_measured_in_training": (tables, {**cards, **anew}),
            "without_labour_imposed_by_a_state": (replace(tables, state_imposed=()), cards),
            "without_how_goods_are_made": (replace(tables, labour_process=()), cards),
        }
        for name, (its_tables, its_cards) in made.items():
            rows = np.flatnonzero(out)
            found[name][out] = rated_pairs(universe, rows, silent, as_of, tables=its_tables, cards=its_cards)
    return found


def measured(card: Card, level_of: Texts, hits: Bools) -> Card:
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


def _levels(universe: Universe, cards: Cards, as_of: date, tables: ReferenceTables) -> Mapping[str, Texts]:
    """Return for each measured card about countries the level of every pair's country."""
    facts = ReferenceFacts(tables, cards, shipped_parameters(), as_of)
    keys = [key for key, card in cards.items() if card.basis is Basis.MEASURED and card.group is Group.COUNTRY]
    found: dict[str, dict[str, str]] = {key: {} for key in keys}
    for iso3 in sorted(set(universe.iso3.tolist())):
        for fact in facts.country(iso3):
            if fact.finding in found:
                found[fact.finding][iso3] = fact.value
    return {key: np.array([of.get(iso3, "") for iso3 in universe.iso3.tolist()]) for key, of in found.items()}
