"""The states of a corrective action."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How far an action has come; the engine's plan proposes, people agree and do the rest."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DOING = "doing"
    DONE = "done"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


#: States in which the one whose action it is has something to do.
TO_BE_DONE: Final = (State.PROPOSED, State.AGREED, State.DOING)

#: States in which something is still to be done: what is done still has to be verified.
OPEN: Final = (*TO_BE_DONE, State.DONE)

#: States in which nothing more is to be done.
CLOSED: Final = (State.VERIFIED, State.CANCELLED)


def is_overdue(state: str, due_on: date | None, today: date) -> bool:
    """Say whether an action should have been done before today; what is done and not verified yet is not overdue."""
    return state in TO_BE_DONE and due_on is not None and due_on < today
