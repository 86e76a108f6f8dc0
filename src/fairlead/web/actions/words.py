"""What pages call the states, moves, verifiers and decisions of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairlead.remedy import Decision, Lack, State, Verifier

Word = str | Promise
Key = TypeVar("Key", bound=StrEnum)

STATES: Final[Mapping[State, Word]] = {
    State.PROPOSED: _("Proposed"),
    State.AGREED: _("Agreed"),
    State.DOING: _("Under way"),
    State.DONE: _("Done, not verified"),
    State.VERIFIED: _("Verified"),
    State.CANCELLED: _("Cancelled"),
}

#: What the button of each move says.
MOVES: Final[Mapping[str, Word]] = {
    "agree": _("Agree"),
    "begin": _("Begin"),
    "done": _("Mark as done"),
    "verify": _("Verify"),
    "refuse": _("Send back: not done"),
    "cancel": _("Cancel the action"),
    "reopen": _("Open again"),
}

VERIFIERS: Final[Mapping[Verifier, Word]] = {
    Verifier.UNION: _("A union"),
    Verifier.WORKER_ORGANISATION: _("An organisation led by workers"),
    Verifier.NGO: _("An organisation at the workers' side"),
    Verifier.INSPECTOR: _("A labour inspector"),
    Verifier.INTERVIEWS: _("Independent interviews with workers, off-site"),
    Verifier.AUDITOR: _("An auditor, announced"),
}

DECISIONS: Final[Mapping[Decision, Word]] = {
    Decision.DRAFT: _("Being weighed"),
    Decision.STAY: _("Stay and go on"),
    Decision.PAUSE: _("Pause new orders"),
    Decision.LEAVE: _("Leave, with notice"),
}


def choices(words: Mapping[Key, Word]) -> tuple[tuple[str, Word], ...]:
    """Return words as the choices of a model's field or of a form."""
    return tuple((key.value, word) for key, word in words.items())


def lack_words(lack: Lack) -> str:
    """Return in a sentence what stands in the way of a move."""
    sentences = {
        Lack.STATE: _now("The action has moved on meanwhile. Look at it again."),
        Lack.NOTE: _now("Say why, in a sentence."),
        Lack.PROOF: _now("Attach what shows that it was done, or say where it can be seen."),
        Lack.VERIFIER: _now("Say who verified it."),
        Lack.HOW_VERIFIED: _now("Name the organisation that verified it, and say how and when it did."),
        Lack.OWN_WORK: _now("Whoever was to do it cannot be the one who verifies it. Choose somebody else."),
        Lack.OWN_ACTION: _now("You follow this action yourself. Somebody else has to write down its verification."),
    }
    return sentences[lack]
