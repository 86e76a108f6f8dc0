"""The interval of expected hits holds what comes out as often as it should."""

from __future__ import annotations

import numpy as np

from fairlead.risk.backtest.cross_fit import cross_fit, fit_once
from fairlead.risk.backtest.folds import folds_by
from fairlead.risk.backtest.ridge import sigmoid


def _made(units: int = 400, each: int = 30) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    unit = np.repeat(np.arange(units), each)
    column = random.normal(size=len(unit))
    return column[:, None], random.random(len(unit)) < sigmoid(column - 1.5), unit


def test_about_nine_in_ten_units_lie_in_the_interval_when_the_model_is_right() -> None:
    columns, hits, unit = _made()
    found = cross_fit(lambda _, seen: columns, hits, folds_by(unit), unit, seed=0)
    assert 0.89 <= found.coverage(hits, unit) <= 0.97  # hits are whole numbers, so a little over 0.9 is due
    assert np.isclose(found.probability.mean(), hits.mean(), atol=0.01)


def test_units_that_differ_more_than_chance_lie_outside_more_often() -> None:
    columns, _, unit = _made()
    hits = np.random.default_rng(6).random(len(unit)) < np.where(unit % 2, 0.6, 0.02)
    found = cross_fit(lambda _, seen: columns, hits, folds_by(unit), unit, seed=0)
    assert found.coverage(hits, unit) < 0.3


def test_hits_are_expected_only_among_the_rows_counted() -> None:
    columns, hits, unit = _made(20)
    some = (unit < 5) & (np.arange(len(unit)) % 2 == 0)
    once = fit_once(columns, hits, some, unit, seed=0)
    assert np.isfinite(once.probability).all()
    assert np.isnan(once.high[5:]).all()
    assert (once.high[:5] <= np.bincount(unit[some])).all()
    assert once.coverage(hits & some, unit) == once.coverage(hits, unit)


def test_only_the_folds_that_are_tested_have_scores() -> None:
    columns, hits, unit = _made(20)
    part = cross_fit(lambda _, seen: columns, hits, folds_by(unit), unit, seed=0, folds=(0,))
    assert np.isnan(part.probability[folds_by(unit) != 0]).all()
