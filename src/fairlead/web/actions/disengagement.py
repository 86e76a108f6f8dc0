"""Keeps what was weighed before leaving a supplier, and the decision; the checklist is the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fairlead.remedy import Decision, obstacles
from fairlead.web.accounts.models import User
from fairlead.web.actions.models import Disengagement
from fairlead.web.audit.chain import record
from fairlead.web.parties.models import Party
from fairlead.web.records.change import change
from fairlead.web.site.templatetags.words import reader


def draft_for(party: Party) -> Disengagement | None:
    """Return the case that is being weighed of a party; None where there is none."""
    drafts = Disengagement.objects.filter(organisation=party.organisation_id, party=party)
    return drafts.filter(decision=Decision.DRAFT).select_related("organisation", "party").first()


def taken_for(party: Party) -> QuerySet[Disengagement]:
    """Return the decisions that were taken of a party, the newest first; they stay."""
    cases = Disengagement.objects.filter(organisation=party.organisation_id, party=party)
    taken = cases.exclude(decision=Decision.DRAFT).select_related("decided_by")
    return taken.order_by("-decided_on", "-pk")


def decide(
    case: Disengagement,
    answers: Mapping[str, Mapping[str, str]],
    decision: str,
    reasons: str,
    *,
    by: User,
    today: date,
    seen: int,
) -> Disengagement:
    """Keep the answers, and the decision where one is taken.

    Raises ValidationError for a decision without reasons, and for leaving while points stand in the way;
    ChangedMeanwhile where the case has another version than `seen`.
    """
    if decision not in set(Decision):
        raise ValidationError(_("Choose a decision, or keep weighing."))
    standing = obstacles(Decision(decision), reasons, answers)
    if standing.reasons:
        raise ValidationError(_("A decision needs its reasons, in words."))
    if standing.points:
        named = " ".join(reader().gettext(point.question) for point in standing.points)
        raise ValidationError(_("Leaving cannot be decided yet. Still open: %(points)s") % {"points": named})
    taken = decision != Decision.DRAFT
    values = {
        "answers": dict(answers),
        "decision": decision,
        "reasons": reasons,
        "decided_by_id": by.pk if taken else None,
        "decided_on": today if taken else None,
    }
    with transaction.atomic():
        after = change(case, values, seen=seen)
        record(
            "disengagement.decided" if taken else "disengagement.weighed",
            organisation=case.organisation,
            actor=by,
            subject=case.party.uid,
            detail={"decision": decision},
        )
    return after
