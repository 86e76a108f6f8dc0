"""The protocol keeps labels out of scores, answers its contract, and says the same every time."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from fairlead.risk.backtest import BASELINES, FIGURES, Backtest, Setting, backtest
from fairlead.risk.backtest.blind import blind_scores, by_country, by_good, later_scores
from fairlead.risk.backtest.folds import folds_by
from fairlead.risk.backtest.setting import FORETOLD, TRAINED_ON
from tests.risk.backtest.make import with_labels_turned

TESTS = ["leave_country_out", "leave_good_out", "temporal", "out_of_source", "placebo"]


@pytest.mark.parametrize("unit_of", [by_country, by_good])
def test_turning_the_labels_of_what_is_left_out_changes_no_score_of_it(small: Setting, unit_of) -> None:  # type: ignore[no-untyped-def]
    unit = unit_of(small.universe)
    out = folds_by(unit.number, small.folds) == 0
    before = blind_scores(small, unit, folds=(0,))
    turned = {**small.editions, FORETOLD: with_labels_turned(small.editions[FORETOLD], small, np.flatnonzero(out))}
    after = blind_scores(replace(small, editions=turned), unit, folds=(0,))
    assert set(before.ranks) == {"rating", "joined", *BASELINES}
    for name, ranks in before.ranks.items():
        assert np.array_equal(ranks[out], after.ranks[name][out]), name
        assert np.isfinite(ranks[out]).all(), name
        fitted, again = before.fits[name], after.fits[name]
        assert np.array_equal(fitted.probability[out], again.probability[out]), name
        assert np.array_equal(fitted.high, again.high, equal_nan=True), name


def test_turning_labels_of_the_training_does_change_scores(small: Setting) -> None:
    unit = by_country(small.universe)
    seen = folds_by(unit.number, small.folds) != 0
    before = blind_scores(small, unit, folds=(0,))
    turned = {**small.editions, FORETOLD: with_labels_turned(small.editions[FORETOLD], small, np.flatnonzero(seen))}
    after = blind_scores(replace(small, editions=turned), unit, folds=(0,))
    assert not np.array_equal(before.ranks["rating"][~seen], after.ranks["rating"][~seen])
    assert not np.array_equal(before.ranks["joined"][~seen], after.ranks["joined"][~seen])


def test_what_is_foretold_is_not_known_to_what_foretells_it(small: Setting) -> None:
    only = {TRAINED_ON: small.editions[TRAINED_ON]}
    before, after = later_scores(small), later_scores(replace(small, editions=only))
    for name, ranks in before.ranks.items():
        assert np.array_equal(ranks, after.ranks[name]), name


def test_a_pairs_own_row_in_the_list_does_not_change_its_rating(small: Setting) -> None:
    forced = small.editions[TRAINED_ON].forced(small.universe)
    row = np.flatnonzero(forced)[:1]
    without = small.editions[TRAINED_ON].without([(small.universe.good[row[0]], small.universe.iso3[row[0]])])
    before, after = later_scores(small), later_scores(replace(small, editions={TRAINED_ON: without}))
    assert before.ranks["rating"][row] == pytest.approx(after.ranks["rating"][row])


def test_every_test_has_every_figure_for_the_model_the_rating_and_every_baseline(small_backtest: Backtest) -> None:
    document = small_backtest.to_json()
    assert [name for name in document if name != "about"] == TESTS
    for name in TESTS:
        test = document[name]
        for figures in (test, test["rating"], test["joined"], *test["baselines"].values()):
            assert set(FIGURES) <= set(figures)
            for key in FIGURES:
                assert (figures[key] is None) == (key in figures["reasons"]), (name, key)
        assert set(test["baselines"]) == set(BASELINES)
        assert test["auc_matched"] == test["rating"]["auc_matched"]
        assert test["auc"] == test["joined"]["auc"]
        assert test["n"] > test["positives"] > 0


def test_what_a_person_sees_as_risk_is_said(small_backtest: Backtest) -> None:
    about = small_backtest.to_json()["about"]
    assert about["shown_to_people_as_risk"] == "rating"


def test_figures_lie_within_their_intervals_and_bounds(small_backtest: Backtest) -> None:
    for test in small_backtest.tests:
        for figures in (test.rating, test.joined, *test.baselines.values()):
            values = figures.values
            for name in ("auc", "auc_matched", "average_precision", "recall_at_10"):
                assert math.isnan(values[name]) or 0 <= values[name] <= 1
            assert values["auc_low"] <= values["auc"] <= values["auc_high"]


def test_the_same_seed_gives_the_same_figures(small: Setting, small_backtest: Backtest) -> None:
    assert backtest(small).to_json() == small_backtest.to_json()


def test_pairs_are_tested_on_what_is_new_only(small: Setting, small_backtest: Backtest) -> None:
    before = small.editions[TRAINED_ON].forced(small.universe)
    temporal = small_backtest.test("temporal")
    assert temporal.rating.values["n"] == np.count_nonzero(~before)
    assert set(temporal.to_json()["by_edition"]) == {"2018", "2020", "2022"}


def test_hits_that_are_expected_are_counted_on_the_pairs_that_can_still_become_hits(small: Setting) -> None:
    before = small.editions[TRAINED_ON].forced(small.universe)
    country = small.universe.country_number
    still = np.bincount(country, weights=~before)
    fitted = later_scores(small).fits["joined"]
    assert np.isfinite(fitted.probability).all()  # orders are held against all pairs
    assert (fitted.high[~np.isnan(fitted.high)] <= still[~np.isnan(fitted.high)]).all()
    assert np.isnan(fitted.high[still == 0]).all()


@pytest.mark.heavy
def test_the_rating_and_the_joined_model_reach_what_they_are_held_to() -> None:
    found = backtest().test("leave_country_out").to_json()
    assert found["auc"] >= 0.90
    assert found["auc_matched"] >= 0.80
    assert found["ece"] <= 0.005
    for variant in found["variants_of_the_rating"].values():
        assert variant["auc_matched"] >= 0.80
    for name in ("population", "production_share", "rule_of_law", "tip_tier", "good_rate_elsewhere"):
        assert found["baselines"][name]["auc"] < found["auc"]
        assert found["baselines"][name]["auc_matched"] < found["auc_matched"]
