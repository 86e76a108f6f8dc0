"""Moves an action on by the rules of the engine, and writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.remedy import CLOSED, Gives, Lack, Offered, State, lacks, may_escalate, moves
from fairlead.web.accounts.models import User
from fairlead.web.actions.models import ActionEvent, CorrectiveAction
from fairlead.web.actions.words import lack_words
from fairlead.web.audit.chain import record
from fairlead.web.files.models import StoredFile
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.records.change import change


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
    """Take a move of the engine's table and return the action as it is afterwards.

    Raises PermissionDenied where the role does not allow it, ValidationError where the move does not lead on from the
    state the action is in or something that has to be given is missing, ChangedMeanwhile where the action has another
    version than `seen`.
    """
    step = moves()[key]
    offered = Offered(
        given.words, given.file is not None, given.verifier, given.verifier_name, action.followed_by_id == by.pk
    )
    missing = lacks(step, state=action.state, owner=action.owner, may=may, offered=offered)
    if Lack.RIGHT in missing:
        raise PermissionDenied
    if missing:
        raise ValidationError([lack_words(lack) for lack in missing])
    today = now.date()
    values: dict[str, object] = {"state": step.after, **{f"{state}_on": None for state in step.undoes}}
    if step.after in {State.AGREED, State.DONE, State.VERIFIED}:
        values[f"{step.after}_on"] = today
    values["closed_on"] = today if step.after in CLOSED else None
    if Gives.VERIFIER in step.gives:
        values |= {"verifier": given.verifier, "verifier_name": given.verifier_name}
    elif State.VERIFIED in step.undoes:
        values |= {"verifier": "", "verifier_name": ""}
    with transaction.atomic():
        before = action.state
        after = change(action, values, seen=seen)
        _happened(after, key, given, by=by, now=now, before=before)
        record(f"action.{key}", organisation=action.organisation, actor=by, subject=action.uid)
    return after


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
    if not may_escalate(action.state, action.escalation):
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
