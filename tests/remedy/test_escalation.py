"""What is due when the day of an action has passed, and that nobody is dropped by it."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest

from fairlead.errors import InvalidReference
from fairlead.remedy import OPEN, TO_BE_DONE, State, due_step, escalation, is_overdue, may_escalate, next_step
from fairlead.remedy.escalation import escalation_from
from fairlead.remedy.tables import read_table

DUE = date(2026, 11, 30)


def key_of(taken: int, today: date, state: str = "doing", due_on: date | None = DUE) -> str | None:
    step = due_step(state, due_on, taken, today)
    return step.key if step else None


def test_steps_come_one_after_the_other_each_later_than_the_one_before() -> None:
    days = [step.after_days for step in escalation()]
    assert days == sorted(set(days))
    assert len({step.key for step in escalation()}) == len(days)


def test_no_step_is_due_on_the_day_itself_and_the_first_on_the_day_after() -> None:
    assert key_of(0, DUE) is None
    assert key_of(0, DUE + timedelta(days=1)) == "remind"


def test_a_step_is_due_only_when_its_days_are_over_and_the_one_before_was_taken() -> None:
    assert key_of(1, DUE + timedelta(days=13)) is None
    assert key_of(1, DUE + timedelta(days=14)) == "management"
    assert key_of(0, DUE + timedelta(days=400)) == "remind"


def test_every_step_comes_and_after_the_last_there_is_none() -> None:
    late = DUE + timedelta(days=400)
    keys = [key_of(taken, late) for taken in range(len(escalation()) + 2)]
    assert keys == ["remind", "management", "trusted", "own_management", None, None]


def test_leaving_is_no_step_of_it() -> None:
    for step in escalation():
        words = set(step.text.lower().replace(",", " ").replace(";", " ").split())
        assert not words & {"leave", "terminate", "end", "drop", "disengage", "blacklist"}, step.key


@pytest.mark.parametrize("state", list(State))
def test_what_is_done_or_closed_is_neither_overdue_nor_escalated_by_the_calendar(state: State) -> None:
    late = DUE + timedelta(days=400)
    assert is_overdue(state, DUE, late) == (state in TO_BE_DONE)
    assert (due_step(state, DUE, 0, late) is not None) == (state in TO_BE_DONE)


def test_without_a_day_nothing_is_overdue_and_a_step_can_still_be_taken() -> None:
    assert not is_overdue("doing", None, DUE)
    assert key_of(0, DUE, due_on=None) is None
    step = next_step("doing", 0)
    assert step is not None
    assert step.key == "remind"


def test_a_closed_action_is_not_escalated() -> None:
    assert {state for state in State if may_escalate(state, 0)} == set(OPEN)
    assert not may_escalate("doing", len(escalation()))
    assert next_step("cancelled", 0) is None


@pytest.mark.parametrize(
    ("change", "told"), [({"after_days": 0}, "overdue"), ({"after_days": "soon"}, "soon"), ({"rests_on": []}, "rests")]
)
def test_a_step_that_breaks_the_rules_is_named(change: dict[str, object], told: str) -> None:
    content = copy.deepcopy(read_table("escalation"))
    content["steps"][1].update(change)
    with pytest.raises(InvalidReference, match=f"escalation.yaml.*management.*{told}"):
        escalation_from(content)
