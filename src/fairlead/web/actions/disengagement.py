"""What has to be weighed before an organisation leaves a supplier.

In the project's own words, after the OECD Due Diligence Guidance for Responsible Business Conduct (2018), II.3.2 h, and
the UN Guiding Principles on Business and Human Rights (2011), principle 19 with its commentary: guidance, not law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fairlead.web.accounts.models import User
from fairlead.web.actions.models import Disengagement
from fairlead.web.audit.chain import record
from fairlead.web.parties.models import Party
from fairlead.web.records.change import change


@dataclass(frozen=True)
class Point:
    """One question; where `stops`, leaving cannot be decided before it is answered with yes."""

    key: str
    question: str | Promise
    stops: bool


POINTS: Final = (
    Point("tried", _("Was everything else tried that could end the harm, and over what time?"), True),
    Point(
        "workers_asked",
        _("Were workers, through their union or people whom they trust, asked what leaving would mean for them?"),
        True,
    ),
    Point(
        "harm",
        _("Is it written down what harm leaving would do to workers (wages, housing, permits, debts, retaliation)?"),
        True,
    ),
    Point(
        "wages_owed",
        _("Are wages, fees and documents that are owed to workers settled, or is it agreed how they will be?"),
        True,
    ),
    Point("own_part", _("Was it looked at what part your own orders, prices and dates had?"), False),
    Point(
        "alternatives",
        _("Was a pause, a smaller order, or acting together with other buyers weighed, which may do less harm?"),
        False,
    ),
    Point("notice", _("Is the notice long enough for workers to find other work?"), True),
    Point("authorities", _("Does a law oblige you to stop, such as an import ban or sanctions?"), False),
    Point("after", _("Is it agreed who follows what becomes of the workers, and for how long?"), True),
)

_NO_WORDS: Final[Mapping[str, str]] = {"answer": "", "words": ""}


def still_open(answers: Mapping[str, Mapping[str, str]]) -> list[Point]:
    """Return the points that stand in the way of leaving: those that stop it and are not answered with yes in words."""

    def answered(point: Point) -> bool:
        given = answers.get(point.key, _NO_WORDS)
        return given["answer"] == "yes" and bool(given["words"].strip())

    return [point for point in POINTS if point.stops and not answered(point)]


def draft_for(party: Party) -> Disengagement | None:
    """Return the case that is being weighed of a party; None where there is none."""
    drafts = Disengagement.objects.filter(organisation=party.organisation_id, party=party)
    return drafts.filter(decision=Disengagement.Decision.DRAFT).select_related("organisation", "party").first()


def taken_for(party: Party) -> QuerySet[Disengagement]:
    """Return the decisions that were taken of a party, the newest first; they stay."""
    cases = Disengagement.objects.filter(organisation=party.organisation_id, party=party)
    taken = cases.exclude(decision=Disengagement.Decision.DRAFT).select_related("decided_by")
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
    if decision not in Disengagement.Decision.values:
        raise ValidationError(_now("Choose a decision, or keep weighing."))
    if decision != Disengagement.Decision.DRAFT and not reasons.strip():
        raise ValidationError(_now("A decision needs its reasons, in words."))
    if decision == Disengagement.Decision.LEAVE and (open_points := still_open(answers)):
        named = " ".join(str(point.question) for point in open_points)
        raise ValidationError(_now("Leaving cannot be decided yet. Still open: %(points)s") % {"points": named})
    taken = decision != Disengagement.Decision.DRAFT
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
