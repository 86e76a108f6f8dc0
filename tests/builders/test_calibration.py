"""Calibration: the signs that the table says, folds that share no name, the table rewritten in place."""

from __future__ import annotations

import numpy as np
import pytest

from builders.calibration import (
    START,
    TABLE,
    best_threshold,
    cross_validated,
    f1_at,
    fit,
    fold_of,
    measure,
    reliability,
    same_of,
    score,
    write_table,
)
from builders.calibration_pairs import LabelledPair, groups
from fairlead.identity.features import MODELS, features
from fairlead.model.vocabulary import PairKind

FIRMS = [
    f"{name}{number} Weaving" for number, name in enumerate(["Quillon", "Harrow", "Brook", "Yinshalan", "Glenmore"] * 4)
]


def labelled() -> list[LabelledPair]:
    same = [LabelledPair(name, f"{name} Group Ltd", PairKind.COMPANY, same=True) for name in FIRMS]
    other = [
        LabelledPair(name, name.replace("Weaving", "Sugar"), PairKind.COMPANY, same=False, strong=place == 0)
        for place, name in enumerate(FIRMS)
    ]
    return [*same, *other]


def test_what_speaks_against_never_speaks_for() -> None:
    weights = fit(measure(labelled()))
    for key, feature in features().items():
        for model in MODELS:
            weight = weights[model][key]
            assert {"for": weight >= 0, "against": weight <= 0, "not": weight == 0}[feature.speaks], key
    assert weights["firm"]["other_trade"] < -1


def test_weights_chosen_by_hand_stay() -> None:
    weights = fit(measure(labelled()))
    for key, feature in features().items():
        if not feature.fitted:
            assert weights["firm"][key] == feature.weights["firm"]


def test_the_fit_tells_the_pairs_apart_that_it_learned_from() -> None:
    rows = measure(labelled())
    scores = score(rows, fit(rows))
    assert scores[same_of(rows)].min() > scores[~same_of(rows)].max()


def test_pairs_that_share_a_name_are_in_one_fold() -> None:
    rows = measure(labelled())
    place = fold_of(rows, 5, 0)
    half = len(rows) // 2
    assert (place[:half] == place[half:]).all()
    assert len(set(place.tolist())) == 5
    assert len(set(groups([row.pair for row in rows]))) == len(FIRMS)


def test_folds_and_scores_are_the_same_every_time() -> None:
    rows = measure(labelled())
    assert (cross_validated(rows) == cross_validated(rows)).all()


def test_reliability_sets_the_mean_score_beside_the_share_that_is_the_same() -> None:
    scores = np.array([0.05, 0.07, 0.95, 1.0])
    same = np.array([False, True, True, True])
    assert reliability(scores, same) == [(pytest.approx(0.06), 0.5, 2), (pytest.approx(0.975), 1.0, 2)]


def test_f1_is_of_pairs_from_a_score_on() -> None:
    assert f1_at(np.array([0.2, 0.6, 0.9]), np.array([True, False, True]), 0.5) == pytest.approx(0.5)


def test_no_threshold_misjudges_a_strong_pair_where_another_does_not() -> None:
    scores = np.array([0.3, 0.4, 0.45, 0.7, 0.9])
    same = np.array([True, True, False, True, True])
    strong = np.array([False, False, True, False, False])
    assert 0.45 < best_threshold(scores, same, strong) <= 0.7


def test_the_table_is_rewritten_with_its_comments_and_order() -> None:
    text = TABLE.read_text(encoding="utf-8")
    weights = {model: {key: float(one.weights[model]) for key, one in features().items()} for model in MODELS}
    changed = {model: {**values, "missing_trade": -7.5, START: 1.25} for model, values in weights.items()}
    limits = dict.fromkeys(MODELS, 0.5)
    written = write_table(text, changed, limits, limits)
    assert "start: {person: 1.25, firm: 1.25}" in written
    assert written.count("-7.5") == 2
    assert len(written.splitlines()) == len(text.splitlines())
    assert [line for line in written.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith("#")
    ]
