"""What is learned from: each judged pair once, with what was measured when a person looked at it."""

from __future__ import annotations

from fairlead.resolve.judgements import JudgementGraph, PersonJudgement, Seen
from fairlead.resolve.judgements.training import lessons
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
