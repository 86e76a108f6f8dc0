"""What judgements say together: same carries over, different holds between groups, contradictions are named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementGraph, PersonJudgement, standing
from tests.resolve.judgements.make import different, entered, judged, same, undo, unsure

KEYS = "abcdef"

pairs = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS))
judgements = st.builds(
    lambda pair, decision, user: judged(pair[0], decision, pair[1], user=user),
    pairs,
    st.sampled_from(list(Decision)),
    st.sampled_from(["Aigerim", "Bolat"]),
)


def graph(*events: PersonJudgement) -> JudgementGraph:
    return JudgementGraph.of(entered(*events))


def answers(of: JudgementGraph) -> dict[tuple[str, str], tuple[Decision | None, bool]]:
    every = [*combinations(KEYS, 2), *zip(KEYS, KEYS, strict=True)]
    return {pair: (of.decision(pair), of.is_disputed(pair)) for pair in every}


def one_for_each_pair_and_person(events: Sequence[PersonJudgement]) -> list[PersonJudgement]:
    return list({(event.pair, event.user): event for event in events}.values())


def test_same_carries_over() -> None:
    assert graph(same("a", "b"), same("b", "c")).decision(("a", "c")) is Decision.SAME


def test_different_holds_between_whole_groups() -> None:
    known = graph(same("a", "b"), different("b", "c"), same("c", "d"))
    assert known.decision(("a", "d")) is Decision.DIFFERENT
    assert [one.pair for one in known.because(("a", "d"))] == [("a", "b"), ("b", "c"), ("c", "d")]


def test_unsure_binds_nothing_and_is_remembered() -> None:
    known = graph(unsure("a", "b"))
    assert known.decision(("a", "b")) is None
    assert [one.decision for one in known.on(("b", "a"))] == [Decision.UNSURE]


def test_a_doubt_does_not_stand_against_another_person_s_answer() -> None:
    assert graph(same("a", "b"), unsure("a", "b", user="Bolat")).decision(("a", "b")) is Decision.SAME


def test_a_contradiction_is_named_with_everything_concerned_and_nothing_else() -> None:
    known = graph(same("a", "b"), same("b", "c", user="Bolat"), different("a", "c"), same("c", "d"), same("e", "f"))
    (found,) = known.contradictions
    assert {one.pair for one in found.judgements} == {("a", "b"), ("b", "c"), ("a", "c")}
    assert {one.user for one in found.judgements} == {"Aigerim", "Bolat"}


def test_what_contradicts_binds_nothing_and_the_rest_stays_in_effect() -> None:
    known = graph(same("a", "b"), same("b", "c"), different("a", "c"), same("c", "d"), same("e", "f"))
    assert {pair: known.decision(pair) for pair in [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("e", "f")]} == {
        ("a", "b"): None,
        ("b", "c"): None,
        ("a", "c"): None,
        ("c", "d"): Decision.SAME,
        ("e", "f"): Decision.SAME,
    }


def test_two_people_who_disagree_contradict_each_other() -> None:
    known = graph(same("a", "b"), different("a", "b", user="Bolat"))
    assert known.decision(("a", "b")) is None
    assert known.is_disputed(("a", "b"))


def test_a_person_who_changes_their_mind_does_not_contradict_themselves() -> None:
    assert graph(same("a", "b"), different("a", "b")).decision(("a", "b")) is Decision.DIFFERENT


def test_a_contradiction_is_found_before_it_is_entered() -> None:
    known = graph(same("a", "b"), same("b", "c"))
    (found,) = known.would_contradict(different("a", "c", user="Bolat"))
    assert [one.pair for one in found.same] == [("a", "b"), ("b", "c")]
    assert known.would_contradict(different("a", "d")) == ()
    assert known.would_contradict(different("a", "b")) == ()  # a change of mind, and c goes with b


def test_rows_that_say_the_same_can_be_several_suppliers() -> None:
    known = graph(different("a", "a"))
    assert known.decision(("a", "a")) is Decision.DIFFERENT
    assert graph(different("a", "a"), same("a", "b")).contradictions


@given(st.lists(judgements, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_judgements_does_not_matter(events: list[PersonJudgement], random: object) -> None:
    events = one_for_each_pair_and_person(events)
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answers(graph(*events)) == answers(graph(*shuffled))


@given(st.lists(judgements, max_size=12), judgements)
def test_undo_after_do_changes_nothing(events: list[PersonJudgement], new: PersonJudgement) -> None:
    before = entered(*events)
    done = entered(*events, new)
    after = entered(*done, undo(done[-1]))
    assert standing(after) == standing(before)
    assert answers(JudgementGraph.of(after)) == answers(JudgementGraph.of(before))


@given(st.lists(judgements, max_size=12), st.data())
def test_undoing_one_judgement_takes_nothing_else_away(events: list[PersonJudgement], data: st.DataObject) -> None:
    events = one_for_each_pair_and_person(events)
    kept = entered(*events)
    if not kept:
        return
    gone = data.draw(st.sampled_from(kept))
    assert set(standing(entered(*kept, undo(gone)))) == set(kept) - {gone}


@given(st.lists(judgements, max_size=12))
def test_same_is_transitive_and_never_reaches_over_a_different(events: list[PersonJudgement]) -> None:
    known = graph(*events)
    for one in KEYS:
        for other in known.members(one):
            assert known.members(one) == known.members(other)
            if one != other:
                assert known.decision((one, other)) is Decision.SAME
    for parted in known.different:
        left, right = parted.pair
        assert left == right or right not in known.members(left)


@given(st.lists(judgements, max_size=12))
def test_every_decision_can_be_explained(events: list[PersonJudgement]) -> None:
    known = graph(*events)
    for pair, (decision, _) in answers(known).items():
        path = known.because(pair)
        assert bool(path) == (decision is not None)
        decided = [one.decision for one in path]
        assert decided.count(Decision.DIFFERENT) == (1 if decision is Decision.DIFFERENT else 0)


@given(st.lists(judgements, max_size=10), judgements)
def test_what_is_found_before_entering_is_what_there_is_afterwards(
    events: list[PersonJudgement], new: PersonJudgement
) -> None:
    before = entered(*events)
    found = JudgementGraph.of(before).would_contradict(new)
    after = entered(*before, new)
    there = [one for one in JudgementGraph.of(after).contradictions if after[-1] in one.judgements]
    assert {one.different.pair for one in found} == {one.different.pair for one in there}
