"""What people say of doubtful pairs, as events: a judgement, or the undoing of one. None is ever changed or removed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError

from fairlead.errors import JudgementError
from fairlead.model.ids import content_id
from fairlead.model.vocabulary import Decision

#: Two keys of records in alphabetical order.
Pair = tuple[str, str]


def in_order(pair: Pair) -> Pair:
    """Return the two keys with the lesser one first."""
    left, right = pair
    return (left, right) if left <= right else (right, left)


@dataclass(frozen=True)
class Side:
    """One of the two records as the person saw it: the key of what it says, its name, its place and its party then."""

    key: str
    name: str
    place: str = ""  # file:sheet:row
    party_id: str = ""


@dataclass(frozen=True)
class Seen:
    """What spoke for and against when the person decided: probability, sentence and measures."""

    probability: float | None = None
    sentence: str = ""
    measures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PersonJudgement:
    """What a person says of two records: who, when (ISO 8601), why, and what the person saw.

    `left` has the lesser key, so that one pair is written in one way. `event_id` and `previous` are set by the
    store: the id is a hash of the content and of the id of the event before, which makes the file a chain.
    """

    left: Side
    right: Side
    decision: Decision
    user: str
    time: str
    reason: str = ""
    seen: Seen = Seen()
    event_id: str = ""
    previous: str = ""

    @property
    def pair(self) -> Pair:
        """The keys of the two records; both are the same where several rows say exactly the same."""
        return (self.left.key, self.right.key)

    @property
    def in_short(self) -> str:
        """The judgement in one line that needs no language, such as A ≠ B (Aigerim, 2026-03-31)."""
        sign = {Decision.SAME: "=", Decision.DIFFERENT: "≠"}.get(self.decision, "?")
        return f"{self.left.name} {sign} {self.right.name} ({self.user}, {self.time[:10]})"


@dataclass(frozen=True)
class Undo:
    """The undoing of one judgement: who, when and why; `judgement_id` is the event that loses its effect."""

    judgement_id: str
    user: str
    time: str
    reason: str = ""
    event_id: str = ""
    previous: str = ""


Event = PersonJudgement | Undo

_KINDS: Final[dict[str, TypeAdapter[Any]]] = {
    "judgement": TypeAdapter(PersonJudgement),
    "undo": TypeAdapter(Undo),
}


def judgement(
    one: Side, other: Side, decision: Decision, *, user: str, time: str, reason: str = "", seen: Seen | None = None
) -> PersonJudgement:
    """Make a judgement with its sides in the order of their keys, ready for the store.

    Raises JudgementError where nobody is named or a record has no key.
    """
    if not user.strip():
        raise JudgementError("A judgement needs the name of whoever makes it.", do="Give it with --user.")
    if not (one.key and other.key):
        raise JudgementError(
            "A judgement needs the keys of both records.",
            do="Use a review.csv that has the columns left_key and right_key.",
        )
    left, right = sorted((one, other), key=lambda side: side.key)
    return PersonJudgement(left, right, decision, user.strip(), time, reason.strip(), seen or Seen())


def chained(event: Event, previous: str) -> Event:
    """Return the event with its id and the id of the event before it."""
    bare = replace(event, event_id="", previous=previous)
    return replace(bare, event_id=content_id("jdg", _dumped(bare).decode()))


def to_line(event: Event) -> bytes:
    """Return the event as one line of JSON, its keys in order, with a line feed."""
    return _dumped(event) + b"\n"


def from_line(line: bytes) -> Event:
    """Read back what `to_line` made; raises ValueError where the line is no event."""
    said = orjson.loads(line)
    if not isinstance(said, dict) or said.get("event") not in _KINDS:
        raise ValueError("no event of a kind that this version knows")
    kind = said.pop("event")
    try:
        event: Event = _KINDS[kind].validate_python(said)
    except ValidationError as error:
        raise ValueError("fields are missing or of the wrong type") from error
    return event


def _dumped(event: Event) -> bytes:
    kind = "undo" if isinstance(event, Undo) else "judgement"
    return orjson.dumps({"event": kind, **asdict(event)}, option=orjson.OPT_SORT_KEYS)
