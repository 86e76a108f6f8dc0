"""How a corrective action moves on, read from states.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.organisations.capabilities import Capability

_HERE: Final = Path(__file__).parent


class State(TextChoices):
    """How far an action has come."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    DOING = "doing", _("Under way")
    DONE = "done", _("Done, not verified")
    VERIFIED = "verified", _("Verified")
    CANCELLED = "cancelled", _("Cancelled")


#: States in which something is still to be done.
OPEN: Final = (State.PROPOSED, State.AGREED, State.DOING, State.DONE)

_WORDS: Final[Mapping[str, str | Promise]] = {
    "agree": _("Agree"),
    "begin": _("Begin"),
    "done": _("Mark as done"),
    "verify": _("Verify"),
    "refuse": _("Send back: not done"),
    "cancel": _("Cancel the action"),
    "reopen": _("Open again"),
}


@dataclass(frozen=True)
class Step:
    """One way on: from which states, to which, what one must be allowed, and what has to be given."""

    key: str
    before: tuple[State, ...]
    after: State
    needs: Capability
    gives: tuple[str, ...]

    @property
    def word(self) -> str | Promise:
        """What the button says."""
        return _WORDS[self.key]


@cache
def _table() -> Mapping[str, Any]:
    return yaml.safe_load((_HERE / "states.yaml").read_text("utf-8"))


@cache
def steps() -> Mapping[str, Step]:
    """Return every step by its key."""
    return {
        key: Step(
            key,
            tuple(State(state) for state in entry["from"]),
            State(entry["to"]),
            Capability(entry["needs"]),
            tuple(entry["gives"]),
        )
        for key, entry in _table()["steps"].items()
    }


def steps_from(state: str, may: frozenset[Capability]) -> list[Step]:
    """Return the steps that somebody may take from a state."""
    return [step for step in steps().values() if state in step.before and step.needs in may]


#: What is done when a date has passed, one after the other. Nobody is dropped by it: leaving a supplier is a decision
#: of its own, with a checklist (see `disengagement`).
ESCALATION: Final[tuple[str | Promise, ...]] = (
    _("remind the person who is to do it, and ask what stands in the way"),
    _("speak with the management of the supplier, and offer help with the cost"),
    _("bring in the union or the people whom workers trust, and agree a last date"),
    _("decide at the level of your organisation's management; new orders may wait until the action is done"),
)
