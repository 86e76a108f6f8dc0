"""Which reminder of a day is due: each step of a row of reminders comes once, and what was missed long ago no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: For so many days after its own a step is made up for, where nothing ran on that day.
MADE_UP_FOR: Final = timedelta(days=5)


@dataclass(frozen=True)
class ReminderStep:
    """One reminder: its name in the database, and how many days after the day that it is about it comes."""

    key: str
    days: int


#: Before a day and after it; the last step is the last letter, so that nobody is written to for ever.
STEPS: Final = (
    ReminderStep("week_before", -7),
    ReminderStep("day_after", 1),
    ReminderStep("week_after", 8),
    ReminderStep("three_weeks_after", 22),
)


def step_due(day: date, today: date, steps: Sequence[ReminderStep] = STEPS) -> ReminderStep | None:
    """Return the step that is due today of the reminders of a day; None where none is."""
    past = [step for step in steps if day + timedelta(days=step.days) <= today]
    if not past or today > day + timedelta(days=past[-1].days) + MADE_UP_FOR:
        return None
    return past[-1]


def days_with_a_step(today: date, steps: Sequence[ReminderStep] = STEPS) -> tuple[date, date]:
    """Return the first and the last day of which a step can be due today."""
    latest, earliest = max(step.days for step in steps), min(step.days for step in steps)
    return today - timedelta(days=latest) - MADE_UP_FOR, today - timedelta(days=earliest)
