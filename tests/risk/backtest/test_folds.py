"""Folds keep units whole, are of about equal size, and are the same in every run."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fairlead.risk.backtest.folds import folds_by

UNITS = st.lists(st.integers(0, 30), min_size=1, max_size=200).map(
    lambda units: np.unique(units, return_inverse=True)[1]
)


@given(UNITS)
def test_the_rows_of_a_unit_share_a_fold(unit: np.ndarray) -> None:
    fold = folds_by(unit)
    for each in np.unique(unit):
        assert len(set(fold[unit == each].tolist())) == 1


@given(UNITS)
def test_no_fold_is_empty_and_none_is_larger_than_another_by_more_than_a_unit(unit: np.ndarray) -> None:
    sizes = np.bincount(folds_by(unit))
    assert sizes.min() > 0
    assert sizes.max() - sizes.min() <= np.bincount(unit).max()


@given(UNITS)
def test_the_same_units_make_the_same_folds(unit: np.ndarray) -> None:
    assert np.array_equal(folds_by(unit), folds_by(unit.copy()))
