"""What the engine proposes for a party, and whether to leave it: weighed by a checklist, decided, kept."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.remedy import Decision, leaving, still_open
from fairlead.web.actions.disengagement import decide, draft_for, taken_for
from fairlead.web.actions.models import Disengagement
from fairlead.web.actions.proposals import proposals, take_over
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds, reads
from fairlead.web.api.problems import invalid, not_now
from fairlead.web.api.resources.parties import find, party_of
from fairlead.web.api.values import Given, ShortText
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party
from fairlead.web.records.change import ChangedMeanwhile

router = Router(tags=["actions"])

_PARTY: Final = "/organisations/{organisation}/parties/{party}"


class ProposalOut(BaseModel):
    """A step that the plan proposes for what is known of a party, in English."""

    id: str
    finding: str
    kind: str
    step: str
    proof_needed: str
    owner: str
    cost_bearer: str
    due_days: int | None


class ProposalsOut(BaseModel):
    """What is proposed for a party and is no action yet."""

    items: list[ProposalOut]


class TakeIn(Given):
    """Which proposals become actions."""

    proposals: list[ShortText] = Field(min_length=1, max_length=200)


class TakenOut(BaseModel):
    """The actions that were made."""

    actions: list[str]


class PointOut(BaseModel):
    """A question of the checklist, in English, and its answer; where it stops, leaving needs a yes in words."""

    key: str
    question: str
    stops: bool
    answer: str
    words: str


class LeavingDecisionOut(BaseModel):
    """A decision that was taken."""

    decision: str
    reasons: str
    decided_on: date | None


class LeavingOut(BaseModel):
    """What is being weighed, and what was decided before. `version` is null while nothing was weighed."""

    version: int | None
    points: list[PointOut]
    still_open: list[str] = Field(description="The points that stand in the way of leaving")
    reasons: str
    taken: list[LeavingDecisionOut]


class PointIn(Given):
    """An answer to a point."""

    answer: Literal["yes", "no", ""] = ""
    words: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")] = ""


class LeavingIn(Given):
    """The answers, and a decision: draft goes on weighing. Points that are left out stay."""

    version: Annotated[int, Field(ge=1, le=10**9)] | None = Field(description="The version seen; null where none is")
    points: dict[ShortText, PointIn] = Field(default={}, max_length=100)
    decision: Annotated[Decision, Field(strict=False)] = Decision.DRAFT
    reasons: Annotated[str, StringConstraints(max_length=10_000, pattern=r"^[^\x00]*$")] = ""


def _party(request: ApiRequest, party: str) -> Party:
    return party_of(request, find(request, party).uid, "address")


def _rendered(message: Any) -> str:
    return Language("en").render(message) if message else ""


@reads(router, _PARTY + "/proposals", needs=Capability.ACT, reply=ProposalsOut)
def list_proposals(request: ApiRequest, party: str) -> Reply:
    """What the engine proposes for a party."""
    same = ("finding", "kind", "owner", "cost_bearer", "due_days")
    items = [
        ProposalOut(
            id=row["action_id"],
            step=_rendered(row["step"]),
            proof_needed=_rendered(row["proof_needed"]),
            **{name: row[name] for name in same},
        )
        for row in proposals(_party(request, party), timezone.localdate())
    ]
    return Reply(ProposalsOut(items=items))


@adds(router, _PARTY + "/proposals/take", needs=Capability.ACT, reply=TakenOut)
def take_proposals(request: ApiRequest, party: str, body: TakeIn) -> Reply:
    """Make corrective actions of proposals."""
    one, today = _party(request, party), timezone.localdate()
    proposed = {row["action_id"]: row for row in proposals(one, today)}
    unknown = [
        (f"body.proposals.{n}", "It is not proposed.") for n, key in enumerate(body.proposals) if key not in proposed
    ]
    if unknown:
        raise invalid(unknown)
    made = take_over(one, [proposed[key] for key in dict.fromkeys(body.proposals)], by=request.user, today=today)
    return Reply(TakenOut(actions=[action.uid for action in made]))


def _reply(party: Party) -> Reply:
    case = draft_for(party)
    answers = case.answers if case else {}
    points = [
        PointOut(
            key=point.key,
            question=point.question,
            stops=point.stops,
            **{name: answers.get(point.key, {}).get(name, "") for name in ("answer", "words")},
        )
        for point in leaving().points
    ]
    return Reply(
        LeavingOut(
            version=case.version if case else None,
            points=points,
            still_open=[point.key for point in still_open(answers)],
            reasons=case.reasons if case else "",
            taken=[
                LeavingDecisionOut(decision=one.decision, reasons=one.reasons, decided_on=one.decided_on)
                for one in taken_for(party)
            ],
        )
    )


@reads(router, _PARTY + "/leaving", needs=Capability.SEE, reply=LeavingOut)
def read_leaving(request: ApiRequest, party: str) -> Reply:
    """The checklist that weighs harm to workers before a supplier is left."""
    return _reply(_party(request, party))


@adds(router, _PARTY + "/leaving", needs=Capability.ACT, reply=LeavingOut, status=200)
def weigh_leaving(request: ApiRequest, party: str, body: LeavingIn) -> Reply:
    """Answer points of the checklist, and decide; a decision that was taken stays, and a new one can be weighed."""
    one = _party(request, party)
    unknown = sorted(set(body.points) - {point.key for point in leaving().points})
    if unknown:
        raise invalid([(f"body.points.{key}", "There is no such point.") for key in unknown])
    case = draft_for(one)
    if (case.version if case else None) != body.version:
        raise _meanwhile()
    case = case or Disengagement.objects.create(organisation=request.organisation, party=one)
    answers = {**case.answers, **{key: point.model_dump() for key, point in body.points.items()}}
    reasons, today = body.reasons.strip(), timezone.localdate()
    try:
        decide(case, answers, str(body.decision), reasons, by=request.user, today=today, seen=case.version)
    except ChangedMeanwhile as error:
        raise _meanwhile() from error
    return _reply(one)


def _meanwhile() -> Exception:
    return not_now("It was weighed on meanwhile.", "Fetch it again, compare, and send its version.")
