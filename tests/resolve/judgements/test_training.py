"""What is learned from: each judged pair once, with what was measured when a person looked at it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from fairlead.model.schemas import ROW
from fairlead.resolve.judgements import JudgementGraph, PersonJudgement, Seen
from fairlead.resolve.judgements.apply import Decided
from fairlead.resolve.judgements.training import lessons
from fairlead.resolve.rescore import Rescorer
from tests.resolve.judgements.make import different, entered, judged, same, unsure

FEATURES = ("name_words", "street_words")


def measured(one: str, decision: str, other: str, user: str = "Aigerim", **measures: str) -> PersonJudgement:
    return judged(one, decision, other, user=user, seen=Seen(0.6, "", tuple(sorted(measures.items()))))


def taught(*events: PersonJudgement) -> tuple[list[dict[str, float | None]], tuple[bool, ...]]:
    found = lessons(JudgementGraph.of(entered(*events)), FEATURES)
    return found.measures.to_pylist(), found.same


def test_a_judged_pair_teaches_with_its_measures() -> None:
    rows, same_ = taught(
        measured("a", "same", "b", name="same", name_words="0.75", street_words="1"),
        measured("c", "different", "d", name_words="0.5"),
    )
    assert rows == [{"name_words": 0.75, "street_words": 1.0}, {"name_words": 0.5, "street_words": None}]
    assert same_ == (True, False)


def test_doubts_contradictions_and_unmeasured_pairs_teach_nothing() -> None:
    rows, same_ = taught(
        unsure("a", "b"),
        same("c", "d"),
        measured("e", "same", "f", name_words="1"),
        different("e", "f", user="Bolat"),
        measured("g", "same", "g", name_words="1"),
        measured("h", "same", "i", name_words="high"),
    )
    assert rows == [{"name_words": None, "street_words": None}]
    assert same_ == (True,)


def test_a_pair_that_two_people_judged_counts_once_and_order_plays_no_part() -> None:
    events = [
        measured("c", "same", "d", name_words="0.2"),
        measured("a", "same", "b", name_words="0.1"),
        measured("a", "same", "b", user="Bolat", name_words="0.3"),
    ]
    assert taught(*events) == taught(*reversed(events))
    assert [row["name_words"] for row in taught(*events)[0]] == [0.1, 0.2]


def test_below_200_judgements_the_shipped_weights_hold_and_from_200_on_they_are_learned() -> None:
    start = Rescorer.shipped("organisation")
    for count, learned in ((199, 0), (200, 200)):
        decided = Decided(entered(*clear_answers(count)), ROW.empty_table())
        found, learned_from = decided.rescorer(start)
        assert learned_from == learned
        assert (found == start) == (not learned)


def test_what_is_learned_follows_the_answers_and_not_their_order() -> None:
    start = Rescorer.shipped("organisation")
    events = clear_answers(240)
    found, _ = Decided(entered(*events), ROW.empty_table()).rescorer(start)
    again, _ = Decided(entered(*reversed(events)), ROW.empty_table()).rescorer(start)
    assert found == again
    assert found is not None
    taught = lessons(JudgementGraph.of(entered(*events)), start.features).measures
    before, after = start.score(taught), found.score(taught)
    same_ = [number % 2 == 0 for number in range(240)]
    assert log_loss(after, same_) < log_loss(before, same_)


def test_a_kind_of_record_without_weights_learns_nothing() -> None:
    assert Decided(entered(*clear_answers(240)), ROW.empty_table()).rescorer(None) == (None, 0)


def clear_answers(count: int) -> list[PersonJudgement]:
    """Every second pair is the same; such pairs share their street, the others do not."""
    answers = []
    for number in range(count):
        is_same = number % 2 == 0
        street = f"{0.6 + number % 5 / 10:.1f}" if is_same else f"{number % 4 / 10:.1f}"
        measures = {"name_words": "0.6", "street_words": street, "street_grams": street}
        answers.append(measured(f"l{number:03}", "same" if is_same else "different", f"r{number:03}", **measures))
    return answers


def log_loss(scores: Iterable[float], answers: Iterable[bool]) -> float:
    chances = (score if answer else 1 - score for score, answer in zip(scores, answers, strict=True))
    return -sum(math.log(max(chance, 1e-9)) for chance in chances)
