"""Logistic regression with a ridge: small, exact, and with the spread of its coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.risk.arrays import Bools, Floats

#: The weight of the data against the ridge, as in scikit-learn's C.
STRENGTH: Final = 0.3
_STEPS: Final = 60
_CLOSE: Final = 1e-10


@dataclass(frozen=True)
class Scaling:
    """How columns become comparable: (x - mean) / spread, and a flag for each column that has gaps.

    A gap becomes the mean, that is 0. The flags follow the columns.
    """

    mean: Floats
    spread: Floats
    has_gaps: Bools

    @classmethod
    def of(cls, columns: Floats) -> Scaling:
        """Return the scaling that makes each column of a table (rows x columns; nan is a gap) mean 0 and spread 1."""
        known = ~np.isnan(columns)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, columns, 0.0).sum(axis=0) / count
        spread = np.sqrt(np.where(known, (columns - mean) ** 2, 0.0).sum(axis=0) / count)
        return cls(mean, np.where(spread > 0, spread, 1.0), np.asarray(~known.all(axis=0)))

    def applied(self, columns: Floats) -> Floats:
        """Return a table with the same columns scaled, a column of ones before them and the flags after them."""
        gaps = np.isnan(columns)
        scaled = np.where(gaps, 0.0, (columns - self.mean) / self.spread)
        return np.column_stack([np.ones(len(columns)), scaled, gaps[:, self.has_gaps].astype(np.float64)])


@dataclass(frozen=True)
class Fit:
    """A fitted model: coefficients of the scaled columns, the intercept first, and their covariance."""

    scaling: Scaling
    coefficients: Floats
    covariance: Floats

    def log_odds(self, columns: Floats) -> Floats:
        """Return the log-odds of each row, in nats."""
        return np.asarray(self.scaling.applied(columns) @ self.coefficients)

    def probability(self, columns: Floats) -> Floats:
        """Return the probability of each row."""
        return sigmoid(self.log_odds(columns))

    def draws(self, columns: Floats, count: int, random: np.random.Generator) -> Floats:
        """Return probabilities (draws x rows) for coefficients drawn from their normal approximation."""
        drawn = random.multivariate_normal(self.coefficients, self.covariance, size=count, method="cholesky")
        return sigmoid(drawn @ self.scaling.applied(columns).T)


def sigmoid(log_odds: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * log_odds)))


def fit(columns: Floats, hits: Bools, *, strength: float = STRENGTH) -> Fit:
    """Fit P(hit) = sigmoid(a + b x) on a table (rows x columns; nan is a gap) by Newton's method.

    The coefficients b of the scaled columns minimise

        - log likelihood + |b|^2 / (2 * strength)

    and the intercept is free. Their covariance is the inverse of the second derivative at the minimum (Laplace).
    """
    scaling = Scaling.of(columns)
    table, target = scaling.applied(columns), hits.astype(np.float64)
    ridge = np.full(table.shape[1], 1.0 / strength)
    ridge[0] = 1e-9  # the intercept is free, and the matrix stays regular where nothing was hit
    share = np.clip(target.mean(), 1e-6, 1 - 1e-6)
    coefficients = np.zeros(table.shape[1])
    coefficients[0] = np.log(share / (1 - share))
    for _ in range(_STEPS):
        p = sigmoid(table @ coefficients)
        gradient = table.T @ (p - target) + ridge * coefficients
        second = (table * (p * (1 - p))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(second, gradient)
        coefficients = coefficients - step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < _CLOSE:
            break
    p = sigmoid(table @ coefficients)
    second = (table * (p * (1 - p))[:, None]).T @ table + np.diag(ridge)
    covariance = np.linalg.inv(second)
    return Fit(scaling, coefficients, (covariance + covariance.T) / 2)
