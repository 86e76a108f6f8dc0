"""Folds that keep the rows of a unit together, the same in every run."""

from __future__ import annotations

from typing import Final

import numpy as np

from fairlead.risk.arrays import Ints

FOLDS: Final = 10


def folds_by(unit: Ints, count: int = FOLDS) -> Ints:
    """Return each row's fold from 0, so that all rows of a unit share one and folds are of about equal size.

    Units come from the largest to the smallest, those of one size in their order, each into the fold that has the
    fewest rows so far. `unit` numbers the rows' units from 0; there are fewer folds where there are fewer units.
    """
    sizes = np.bincount(unit)
    units = np.flatnonzero(sizes)
    filled = np.zeros(min(count, len(units)), dtype=np.int64)
    fold_of = np.zeros(len(sizes), dtype=np.int64)
    for each in units[np.lexsort((units, -sizes[units]))]:
        fold_of[each] = int(np.argmin(filled))
        filled[fold_of[each]] += sizes[each]
    return fold_of[unit]
