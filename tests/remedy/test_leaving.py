"""Leaving a supplier is decided only when what it would do to workers was weighed."""

from __future__ import annotations

import copy

import pytest

from fairlead.errors import InvalidReference
from fairlead.remedy import Decision, leaving, obstacles, still_open
from fairlead.remedy.leaving import leaving_from
from fairlead.remedy.tables import read_table

YES = {"answer": "yes", "words": "Since May, from the union."}
ALL_YES = {point.key: YES for point in leaving().points}
STOPS = [point.key for point in leaving().points if point.stops]


def test_workers_are_asked_and_harm_and_debts_are_settled_before_anybody_leaves() -> None:
    assert {"tried", "workers_asked", "harm", "wages_owed", "notice", "after"} == set(STOPS)


@pytest.mark.parametrize("key", STOPS)
@pytest.mark.parametrize(
    "given", [{}, {"answer": "no", "words": "Nobody did."}, {"answer": "yes", "words": " "}, {"answer": "yes"}]
)
def test_a_point_is_open_until_it_is_answered_with_yes_in_words(key: str, given: dict[str, str]) -> None:
    answers = {**ALL_YES, key: given}
    assert [point.key for point in still_open(answers)] == [key]
    assert [point.key for point in obstacles(Decision.LEAVE, "Nothing has changed.", answers).points] == [key]


def test_points_that_only_inform_do_not_stop_a_decision() -> None:
    answers = dict.fromkeys(STOPS, YES)
    assert still_open(answers) == ()
    assert not obstacles(Decision.LEAVE, "Nothing has changed.", answers)


def test_every_decision_but_weighing_needs_reasons_and_only_leaving_the_points() -> None:
    for decision in Decision:
        without = obstacles(decision, " ", {})
        assert without.reasons == (decision is not Decision.DRAFT)
        assert bool(without.points) == (decision is Decision.LEAVE)
    assert not obstacles(Decision.PAUSE, "Until fees are repaid.", {})
    assert not obstacles(Decision.DRAFT, "", {})


def test_answers_to_points_that_are_no_longer_asked_do_no_harm() -> None:
    assert still_open({**ALL_YES, "asked_once": {"answer": "no"}}) == ()


def test_each_point_has_a_question_of_its_own_and_names_where_it_comes_from_by_official_name() -> None:
    points = leaving().points
    assert len({point.question for point in points}) == len({point.key for point in points}) == len(points)
    cited = {source.instrument.key for point in points for source in point.sources}
    assert cited == {"ungp", "oecd_rbc", "p029"}
    assert {"notice", "after"} == {point.key for point in points if not point.sources}


@pytest.mark.parametrize(
    ("change", "told"), [({"stops": "maybe"}, "maybe"), ({"rests_on": "hearsay"}, "hearsay"), ({"question": None}, "")]
)
def test_a_point_that_breaks_the_rules_is_named(change: dict[str, object], told: str) -> None:
    content = copy.deepcopy(read_table("leaving"))
    content["points"][2].update(change)
    if change == {"question": None}:
        del content["points"][2]["question"]
    with pytest.raises(InvalidReference, match=f"leaving.yaml.*harm.*{told}"):
        leaving_from(content)


def test_a_decision_that_is_missing_is_named() -> None:
    content = copy.deepcopy(read_table("leaving"))
    del content["decisions"]["pause"]
    with pytest.raises(InvalidReference, match="pause"):
        leaving_from(content)
