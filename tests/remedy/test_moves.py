"""How an action moves on: only along the table, only for those who may, only with what has to be given."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from fairlead.errors import InvalidReference
from fairlead.model.vocabulary import ActionState
from fairlead.plan import shipped_plan
from fairlead.remedy import (
    CLOSED,
    OPEN,
    Gives,
    Lack,
    Offered,
    Right,
    State,
    Verifier,
    lacks,
    moves,
    moves_from,
    never_verifies,
)
from fairlead.remedy.moves import moves_from_table, never_verifies_from_table
from fairlead.remedy.tables import read_table

ALL = frozenset(Right)
SEEN_BY_A_UNION = Offered(words="Asked off-site.", verifier="union", verifier_name="Textile Workers' Union")


def of(key: str, offered: Offered, *, state: str = "", owner: str = "supplier", may: Any = ALL) -> tuple[Lack, ...]:
    move = moves()[key]
    return lacks(move, state=state or move.before[0], owner=owner, may=may, offered=offered)


def test_every_state_that_the_plan_knows_is_a_state_of_an_action() -> None:
    assert {str(state) for state in ActionState} <= {str(state) for state in State}
    assert {*OPEN, *CLOSED} == set(State)
    assert not set(OPEN) & set(CLOSED)


def test_every_state_leads_on_and_every_state_but_the_first_is_reached() -> None:
    assert all(moves_from(state, ALL) for state in State)
    assert {move.after for move in moves().values()} == set(State) - {State.PROPOSED}


def test_nothing_is_verified_that_was_not_done_before_and_only_by_those_who_may_verify() -> None:
    to_verified = [move for move in moves().values() if move.after is State.VERIFIED]
    assert [(move.before, move.needs, move.gives) for move in to_verified] == [
        ((State.DONE,), Right.VERIFY, (Gives.VERIFIER,))
    ]


def test_whoever_may_only_agree_actions_is_offered_no_verification() -> None:
    assert {move.key for move in moves_from("done", {Right.ACT})} == {"cancel"}
    assert {move.key for move in moves_from("done", {Right.VERIFY})} == {"verify", "refuse"}
    assert moves_from("done", ()) == ()


def test_what_goes_back_to_be_done_again_is_no_longer_done_or_verified() -> None:
    back = [move for move in moves().values() if move.after is State.DOING and State.AGREED not in move.before]
    assert {move.key for move in back} == {"refuse", "reopen"}
    assert all(set(move.undoes) == {State.DONE, State.VERIFIED} for move in back)


def test_cancelling_and_opening_again_need_a_reason() -> None:
    for key in ("cancel", "refuse", "reopen"):
        assert of(key, Offered(words="  ")) == (Lack.NOTE,)
        assert of(key, Offered(words="The workers say so.")) == ()


def test_done_needs_a_file_or_a_word_of_where_it_can_be_seen() -> None:
    assert of("done", Offered()) == (Lack.PROOF,)
    assert of("done", Offered(file=True)) == ()
    assert of("done", Offered(words="Receipts of 41 workers seen.")) == ()


def test_a_person_without_the_right_and_a_move_from_the_wrong_state_are_told_that_alone() -> None:
    assert of("verify", Offered(), may={Right.ACT}) == (Lack.RIGHT,)
    assert of("verify", Offered(), state="doing") == (Lack.STATE,)


def test_all_that_is_missing_is_told_at_once() -> None:
    assert of("verify", Offered(by_follower=True)) == (Lack.VERIFIER, Lack.HOW_VERIFIED, Lack.OWN_ACTION)
    assert of("verify", Offered(words="Seen.", verifier="the supplier itself", verifier_name="x")) == (Lack.VERIFIER,)
    assert of("verify", Offered(words="Seen.", verifier="union", verifier_name=" ")) == (Lack.HOW_VERIFIED,)
    assert of("verify", SEEN_BY_A_UNION) == ()


@pytest.mark.parametrize("verifier", ["union", "worker_organisation", "ngo"])
def test_nobody_verifies_what_they_were_to_do(verifier: str) -> None:
    offered = Offered(words="Seen.", verifier=verifier, verifier_name="Harbour Aid")
    assert of("verify", offered, owner="worker_representatives") == (Lack.OWN_WORK,)
    assert of("verify", offered, owner="labour_provider") == ()


def test_whose_work_somebody_may_not_verify_is_an_owner_of_the_plan() -> None:
    assert set(never_verifies()) == set(Verifier)
    assert {owner for owners in never_verifies().values() for owner in owners} <= set(shipped_plan().owners)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"to": "forgotten"}, "forgotten"),
        ({"needs": "shout"}, "shout"),
        ({"gives": ["a promise"]}, "a promise"),
        ({"rests_on": "hearsay"}, "hearsay"),
        ({"rests_on": [{"in": "no_such_law", "at": "1"}]}, "no_such_law"),
    ],
)
def test_a_move_that_breaks_the_rules_is_named(change: dict[str, object], told: str) -> None:
    content = copy.deepcopy(read_table("moves"))
    content["moves"]["cancel"].update(change)
    with pytest.raises(InvalidReference, match=f"moves.yaml.*cancel.*{told}"):
        moves_from_table(content)


def test_a_verifier_that_is_missing_or_unknown_is_named() -> None:
    content = copy.deepcopy(read_table("moves"))
    content["verifiers"]["the_supplier"] = content["verifiers"].pop("union")
    with pytest.raises(InvalidReference, match="the_supplier"):
        never_verifies_from_table(content)
    del content["verifiers"]["the_supplier"]
    with pytest.raises(InvalidReference, match="union"):
        never_verifies_from_table(content)
