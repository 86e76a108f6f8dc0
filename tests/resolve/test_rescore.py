"""The re-scorer: what it learns, from how many judgements, and how it is kept."""

from __future__ import annotations

import json
import random

import numpy as np
import pyarrow as pa
import pytest

from fairlead.errors import InvalidReference
from fairlead.resolve.rescore import LEAST_JUDGEMENTS, Rescorer, blank, rescored, suited, train
from fairlead.resolve.settings_organisation import FEATURES, NEEDS, ORGANISATION
from tests.resolve.lists import resolved, row


def pairs(number: int, seed: int = 3) -> tuple[pa.Table, list[bool]]:
    """Pairs of two features: `name` tells the same from the different, `noise` tells nothing; all share `street`."""
    rng = random.Random(seed)
    same = [rng.random() < 0.5 for _ in range(number)]
    return pa.table(
        {
            "left": pa.array(range(number)),
            "probability": pa.array([0.7] * number),
            "name": pa.array([min(1.0, max(0.0, rng.gauss(0.8 if one else 0.3, 0.15))) for one in same]),
            "noise": pa.array([rng.random() for _ in same]),
            "street": pa.array([1.0] * number),
        }
    ), same


START = Rescorer(
    ("name", "noise", "street"), (0.5, 0.5, 0.5), (0.3, 0.3, 0.3), (0.1, 0.1, 0.7), 0.0, "a guess", ("street",)
)


def test_judgements_teach_what_tells_the_same_from_the_different() -> None:
    table, same = pairs(400)
    learned = train(table, same, start=START)
    probabilities = learned.score(table)
    assert np.mean((probabilities >= 0.5) == np.array(same)) > 0.9
    assert learned.weights[0] > 1
    assert abs(learned.weights[1]) < 0.3


def test_what_all_judged_pairs_share_keeps_its_weight() -> None:
    table, same = pairs(400)
    assert train(table, same, start=START).weights[2] == pytest.approx(START.weights[2], abs=0.1)


def test_fewer_judgements_than_enough_leave_the_shipped_weights() -> None:
    table, same = pairs(LEAST_JUDGEMENTS - 1)
    assert suited(START, table, same) is START
    more, answers = pairs(LEAST_JUDGEMENTS)
    assert suited(START, more, answers).weights != START.weights


def test_judgements_that_all_say_the_same_teach_nothing() -> None:
    table, _ = pairs(LEAST_JUDGEMENTS)
    assert suited(START, table, [True] * LEAST_JUDGEMENTS) is START


def test_the_order_of_the_judgements_changes_nothing() -> None:
    table, same = pairs(300)
    order = list(range(300))
    random.Random(1).shuffle(order)
    assert train(table.take(order), [same[place] for place in order], start=START) == train(table, same, start=START)


def test_it_begins_far_off_and_still_finds_the_same_weights() -> None:
    table, same = pairs(300)
    far = Rescorer(START.features, START.means, START.scales, (0.0, 0.0, 0.0), 40.0, "far off")
    assert np.isfinite(train(table, same, start=far).weights).all()


def test_a_feature_that_is_null_says_nothing() -> None:
    table = pa.table({"name": pa.array([None, 0.5], pa.float64()), "noise": [0.5, 0.5], "street": [0.5, 0.5]})
    one, other = START.score(table)
    assert one == other == 0.5


def test_a_pair_without_what_is_needed_keeps_the_probability_of_the_comparison() -> None:
    table, _ = pairs(2)
    table = table.set_column(4, "street", pa.array([None, 1.0], pa.float64()))
    first, second = rescored(table, START)["probability"].to_pylist()
    assert first == 0.7
    assert second != 0.7
    assert rescored(table, START).column_names == ["left", "probability"]


def test_it_is_the_same_after_writing_and_reading() -> None:
    assert Rescorer.from_json(START.to_json()) == START
    shipped = Rescorer.shipped()
    assert Rescorer.from_json(shipped.to_json()) == shipped


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"features": [1]}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(InvalidReference):
        Rescorer.from_json(text)


def test_a_model_that_was_changed_is_refused() -> None:
    changed = json.loads(START.to_json())
    changed["features"][0]["weight"] = 9.0
    with pytest.raises(InvalidReference, match="hash"):
        Rescorer.from_json(json.dumps(changed))


def test_the_shipped_weights_are_of_the_features_that_are_measured() -> None:
    assert Rescorer.shipped().features == tuple(FEATURES)
    assert Rescorer.shipped().needs == NEEDS
    assert ORGANISATION.rescorer == Rescorer.shipped("organisation")


def test_agreement_speaks_for_a_match_and_disagreement_against() -> None:
    weights = dict(zip(Rescorer.shipped().features, Rescorer.shipped().weights, strict=True))
    assert all(weights[name] > 0 for name in FEATURES if name.startswith(("name", "street", "digits")))
    assert all(weights[name] < 0.1 for name in FEATURES if name.startswith("other"))


def test_the_features_of_a_doubtful_pair_go_along_to_the_person_who_decides() -> None:
    result = resolved(row("a", "Карлыгаш", address="Абая 12"), row("b", "Карлыгаш", address="Абая 14"))
    (measures,) = result.review["measures"].to_pylist()
    measured = dict(measures)
    assert measured["address"] == "same_street"
    assert (float(measured["street_grams"]), float(measured["other_house"])) == (1.0, 1.0)


def test_without_weights_every_pair_is_even() -> None:
    table, _ = pairs(5)
    assert blank(table, ["name", "noise"]).score(table).tolist() == [0.5] * 5
