"""A figure that cannot be computed is nan, with the reason; intervals come from whole countries."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fairlead.risk.backtest.figures import PairsTested, Scores, figures
from fairlead.risk.backtest.result import FIGURES


def _tested(hits: list[bool], size: list[float] | None = None) -> PairsTested:
    count = len(hits)
    return PairsTested(np.array(hits), np.arange(count) // 2, np.array(size or [0.0] * count), seed=0, samples=200)


def _scores(count: int) -> Scores:
    p = np.linspace(0.1, 0.9, count)
    return Scores(p, p, 1.0)


@pytest.mark.parametrize(
    ("hits", "size"),
    [
        ([False] * 12, None),
        ([True] * 12, None),
        ([False] * 11 + [True], [0.0] * 11 + [9.0]),  # nobody is as large as the hit
        ([False] * 8 + [True] * 4, None),
        ([False] * 18 + [True] * 2, None),  # with a tenth listed, every other row would be a hidden case
    ],
)
def test_every_figure_is_a_number_or_has_a_reason(hits: list[bool], size: list[float] | None) -> None:
    found = figures(_tested(hits, size), _scores(len(hits)))
    for name in FIGURES:
        assert math.isnan(found.values[name]) == (name in found.reasons), name


def test_a_correction_that_cannot_be_is_not_shown() -> None:
    found = figures(_tested([False] * 60 + [True] * 40), _scores(100))
    assert math.isnan(found.values["auc_if_a_tenth_is_listed"])
    assert "cannot" in found.reasons["auc_if_a_tenth_is_listed"]


def test_the_interval_is_wider_when_rows_of_a_country_are_alike() -> None:
    random = np.random.default_rng(4)
    hits, rank = random.random(400) < 0.3, random.normal(size=400)
    rank += hits
    apart = PairsTested(hits, np.arange(400), np.zeros(400), seed=0)
    copied = PairsTested(np.repeat(hits, 4), np.repeat(np.arange(400), 4), np.zeros(1600), seed=0)
    alone = PairsTested(np.repeat(hits, 4), np.arange(1600), np.zeros(1600), seed=0)

    def width(tested: PairsTested, rank: np.ndarray) -> float:
        values = figures(tested, Scores(rank, None, math.nan)).values
        return values["auc_high"] - values["auc_low"]

    assert width(copied, np.repeat(rank, 4)) == pytest.approx(width(apart, rank))
    assert width(alone, np.repeat(rank, 4)) < 0.6 * width(apart, rank)
