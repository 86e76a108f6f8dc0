"""What is done when the day of an action has passed: one step after the other, never leaving the supplier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from fairlead.remedy.actions import OPEN, is_overdue
from fairlead.remedy.instruments import Source, read_entry, sources_of
from fairlead.remedy.tables import read_table

FILE: Final = "escalation.yaml"


@dataclass(frozen=True)
class EscalationStep:
    """One step: what to do, and how many days after the action's own day it is due."""

    key: str
    text: str
    after_days: int
    sources: tuple[Source, ...]

    def due_from(self, due_on: date) -> date:
        """Return the day from which the step is due for an action that was to be done by `due_on`."""
        return due_on + timedelta(days=self.after_days)


@cache
def escalation() -> tuple[EscalationStep, ...]:
    """Return the steps in their order. Raises InvalidReference where escalation.yaml breaks the rules at its top."""
    return escalation_from(read_table("escalation"))


def escalation_from(content: Mapping[str, Any]) -> tuple[EscalationStep, ...]:
    """Read the steps from the content of the YAML file. Raises InvalidReference for one that cannot be read."""
    return tuple(
        read_entry(FILE, str(entry.get("key", place)), _step, entry) for place, entry in enumerate(content["steps"], 1)
    )


def _step(entry: Mapping[str, Any]) -> EscalationStep:
    days = int(entry["after_days"])
    if days < 1:
        raise ValueError("a step cannot be due before the action is overdue")
    return EscalationStep(entry["key"], entry["text"], days, sources_of(entry))


def next_step(state: str, taken: int) -> EscalationStep | None:
    """Return the step after so many that were taken; None after the last, and where the action is closed."""
    steps = escalation()
    return steps[taken] if may_escalate(state, taken) else None


def may_escalate(state: str, taken: int) -> bool:
    """Say whether a further step can be taken after so many."""
    return state in OPEN and taken < len(escalation())


def due_step(state: str, due_on: date | None, taken: int, today: date) -> EscalationStep | None:
    """Return the step that is due today after so many that were taken; None where none is.

    Nothing is due for an action that has no day, is not overdue, or is done and waits for its verification.
    """
    step = next_step(state, taken)
    if step is None or due_on is None or not is_overdue(state, due_on, today):
        return None
    return step if step.due_from(due_on) <= today else None
