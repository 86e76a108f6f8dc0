"""Adds and changes corrective actions, for the pages and for the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from fairlead.web.accounts.models import User
from fairlead.web.actions.models import ActionEvent, CorrectiveAction
from fairlead.web.audit.chain import record
from fairlead.web.parties.models import Party
from fairlead.web.parties.save import new_uid
from fairlead.web.records.change import change


def add_action(party: Party, user: User, values: Mapping[str, Any]) -> CorrectiveAction:
    """Add an action in somebody's own words; `values` are those of a valid `ActionForm`."""
    action = CorrectiveAction(organisation=party.organisation, party=party, uid=new_uid("act"), **values)
    with transaction.atomic():
        action.save()
        record("action.added", organisation=party.organisation, actor=user, subject=action.uid)
    return action


def edit_action(
    action: CorrectiveAction,
    user: User,
    values: Mapping[str, Any],
    *,
    seen: int,
    now: datetime,
    fields: Sequence[str],
    words: str,
) -> CorrectiveAction:
    """Change what is agreed and return the action as it is afterwards; `values` are those of a valid `ActionForm`.

    `fields` are the names of the fields that were sent otherwise, `words` their labels, for the action's history.
    Raises ChangedMeanwhile where it no longer has the version `seen`.
    """
    with transaction.atomic():
        after = change(CorrectiveAction.objects.get(pk=action.pk), values, seen=seen)
        if after.version != seen:
            ActionEvent.objects.create(action=after, kind="change", at=now, by=user, words=words)
            record(
                "action.changed",
                organisation=action.organisation,
                actor=user,
                subject=action.uid,
                detail={"fields": list(fields)},
            )
    return after
