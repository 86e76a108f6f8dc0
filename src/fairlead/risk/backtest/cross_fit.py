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

    `low` and `high` are the ends of the 90% interval of the number of hits among the rows `counted` of each unit, by
    the unit's number; nan where no row of a unit is counted.
    """

    probability: Floats
    counted: Bools
    low: Floats
    high: Floats

    @classmethod
    def empty(cls, rows: int, units: int) -> CrossFit:
        """Return the scores of so many rows of so many units before anything is tested."""
        return cls(np.full(rows, np.nan), np.zeros(rows, dtype=bool), np.full(units, np.nan), np.full(units, np.nan))

    def coverage(self, hits: Bools, unit: Ints) -> float:
        """Return the share of the units with rows counted whose number of hits among them lies within the interval.

        Most units have no hit and hits are whole numbers, so more than 90% is to be expected of a good model.
        """
        tested = ~np.isnan(self.low)
        count = np.bincount(unit, weights=hits & self.counted, minlength=len(tested))[tested]
        return float(((count >= self.low[tested]) & (count <= self.high[tested])).mean())


def cross_fit(
    table: Table, hits: Bools, fold: Ints, unit: Ints, *, seed: int, folds: Iterable[int] | None = None
) -> CrossFit:
    """Fit on all folds but one and score that one, for each fold in turn, or for those in `folds`.

    `unit` numbers the units of rows (countries or goods) from 0.
    """
    found = CrossFit.empty(len(hits), int(unit.max()) + 1)
    for each in range(int(fold.max()) + 1) if folds is None else folds:
        seen = fold != each
        columns = table(each, seen)
        fitted = ridge.fit(columns[seen], hits[seen])
        found.probability[~seen] = fitted.probability(columns[~seen])
        _expect(found, fitted, columns, ~seen, unit, np.random.default_rng([seed, each]))
    return found


def fit_once(columns: Floats, hits: Bools, counted: Bools, unit: Ints, *, seed: int) -> CrossFit:
    """Fit on all rows and score them all; other hits are to come, and they are expected among the rows `counted`."""
    found = CrossFit.empty(len(hits), int(unit.max()) + 1)
    fitted = ridge.fit(columns, hits)
    found.probability[:] = fitted.probability(columns)
    _expect(found, fitted, columns, counted, unit, np.random.default_rng([seed, 0]))
    return found


def _expect(
    found: CrossFit, fitted: ridge.Fit, columns: Floats, counted: Bools, unit: Ints, random: np.random.Generator
) -> None:
    """Fill in the interval of hits among the rows counted of each unit: doubt about the coefficients, then chance."""
    found.counted[counted] = True
    p = fitted.draws(columns[counted], _DRAWS, random)
    hit = random.random(p.shape) < p
    order = np.argsort(unit[counted], kind="stable")
    units, starts = np.unique(unit[counted][order], return_index=True)
    hits_of_units = np.add.reduceat(hit[:, order].astype(np.int64), starts, axis=1)
    found.low[units] = np.quantile(hits_of_units, _LOWER, axis=0, method="inverted_cdf")
    found.high[units] = np.quantile(hits_of_units, _UPPER, axis=0, method="inverted_cdf")
