"""Fits a model on some folds, scores the one left out, and says how many hits it expects there, with an interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.backtest import ridge

#: Draws from the spread of the coefficients, and of what then comes out.
_DRAWS: Final = 400
_LOWER, _UPPER = 0.05, 0.95

#: Gives the table of columns for all rows when only some are seen: (fold that is tested, rows seen) -> columns.
Table = Callable[[int, Bools], Floats]


@dataclass(frozen=True)
class CrossFit:
    """Scores of the rows that were tested (nan for others), and for their units the interval of expected hits.

    `low` and `high` are the ends of the 90% interval of the number of hits in each unit, by the unit's number; nan
    where no row of a unit was tested.
    """

    probability: Floats
    low: Floats
    high: Floats

    def coverage(self, hits: Bools, unit: Ints) -> float:
        """Return the share of the tested units whose number of hits lies within the interval.

        Most units have no hit and hits are whole numbers, so more than 90% is to be expected of a good model.
        """
        tested = ~np.isnan(self.low)
        count = np.bincount(unit, weights=hits & ~np.isnan(self.probability), minlength=len(tested))[tested]
        return float(((count >= self.low[tested]) & (count <= self.high[tested])).mean())


def cross_fit(
    table: Table, hits: Bools, fold: Ints, unit: Ints, *, seed: int, folds: Iterable[int] | None = None
) -> CrossFit:
    """Fit on all folds but one and score that one, for each fold in turn, or for those in `folds`.

    `unit` numbers the units of rows (countries or goods) from 0.
    """
    size = int(unit.max()) + 1
    probability, low, high = np.full(len(hits), np.nan), np.full(size, np.nan), np.full(size, np.nan)
    for each in range(int(fold.max()) + 1) if folds is None else folds:
        seen = fold != each
        columns = table(each, seen)
        fitted = ridge.fit(columns[seen], hits[seen])
        tested = np.flatnonzero(~seen)
        probability[tested] = fitted.probability(columns[tested])
        _expect(fitted, columns[tested], unit[tested], low, high, np.random.default_rng([seed, each]))
    return CrossFit(probability, low, high)


def fit_once(columns: Floats, hits: Bools, tested: Bools, unit: Ints, *, seed: int) -> CrossFit:
    """Fit on all rows and score those that are tested, of which other hits are to come."""
    size = int(unit.max()) + 1
    probability, low, high = np.full(len(hits), np.nan), np.full(size, np.nan), np.full(size, np.nan)
    fitted = ridge.fit(columns, hits)
    rows = np.flatnonzero(tested)
    probability[rows] = fitted.probability(columns[rows])
    _expect(fitted, columns[rows], unit[rows], low, high, np.random.default_rng([seed, 0]))
    return CrossFit(probability, low, high)


def _expect(
    fitted: ridge.Fit, columns: Floats, unit: Ints, low: Floats, high: Floats, random: np.random.Generator
) -> None:
    """Fill in the interval of the number of hits of each unit: doubt about the coefficients, then chance."""
    p = fitted.draws(columns, _DRAWS, random)
    hit = random.random(p.shape) < p
    order = np.argsort(unit, kind="stable")
    units, starts = np.unique(unit[order], return_index=True)
    counts = np.add.reduceat(hit[:, order].astype(np.int64), starts, axis=1)
    low[units] = np.quantile(counts, _LOWER, axis=0, method="inverted_cdf")
    high[units] = np.quantile(counts, _UPPER, axis=0, method="inverted_cdf")
