"""Judgements for the tests, by fictional people on fictional records."""

from __future__ import annotations

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import Event, PersonJudgement, Seen, Side, Undo, judgement
from fairlead.resolve.judgements.event import chained

WHEN = "2026-03-31T09:00:00+05:00"


def judged(
    one: str, decision: str, other: str, *, user: str = "Aigerim", reason: str = "", seen: Seen | None = None
) -> PersonJudgement:
    """Not in a store yet; the sides are called after their keys."""
    sides = (Side(key, name=key.upper(), party_id=f"pty_{key}") for key in (one, other))
    return judgement(*sides, Decision(decision), user=user, time=WHEN, reason=reason, seen=seen)


def undo(event: Event, user: str = "Aigerim") -> Undo:
    return Undo(event.event_id, user, WHEN)


def entered(*events: Event) -> tuple[Event, ...]:
    """The events as a store would keep them, with their ids."""
    kept: list[Event] = []
    for event in events:
        kept.append(chained(event, kept[-1].event_id if kept else ""))
    return tuple(kept)


def same(one: str, other: str, user: str = "Aigerim") -> PersonJudgement:
    return judged(one, "same", other, user=user)


def different(one: str, other: str, user: str = "Aigerim") -> PersonJudgement:
    return judged(one, "different", other, user=user)


def unsure(one: str, other: str, user: str = "Aigerim") -> PersonJudgement:
    return judged(one, "unsure", other, user=user)
