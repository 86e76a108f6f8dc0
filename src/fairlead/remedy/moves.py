"""How a corrective action moves on: which moves there are, who may take them, and what has to be given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from fairlead.remedy.actions import State
from fairlead.remedy.instruments import Source, read_entry, sources_of
from fairlead.remedy.tables import read_table

FILE: Final = "moves.yaml"


class Right(StrEnum):
    """What somebody must be allowed to do."""

    ACT = "act"
    VERIFY = "verify"


class Gives(StrEnum):
    """What has to be given with a move."""

    NOTE = "note"
    PROOF = "proof"
    VERIFIER = "verifier"


class Verifier(StrEnum):
    """Who can say that an action was done: not the one who was to do it."""

    UNION = "union"
    WORKER_ORGANISATION = "worker_organisation"
    NGO = "ngo"
    INSPECTOR = "inspector"
    INTERVIEWS = "interviews"
    AUDITOR = "auditor"


class Lack(StrEnum):
    """Why a move cannot be taken."""

    RIGHT = "right"  # the person may not take it
    STATE = "state"  # the action is in a state from which it does not lead on
    NOTE = "note"
    PROOF = "proof"
    VERIFIER = "verifier"  # nobody is named who could verify it
    HOW_VERIFIED = "how_verified"  # which organisation verified it, in what way and when
    OWN_WORK = "own_work"  # whoever was to do it would verify it
    OWN_ACTION = "own_action"  # whoever follows the action would write its verification down


@dataclass(frozen=True)
class Move:
    """One way on: from which states, to which, what one must be allowed, what is given, which days it undoes."""

    key: str
    before: tuple[State, ...]
    after: State
    needs: Right
    gives: tuple[Gives, ...]
    undoes: tuple[State, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Offered:
    """What somebody gives with a move, as far as the rules ask; `by_follower`: the person follows the action."""

    words: str = ""
    file: bool = False
    verifier: str = ""
    verifier_name: str = ""
    by_follower: bool = False


@cache
def moves() -> Mapping[str, Move]:
    """Return every move by its key. Raises InvalidReference where moves.yaml breaks the rules that stand at its top."""
    return moves_from_table(read_table("moves"))


def moves_from_table(content: Mapping[str, Any]) -> Mapping[str, Move]:
    """Read the moves from the content of the YAML file. Raises InvalidReference for one that cannot be read."""
    return {key: read_entry(FILE, key, _move, key, entry) for key, entry in content["moves"].items()}


def _move(key: str, entry: Mapping[str, Any]) -> Move:
    return Move(
        key=key,
        before=tuple(State(state) for state in entry["from"]),
        after=State(entry["to"]),
        needs=Right(entry["needs"]),
        gives=tuple(Gives(what) for what in entry["gives"]),
        undoes=tuple(State(state) for state in entry.get("undoes", ())),
        sources=sources_of(entry),
    )


@cache
def never_verifies() -> Mapping[Verifier, frozenset[str]]:
    """Return whose work each verifier may not verify, by the owners of the plan. Raises InvalidReference."""
    return never_verifies_from_table(read_table("moves"))


def never_verifies_from_table(content: Mapping[str, Any]) -> Mapping[Verifier, frozenset[str]]:
    """Read the verifiers from the content of the YAML file. Raises InvalidReference for one that cannot be read."""
    table = content["verifiers"]
    read_entry(FILE, "verifiers", lambda: [Verifier(key) for key in table])
    return {verifier: read_entry(FILE, verifier, _never_for, table, verifier) for verifier in Verifier}


def _never_for(table: Mapping[str, Any], verifier: Verifier) -> frozenset[str]:
    sources_of(table[verifier])
    return frozenset(table[verifier]["never_for"])


def moves_from(state: str, may: Collection[str]) -> tuple[Move, ...]:
    """Return the moves that lead on from a state, for somebody who may do this much (see Right)."""
    return tuple(move for move in moves().values() if state in move.before and move.needs in may)


def lacks(move: Move, *, state: str, owner: str, may: Collection[str], offered: Offered) -> tuple[Lack, ...]:
    """Return everything that stands in the way of a move, the weightiest first; nothing where it can be taken.

    `state` and `owner` are the action's: how far it has come, and who was to do it (an owner of the plan).
    """
    if move.needs not in may:
        return (Lack.RIGHT,)
    if state not in move.before:
        return (Lack.STATE,)
    return tuple(_missing(move.gives, owner, offered))


def _missing(gives: Collection[Gives], owner: str, offered: Offered) -> Iterator[Lack]:
    words = bool(offered.words.strip())
    if Gives.NOTE in gives and not words:
        yield Lack.NOTE
    if Gives.PROOF in gives and not (words or offered.file):
        yield Lack.PROOF
    if Gives.VERIFIER not in gives:
        return
    if offered.verifier not in set(Verifier):
        yield Lack.VERIFIER
    elif owner in never_verifies()[Verifier(offered.verifier)]:
        yield Lack.OWN_WORK
    if not (offered.verifier_name.strip() and words):
        yield Lack.HOW_VERIFIED
    if offered.by_follower:
        yield Lack.OWN_ACTION
