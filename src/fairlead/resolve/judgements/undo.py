"""Undoing a judgement: its effect goes, the entry stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fairlead.errors import JudgementError
from fairlead.resolve.judgements.event import Event, PersonJudgement, Undo
from fairlead.resolve.judgements.graph import standing
from fairlead.resolve.judgements.store import History, JudgementStore

#: Stands for the last judgement in effect of the person who undoes.
LAST: Final = "last"


def undo(store: JudgementStore, which: str, *, user: str, time: str, reason: str = "") -> tuple[PersonJudgement, Undo]:
    """Enter the undoing of a judgement, given its id or `last`; return the judgement and the entry.

    Raises JudgementError where there is no such judgement or it has been undone already.
    """
    chosen: list[PersonJudgement] = []

    def decide(history: History) -> Sequence[Event]:
        chosen.append(_find(history.events, which, user))
        return [Undo(chosen[-1].event_id, user, time, reason.strip())]

    (entry,) = store.record(decide)
    assert isinstance(entry, Undo)
    return chosen[-1], entry


def _find(events: Sequence[Event], which: str, user: str) -> PersonJudgement:
    if which == LAST:
        mine = [one for one in standing(events) if one.user == user]
        if not mine:
            raise JudgementError(
                f"There is no judgement of {user} to undo.", do="Give the id of one; `fairlead judge list` shows them."
            )
        return mine[-1]
    for event in events:
        if isinstance(event, Undo) and event.judgement_id == which:
            raise JudgementError(
                f"The judgement {which} was undone already, by {event.user} on {event.time[:10]}.",
                do="Judge the pair again if you want it back.",
            )
    for event in events:
        if isinstance(event, PersonJudgement) and event.event_id == which:
            return event
    raise JudgementError(f"There is no judgement {which}.", do="Take an id that `fairlead judge list` shows.")
