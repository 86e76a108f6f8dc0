"""Measures agree with scikit-learn's, with worked examples, and with what sampling anew would give."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from fairlead.risk.backtest.measures import (
    auc,
    average_precision,
    calibration_error,
    corrected_for_unseen,
    duels,
    log_loss,
    recall_at,
    reliability,
)

SCORED = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=4, max_size=60).filter(
    lambda rows: 0 < sum(hit for _, hit in rows) < len(rows)
)


def _arrays(rows: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    scores, hits = zip(*rows, strict=True)
    return np.array(scores, dtype=float), np.array(hits)


@given(SCORED)
def test_area_and_average_precision_are_those_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    scores, hits = _arrays(rows)
    assert auc(scores, hits) == pytest.approx(metrics.roc_auc_score(hits, scores))
    assert average_precision(scores, hits) == pytest.approx(metrics.average_precision_score(hits, scores))


@given(SCORED)
def test_log_loss_is_that_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    scores, hits = _arrays(rows)
    p = (scores + 1) / 8
    assert log_loss(p, hits) == pytest.approx(metrics.log_loss(hits, p, labels=[False, True]))


@given(SCORED, st.data())
def test_duels_won_over_duels_fought_is_the_area_also_with_clusters_drawn_anew(
    rows: list[tuple[int, bool]], data: st.DataObject
) -> None:
    scores, hits = _arrays(rows)
    cluster = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows))))
    fought = duels(scores, hits, cluster)
    assert fought.auc()[0] == pytest.approx(auc(scores, hits))
    weights = np.array(data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=4)), dtype=float)
    repeated = np.repeat(np.arange(len(rows)), weights[cluster].astype(int))
    again = auc(scores[repeated], hits[repeated])
    found = fought.auc(weights[None, : len(fought.won)])[0]
    assert (math.isnan(again) and math.isnan(found)) or found == pytest.approx(again)


def test_only_rows_of_equal_size_meet() -> None:
    scores, hits = np.array([1.0, 0.0, 2.0]), np.array([True, False, False])
    size = np.array([0.0, 0.5, 3.0])  # the row that scores above the hit is e^3 times its size
    assert duels(scores, hits, np.zeros(3, dtype=int), size).auc()[0] == 1.0
    assert duels(scores, hits, np.zeros(3, dtype=int)).auc()[0] == 0.5


def test_rows_tied_at_the_line_count_in_part() -> None:
    scores = np.array([1.0] * 10)
    hits = np.array([True] * 2 + [False] * 8)
    assert recall_at(scores, hits, 0.1) == pytest.approx(0.1)
    assert recall_at(np.arange(10.0), np.arange(10) == 9, 0.1) == 1.0


def test_calibration_error_of_a_worked_example() -> None:
    # Two groups of two: expected .2 and .7, observed 0 and 1.
    bins = reliability(np.array([0.1, 0.3, 0.6, 0.8]), np.array([False, False, True, True]), groups=2)
    assert [each.observed for each in bins] == [0.0, 1.0]
    assert calibration_error(bins) == pytest.approx((0.2 + 0.3) / 2)


def test_probabilities_that_come_true_have_no_calibration_error() -> None:
    p = np.repeat([0.0, 0.5, 1.0], 4)
    hits = np.array([0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1], dtype=bool)
    assert calibration_error(reliability(p, hits, groups=3)) == 0.0


@given(SCORED, st.randoms())
def test_the_order_of_the_rows_changes_no_measure(rows: list[tuple[int, bool]], random: Random) -> None:
    scores, hits = _arrays(rows)
    p = (scores + 1) / 8
    order = list(range(len(rows)))
    random.shuffle(order)
    for measure in (
        auc,
        average_precision,
        log_loss,
        lambda scores, hits: recall_at(scores, hits, 0.1),
        lambda scores, hits: calibration_error(reliability(scores, hits)),
    ):
        assert measure(p[order], hits[order]) == pytest.approx(measure(p, hits), abs=1e-12)


def test_rows_of_one_probability_stand_in_one_group() -> None:
    p = np.repeat([0.1, 0.2, 0.3], [50, 30, 20])
    assert [(each.rows, each.low, each.high) for each in reliability(p, p > 0.25)] == [
        (50, 0.1, 0.1),
        (30, 0.2, 0.2),
        (20, 0.3, 0.3),
    ]


def test_measures_without_hits_are_nan() -> None:
    scores, hits = np.array([1.0, 2.0]), np.array([False, False])
    assert all(math.isnan(value) for value in (auc(scores, hits), average_precision(scores, hits)))
    assert math.isnan(recall_at(scores, hits, 0.1))
    assert math.isnan(duels(scores, hits, np.zeros(2, dtype=int)).auc()[0])


def test_a_list_that_holds_every_case_needs_no_correction() -> None:
    assert corrected_for_unseen(0.8, 50, 5000, 1.0) == pytest.approx(0.8)


def test_the_correction_recovers_the_area_that_half_a_list_hides() -> None:
    random = np.random.default_rng(1)
    true = np.arange(4000) < 400
    scores = random.normal(size=4000) + 1.2 * true
    listed = true & (random.random(4000) < 0.5)
    found = corrected_for_unseen(auc(scores, listed), int(listed.sum()), 4000, 0.5)
    assert found == pytest.approx(auc(scores, true), abs=0.02)
    assert found > auc(scores, listed)


@pytest.mark.parametrize(("positives", "rows", "seen"), [(10, 100, 0.1), (20, 100, 0.1), (5, 5, 0.5)])
def test_there_is_no_correction_when_all_other_rows_would_be_hidden_cases(
    positives: int, rows: int, seen: float
) -> None:
    assert math.isnan(corrected_for_unseen(0.9, positives, rows, seen))
