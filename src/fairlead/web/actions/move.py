"""Moves an action on: checks that the step is open and that what it asks for is given, and writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.actions.models import ActionEvent, CorrectiveAction, Owner, Verifier
from fairlead.web.actions.steps import ESCALATION, State, steps
from fairlead.web.audit.chain import record
from fairlead.web.files.models import StoredFile
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.records.change import change

#: Who may not verify what they were to do themselves.
_OWN_WORK = {Owner.WORKER_REPRESENTATIVES: {Verifier.UNION, Verifier.WORKER_ORGANISATION, Verifier.NGO}}


@dataclass(frozen=True)
class Given:
    """What somebody gives with a step."""

    words: str = ""
    file: StoredFile | None = None
    verifier: str = ""
    verifier_name: str = ""


def move(
    action: CorrectiveAction,
    key: str,
    given: Given,
    *,
    by: User,
    may: frozenset[Capability],
    now: datetime,
    seen: int,
) -> CorrectiveAction:
    """Take a step of states.yaml and return the action as it is afterwards.

    Raises PermissionDenied where the role does not allow it, ValidationError where the step is not open from the
    state the action is in or something that has to be given is missing, ChangedMeanwhile where the action has another
    version than `seen`.
    """
    step = steps()[key]
    if step.needs not in may:
        raise PermissionDenied
    if action.state not in step.before:
        raise ValidationError(_("The action has moved on meanwhile. Look at it again."))
    _check_given(action, step.gives, given, by)
    today = now.date()
    values: dict[str, object] = {"state": step.after}
    if step.after in {State.AGREED, State.DONE, State.VERIFIED}:
        values[f"{step.after}_on"] = today
    values["closed_on"] = today if step.after in {State.VERIFIED, State.CANCELLED} else None
    if "verifier" in step.gives:
        values |= {"verifier": given.verifier, "verifier_name": given.verifier_name}
    if key in {"refuse", "reopen"}:
        values |= {"done_on": None, "verified_on": None, "verifier": "", "verifier_name": ""}
    with transaction.atomic():
        before = action.state
        after = change(action, values, seen=seen)
        _happened(after, key, given, by=by, now=now, before=before)
        record(f"action.{key}", organisation=action.organisation, actor=by, subject=action.uid)
    return after


def _check_given(action: CorrectiveAction, wanted: tuple[str, ...], given: Given, by: User) -> None:
    if "note" in wanted and not given.words:
        raise ValidationError(_("Say why, in a sentence."))
    if "proof" in wanted and not (given.words or given.file):
        raise ValidationError(_("Attach what shows that it was done, or say where it can be seen."))
    if "verifier" not in wanted:
        return
    if given.verifier not in Verifier.values:
        raise ValidationError(_("Say who verified it."))
    if not given.verifier_name or not given.words:
        raise ValidationError(_("Name the organisation that verified it, and say how and when it did."))
    if given.verifier in _OWN_WORK.get(Owner(action.owner), set()):
        raise ValidationError(_("Whoever was to do it cannot be the one who verifies it. Choose somebody else."))
    if action.followed_by_id == by.pk:
        raise ValidationError(_("You follow this action yourself. Somebody else has to write down its verification."))


def note(action: CorrectiveAction, given: Given, *, by: User, now: datetime) -> ActionEvent:
    """Write a note or proof down beside an action. Raises ValidationError for one without words and file."""
    if not (given.words or given.file):
        raise ValidationError(_("Write a note, or attach a file."))
    with transaction.atomic():
        event = _happened(action, "note", given, by=by, now=now, before=action.state)
        record("action.note", organisation=action.organisation, actor=by, subject=action.uid)
    return event


def escalate(action: CorrectiveAction, given: Given, *, by: User, now: datetime, seen: int) -> CorrectiveAction:
    """Take the next step of the escalation. Raises ValidationError where there is none, or nothing is said to it."""
    if not action.open or action.escalation >= len(ESCALATION):
        raise ValidationError(_("There is no further step. Leaving the supplier is a decision of its own."))
    if not given.words:
        raise ValidationError(_("Say what you did, with whom, and what came of it."))
    with transaction.atomic():
        after = change(action, {"escalation": action.escalation + 1}, seen=seen)
        _happened(after, "escalation", given, by=by, now=now, before=action.state)
        record(
            "action.escalated",
            organisation=action.organisation,
            actor=by,
            subject=action.uid,
            detail={"level": after.escalation},
        )
    return after


def _happened(
    action: CorrectiveAction, kind: str, given: Given, *, by: User | None, now: datetime, before: str
) -> ActionEvent:
    return ActionEvent.objects.create(
        action=action, kind=kind, at=now, by=by, words=given.words, before=before, after=action.state, file=given.file
    )
