"""People's judgements in the next run: joined whatever the score, kept apart, left in review where they contradict."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.language import Language
from fairlead.model.vocabulary import Decision
from fairlead.resolve import Resolved, resolve
from fairlead.resolve.judgements import Event, JudgementGraph, PersonJudgement, Seen, Side, Undo, judgement
from fairlead.resolve.record_key import record_key
from tests.resolve.judgements.make import WHEN, entered, undo
from tests.resolve.lists import NO_CODES, groups, row, table

PLACE = {"address": "ул. Абая, д. 12", "city": "Алматы"}
BIN, OTHER_BIN = "970540000123", "970540000131"

A = row("a", "ТОО «Қызыл Алма»", number=BIN, **PLACE)
A_AGAIN = row("a2", "Qyzyl Alma LLP", number=BIN, **PLACE)
B = row("b", "Alma Trade", address="Bogenbay batyr 5", city="Алматы")
C = row("c", "Жеміс Қоймасы", address="ул. Сатпаева, д. 90", city="Астана")
D = row("d", "Qyzyl Alma LLP", number=OTHER_BIN, **PLACE)
ROWS = (A, A_AGAIN, B, C, D)


def say(one: dict[str, Any], decision: str, other: dict[str, Any], user: str = "Aigerim") -> PersonJudgement:
    sides = (Side(record_key(said), said["name"], party_id=f"pty_seen_{said['row_id']}") for said in (one, other))
    return judgement(*sides, Decision(decision), user=user, time=WHEN, seen=Seen(0.61))


def run(*events: Event, rows: tuple[dict[str, Any], ...] = ROWS) -> Resolved:
    return resolve(table(*rows), NO_CODES, judgements=entered(*events))


def pairs(result: Resolved) -> list[list[str]]:
    return sorted(sorted((one["left_row_id"], one["right_row_id"])) for one in result.review.to_pylist())


def ids(result: Resolved) -> dict[str, str]:
    return {row_id: one["party_id"] for one in result.parties.to_pylist() for row_id in one["row_ids"]}


def became(result: Resolved) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in result.merged_ids.to_pylist():
        found.setdefault(one["old_party_id"], []).append(one["party_id"])
    return found


def test_without_judgements_the_example_is_four_parties_and_a_doubt() -> None:
    assert groups(run()) == [["a", "a2"], ["b"], ["c"], ["d"]]
    assert ["a2", "d"] in pairs(run()) or ["a", "d"] in pairs(run())


def test_judged_the_same_is_merged_whatever_the_score() -> None:
    assert groups(run(say(B, "same", C))) == [["a", "a2"], ["b", "c"], ["d"]]


def test_same_carries_over_records_that_are_not_in_the_list() -> None:
    judged = (say(A, "same", B), say(B, "same", C))
    assert groups(run(*judged, rows=(A, C))) == [["a", "c"]]


def test_judged_different_is_never_merged_directly() -> None:
    assert groups(run(say(A, "different", A_AGAIN))) == [["a"], ["a2"], ["b"], ["c"], ["d"]]


def test_judged_different_is_never_merged_through_others() -> None:
    result = run(say(B, "different", A_AGAIN), say(A, "same", B))
    assert groups(result) == [["a", "b"], ["a2"], ["c"], ["d"]]
    assert ["a", "a2"] not in pairs(result)


def test_pairs_that_were_judged_leave_the_review() -> None:
    for decision in ("same", "different"):
        result = run(say(A, decision, D), say(A_AGAIN, decision, D))
        assert pairs(result) == []


def test_a_different_takes_away_doubts_about_the_whole_group() -> None:
    assert pairs(run(say(A, "different", D))) == []  # a2 is one with a by its number


def test_unsure_stays_in_review_with_who_said_so() -> None:
    result = run(say(A, "unsure", D), say(A_AGAIN, "unsure", D))
    (left,) = result.review.to_pylist()
    assert dict(left["judged"]["values"]) == {"decision": "unsure", "user": "Aigerim", "date": "2026-03-31"}


@pytest.mark.parametrize(("code", "word"), [("ru", "не ясно"), ("kk", "анық емес"), ("fr", "incertain")])
def test_what_was_judged_is_said_in_the_readers_language(code: str, word: str) -> None:
    result = run(say(A, "unsure", D))
    told = [Language(code).render(one["judged"]) for one in result.review.to_pylist() if one["judged"]]
    assert told
    assert all(word in sentence for sentence in told)


def test_unsure_of_a_match_makes_it_a_doubt() -> None:
    result = run(say(A, "unsure", A_AGAIN))
    assert ["a", "a2"] in pairs(result)


def test_a_contradiction_stays_in_review_and_merges_nothing() -> None:
    result = run(say(A, "same", B), say(B, "same", C), say(A, "different", C, user="Bolat"))
    assert groups(result) == [["a", "a2"], ["b"], ["c"], ["d"]]
    assert [pair for pair in pairs(result) if "d" not in pair] == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert result.judged.disputed == 3
    told = [dict(one["values"]).get("judgements", "") for one in result.review["reason"].to_pylist()]
    assert [(one.count(" = "), one.count(" ≠ "), "(Bolat, 2026-03-31)" in one) for one in told if one] == [
        (2, 1, True)
    ] * 3


def test_judgements_that_numbers_speak_against_are_followed_and_remarked_on() -> None:
    merged = run(say(A, "same", D))
    assert ["a", "a2", "d"] in groups(merged)
    assert [dict(one["values"])["scheme"] for one in merged.remarks["reason"].to_pylist()] == ["KZ-BIN"]
    parted = run(say(A, "different", A_AGAIN))
    assert [dict(one["values"])["number"] for one in parted.remarks["reason"].to_pylist()] == [f"KZ-BIN {BIN}"]


def test_rows_with_nothing_but_one_name_are_judged_as_what_they_say() -> None:
    bare = tuple(row(f"k{number}", "Карлыгаш", city="Алматы") for number in range(3))
    assert pairs(run(rows=bare)) == [["k0", "k1"], ["k0", "k2"]]
    together = run(say(bare[0], "same", bare[1]), rows=bare)
    assert (groups(together), pairs(together)) == ([["k0", "k1", "k2"]], [])
    apart = run(say(bare[0], "different", bare[1]), rows=bare)
    assert (groups(apart), pairs(apart)) == ([["k0"], ["k1"], ["k2"]], [])


def test_judgements_hold_for_the_list_exported_again() -> None:
    events = (say(A, "same", B), say(A, "different", D))
    again = tuple(
        {**said, "row_id": f"n{place}", "file": "new.csv", "row": 9, "product": "apples"}
        for place, said in enumerate(reversed(ROWS))
    )
    assert groups(run(*events, rows=again)) == [["n0"], ["n1"], ["n2", "n3", "n4"]]


def test_how_many_judgements_bear_on_the_lists_is_counted() -> None:
    use = run(say(A, "same", B), say(B, "different", C), rows=(A, B)).judged
    assert (use.in_effect, use.in_lists, use.disputed) == (2, 1, 0)


def test_the_order_of_entry_changes_nothing() -> None:
    events = [say(A, "same", B), say(B, "different", C), say(A, "different", D), say(C, "unsure", D)]
    tables = [
        (one.parties, one.review.drop_columns(["judged"]), one.links) for one in (run(*events), run(*reversed(events)))
    ]
    assert all(left.equals(right) for left, right in zip(*tables, strict=True))


def test_old_ids_lead_to_the_merged_party() -> None:
    before, after = ids(run()), run(say(B, "same", C))
    now = ids(after)["b"]
    assert {before["b"], before["c"]} - {now} <= became(after).keys()
    assert all(new == [now] for new in became(after).values())
    assert became(after)["pty_seen_b"] == [now]


def test_old_ids_lead_to_both_parties_after_a_split() -> None:
    before, after = ids(run())["a"], run(say(A, "different", A_AGAIN))
    assert became(after)[before] == sorted({ids(after)["a"], ids(after)["a2"]})


def test_ids_seen_between_lead_on_after_a_chain_and_after_undo() -> None:
    first = say(B, "same", C)
    second = judgement(
        Side(record_key(B), B["name"], party_id="pty_between"),
        Side(record_key(D), D["name"], party_id=ids(run())["d"]),
        Decision.SAME,
        user="Bolat",
        time=WHEN,
    )
    chain = run(first, second)
    assert became(chain)["pty_between"] == [ids(chain)["d"]]
    kept = entered(first, second)
    undone = run(*kept, undo(kept[1]), undo(kept[0]))
    assert became(undone)["pty_between"] == sorted({ids(undone)["b"], ids(undone)["c"]})
    (by,) = {
        tuple(one["judgement_ids"]) for one in undone.merged_ids.to_pylist() if one["old_party_id"] == "pty_between"
    }
    assert len(by) == 2


def test_an_id_that_only_a_run_has_shown_leads_on_after_undo() -> None:
    kept = entered(say(B, "same", C), say(B, "same", D))
    between = ids(run(*kept))["b"]
    undone = run(*kept, undo(kept[0]))
    expected = {ids(undone)["b"], ids(undone)["c"], ids(undone)["d"]}
    assert set(became(undone)[between]) == expected
    assert len(expected) == 2


def test_every_old_id_names_the_judgements_by_which_it_changed() -> None:
    first = say(B, "same", C)
    result = run(first, say(A, "same", D))
    of = {one["old_party_id"]: one["judgement_ids"] for one in result.merged_ids.to_pylist()}
    assert of["pty_seen_b"] == [entered(first)[0].event_id]


def test_undoing_everything_gives_the_result_without_judgements() -> None:
    kept = entered(say(A, "different", A_AGAIN), say(B, "same", C))
    undone = run(*kept, *(undo(one) for one in kept))
    for name in ("parties", "sites", "links", "review"):
        assert getattr(undone, name).equals(getattr(run(), name))


@pytest.mark.parametrize("nothing", [(), (Undo("jdg_none", "Aigerim", WHEN),)])
def test_no_judgements_change_nothing(nothing: tuple[Event, ...]) -> None:
    assert pa.Table.equals(run(*nothing).parties, run().parties)


judgements_on_rows = st.lists(
    st.tuples(st.sampled_from(ROWS), st.sampled_from(["same", "different", "unsure"]), st.sampled_from(ROWS)),
    max_size=6,
)


@settings(max_examples=25)
@given(judgements_on_rows)
def test_the_same_are_one_party_and_the_different_never(said: list[tuple[dict[str, Any], str, dict[str, Any]]]) -> None:
    events = entered(*(say(one, decision, other) for one, decision, other in said))
    known = JudgementGraph.of(events)
    result = run(*events)
    of = ids(result)
    for one, other in combinations(ROWS, 2):
        decision = known.decision((record_key(one), record_key(other)))
        if decision is not None:
            assert (of[one["row_id"]] == of[other["row_id"]]) == (decision is Decision.SAME)
        if known.is_disputed((record_key(one), record_key(other))):
            assert of[one["row_id"]] != of[other["row_id"]]
            assert sorted((one["row_id"], other["row_id"])) in pairs(result)
