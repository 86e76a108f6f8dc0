"""Writes what a member did with a questionnaire into the log."""

from __future__ import annotations

from typing import Any

from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import MemberRequest
from fairlead.web.questionnaires.models import Questionnaire


def record_step(request: MemberRequest, one: Questionnaire, action: str, **detail: Any) -> None:
    """Write a step into the log of the organisation, in the transaction of the step."""
    record(
        f"questionnaire.{action}",
        organisation=request.organisation,
        actor=request.user,
        subject=f"questionnaire {one.pk}",
        detail=detail,
    )
