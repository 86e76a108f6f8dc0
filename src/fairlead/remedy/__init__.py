"""What follows an agreed action: how it moves on, what is done when its date has passed, and what is weighed before
leaving a supplier."""

from fairlead.remedy.actions import CLOSED, OPEN, TO_BE_DONE, State, is_overdue
from fairlead.remedy.escalation import EscalationStep, due_step, escalation, may_escalate, next_step
from fairlead.remedy.instruments import Instrument, Source
from fairlead.remedy.leaving import Answer, Decision, Obstacles, Point, leaving, obstacles, still_open
from fairlead.remedy.moves import Gives, Lack, Move, Offered, Right, Verifier, lacks, moves, moves_from, never_verifies

__all__ = [
    "CLOSED",
    "OPEN",
    "TO_BE_DONE",
    "Answer",
    "Decision",
    "EscalationStep",
    "Gives",
    "Instrument",
    "Lack",
    "Move",
    "Obstacles",
    "Offered",
    "Point",
    "Right",
    "Source",
    "State",
    "Verifier",
    "due_step",
    "escalation",
    "is_overdue",
    "lacks",
    "leaving",
    "may_escalate",
    "moves",
    "moves_from",
    "never_verifies",
    "next_step",
    "obstacles",
    "still_open",
]
