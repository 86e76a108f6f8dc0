"""The scores by which Fairlead and its peers are measured."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.identity.scores import (
    Quality,
    alarms_at,
    best_threshold,
    folds,
    out_of_fold,
    pairs_of,
    quality,
    quality_of_pairs,
    reliability,
    screened,
)


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert Quality(0.953, 0.629).f1 == pytest.approx(0.7578, abs=1e-4)
    assert Quality(0.0, 0.0).f1 == 0.0


def test_precision_and_recall_count_what_was_said_and_what_is_true() -> None:
    own = quality(np.array([True, True, True, False]), np.array([True, False, False, True]))
    assert (own.precision, own.recall) == (pytest.approx(1 / 3), 0.5)


def test_the_best_threshold_keeps_equal_scores_together() -> None:
    scores, true = np.array([0.9, 0.8, 0.8, 0.1]), np.array([True, True, False, False])
    assert best_threshold(scores, true) == 0.8
    # Without the tie the true pair at 0.8 alone would have been taken, with F1 of 1.


def test_a_threshold_out_of_fold_has_not_seen_the_pair() -> None:
    scores, true = np.array([0.9, 0.6, 0.5, 0.4]), np.array([True, True, False, True])
    said = out_of_fold(scores, true, [np.array([3]), np.array([0, 1, 2])])
    assert not said[3]  # the others' threshold is 0.6
    assert said[:3].tolist() == [True, True, True]  # the other's is 0.4


def test_folds_hold_every_row_once() -> None:
    parts = folds(23, 5)
    assert sorted(np.concatenate(parts).tolist()) == list(range(23))
    assert {len(part) for part in parts} == {4, 5}


def test_false_alarms_are_counted_at_the_threshold_that_finds_the_share() -> None:
    right, wrong = np.array([0.9, 0.8, 0.7, 0.2]), np.array([0.95, 0.75, 0.1, 0.0])
    assert alarms_at(right, wrong, 0.75) == 0.5
    assert alarms_at(right, wrong, 1.0) == 0.5
    assert alarms_at(np.array([0.9, -1.0]), wrong, 0.9) is None


def test_a_screening_finds_the_entry_that_answers_the_query_and_alerts_on_none() -> None:
    truth = {"a": {"L1"}, "b": {"L2"}, "c": set()}
    scored = {"a": [(0.9, "L1"), (0.8, "L9")], "b": [(0.7, "L9"), (0.6, "L2")], "c": [(0.5, "L9")]}
    found = screened(scored, truth)
    assert (found.at_1, found.at_20) == (0.5, 1.0)
    assert found.f1 == 1.0
    assert found.alarms == (0.0, 0.0, 0.0)


def test_a_listed_name_without_candidates_is_never_found() -> None:
    found = screened({"c": [(0.5, "L9")]}, {"a": {"L1"}, "c": set()})
    assert (found.at_20, found.f1, found.alarms) == (0.0, 0.0, (None, None, None))


def test_pairs_of_clusters_count_all_pairs_within() -> None:
    truth = pairs_of([("1", "x"), ("2", "x"), ("3", "x"), ("4", "y")])
    assert truth == {("1", "2"), ("1", "3"), ("2", "3")}
    own = quality_of_pairs(pairs_of([("1", 0), ("2", 0), ("3", 1), ("4", 1)]), truth)
    assert (own.precision, own.recall) == (0.5, pytest.approx(1 / 3))


def test_reliability_puts_a_score_of_one_into_the_last_bin() -> None:
    bins = list(reliability(np.array([0.05, 0.95, 1.0]), np.array([False, True, False])))
    assert bins == [(0.0, 0.1, 1, 0.05, 0.0), (0.9, 1.0, 2, pytest.approx(0.975), 0.5)]
