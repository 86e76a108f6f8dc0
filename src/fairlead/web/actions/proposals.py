"""What the engine proposes for a party: the steps of its plan for what is known of it, taken over with one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pyarrow as pa
from django.db import transaction

from fairlead.model.schemas import RATING
from fairlead.model.vocabulary import DataState
from fairlead.plan import StepKind, plan
from fairlead.web.accounts.models import User
from fairlead.web.actions.models import CorrectiveAction
from fairlead.web.audit.chain import record
from fairlead.web.evidence.store import counting, evidence_table
from fairlead.web.parties.models import Link, Party
from fairlead.web.parties.tables import link_rows, party_rows

#: Steps that can be agreed, done and shown; who should be there and what not to do are advice.
_TO_BE_DONE: Final = frozenset({StepKind.STEP, StepKind.DOCUMENT, StepKind.QUESTION})


def proposals(party: Party, today: date) -> list[Mapping[str, Any]]:
    """Return rows of the engine's table ACTION for a party, without those that it has as actions already."""
    evidence = evidence_table(counting(party.organisation, today).filter(party=party))
    rating: dict[str, Any] = {
        "subject_id": party.uid,
        "data": DataState.ASSESSED if party.band else DataState.NO_DATA,
        "band": party.band,
        "p": party.p,
        "missing": [],
        "terms": [],
    }
    rows = plan(
        party_rows(Party.objects.filter(pk=party.pk)),
        link_rows(Link.live.filter(from_party=party)),
        evidence,
        pa.Table.from_pylist([rating], schema=RATING),
    ).to_pylist()
    taken = set(party.actions.values_list("uid", flat=True))
    return [row for row in rows if row["kind"] in _TO_BE_DONE and row["action_id"] not in taken]


def take_over(party: Party, rows: Sequence[Mapping[str, Any]], *, by: User, today: date) -> list[CorrectiveAction]:
    """Make proposed actions of rows of the engine's table ACTION."""
    actions = [_action(party, row, by, today) for row in rows]
    with transaction.atomic():
        for action in actions:
            action.save()
        record(
            "action.taken_over",
            organisation=party.organisation,
            actor=by,
            subject=party.uid,
            detail={"actions": [action.uid for action in actions]},
        )
    return actions


def _action(party: Party, row: Mapping[str, Any], by: User, today: date) -> CorrectiveAction:
    return CorrectiveAction(
        organisation=party.organisation,
        uid=row["action_id"],
        party=party,
        finding=row["finding"],
        text=_message(row["step"]),
        proof_text=_message(row["proof_needed"]),
        owner=row["owner"],
        cost_bearer=row["cost_bearer"],
        due_on=today + timedelta(days=row["due_days"]) if row["due_days"] else None,
        followed_by=by,
    )


def _message(value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"template": value["template"], "values": dict(value["values"] or ())} if value else {}
