"""The ridge finds what scikit-learn finds, and its spread narrows with the data."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression

from fairlead.risk.backtest.ridge import STRENGTH, Scaling, fit, sigmoid


def _data(rows: int = 600) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    columns = random.normal([3.0, -1.0, 0.0], [2.0, 0.1, 1.0], (rows, 3))
    hits = random.random(rows) < sigmoid(columns[:, 0] - 5 + columns[:, 2])
    return columns, hits


def test_coefficients_are_those_of_scikit_learn() -> None:
    columns, hits = _data()
    found = fit(columns, hits)
    theirs = LogisticRegression(C=STRENGTH, max_iter=10_000, tol=1e-10)
    theirs.fit(found.scaling.applied(columns)[:, 1:], hits)
    assert np.allclose(found.coefficients[1:], theirs.coef_[0], atol=1e-4)
    assert np.isclose(found.coefficients[0], theirs.intercept_[0], atol=1e-4)


def test_probabilities_add_up_to_the_hits() -> None:
    columns, hits = _data()
    assert np.isclose(fit(columns, hits).probability(columns).sum(), hits.sum())


def test_a_gap_is_the_mean_with_a_flag_and_columns_without_gaps_have_no_flag() -> None:
    columns = np.array([[1.0, 5.0], [3.0, np.nan], [5.0, 7.0]])
    table = Scaling.of(columns).applied(columns)
    assert table.shape == (3, 4)  # ones, two columns, one flag
    assert table[1].tolist() == [1.0, 0.0, 0.0, 1.0]


def test_rows_without_any_hit_can_be_fitted() -> None:
    columns, hits = _data(50)
    assert (fit(columns, np.zeros_like(hits)).probability(columns) < 0.01).all()


def test_ten_times_the_data_narrows_the_spread_to_a_third() -> None:
    columns, hits = _data()
    one, ten = fit(columns, hits), fit(np.tile(columns, (10, 1)), np.tile(hits, 10))
    ratio = np.sqrt(np.diag(ten.covariance) / np.diag(one.covariance))
    assert np.allclose(ratio[0], 10**-0.5, rtol=0.1)


def test_draws_scatter_around_the_probability() -> None:
    columns, hits = _data()
    found = fit(columns, hits)
    drawn = found.draws(columns[:5], 4000, np.random.default_rng(0))
    assert np.allclose(np.median(drawn, axis=0), found.probability(columns[:5]), atol=0.02)
