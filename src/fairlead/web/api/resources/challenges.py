"""Challenges of suppliers to their ratings, and the replies that stay on record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import FILE, Reply, adds, adds_files, reads, reads_file
from fairlead.web.api.problems import not_now
from fairlead.web.api.resources.parties import find, party_of
from fairlead.web.api.values import Given, Number, WholeDay
from fairlead.web.assessments.challenging import answer_challenge, challenged_rating, enter_challenge
from fairlead.web.assessments.forms import ChallengeForm, ReplyForm
from fairlead.web.assessments.lists import CHALLENGE_LIST
from fairlead.web.assessments.models import Challenge
from fairlead.web.audit.chain import record
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.definition import Lookup, equals
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["assessments"])

_BASE: Final = "/organisations/{organisation}/challenges"
Said = Annotated[str, StringConstraints(min_length=1, max_length=10_000, pattern=r"^[^\x00]*\S[^\x00]*$")]


class ChallengeOut(BaseModel):
    """What a supplier says against its rating, with the reply."""

    number: int
    party: str
    assessment: int = Field(description="The number of the assessment whose rating is challenged")
    state: str
    text: str
    by_supplier: bool
    received_on: date
    due_on: date
    proof: bool = Field(description="Whether a proof came with it, which takes the scope for restricted evidence")
    entered_at: datetime
    reply: str
    evidence_withdrawn: bool
    evidence_added: bool
    replied_at: datetime | None


class ChallengeIn(BaseModel):
    """What the supplier says, when it was received and by when it is to be answered."""

    text: Said
    received_on: WholeDay
    due_on: WholeDay


class ReplyIn(Given):
    """The reply with its reasons, and what became of the evidence."""

    reply: Said
    evidence_withdrawn: bool = False
    evidence_added: bool = False


def _written(one: Challenge) -> ChallengeOut:
    apart = {"party", "assessment", "proof"}
    return ChallengeOut(
        party=one.party.uid,
        assessment=one.rating.assessment.number,
        proof=one.proof_id is not None,
        **{name: getattr(one, name) for name in ChallengeOut.model_fields if name not in apart},
    )


lists(
    router,
    _BASE,
    ApiList(
        definition=CHALLENGE_LIST,
        row=ChallengeOut,
        write=_written,
        lookups=(Lookup("party", "Only challenges of this party", equals("party__uid")),),
    ),
    needs=Capability.SEE,
    name="list_challenges",
    about="The challenges, the open ones first, by the day by which they are to be answered.",
)


def _find(request: ApiRequest, number: int) -> Challenge:
    rows = Challenge.objects.select_related("organisation", "party", "rating__assessment", "proof")
    found: Challenge = get_object_or_404(rows, organisation=request.organisation, number=number)
    return found


@reads(router, _BASE + "/{number}", needs=Capability.SEE, reply=ChallengeOut)
def read_challenge(request: ApiRequest, number: Number) -> Reply:
    """One challenge with its reply."""
    return Reply(_written(_find(request, number)))


@adds_files(
    router, "/organisations/{organisation}/parties/{party}/challenges", needs=Capability.EDIT, reply=ChallengeOut
)
def add_challenge(
    request: ApiRequest,
    party: str,
    body: Form[ChallengeIn],
    proof: File[UploadedFile | None] = None,
) -> Reply:
    """Put on record what a supplier says against its newest rating."""
    one = party_of(request, find(request, party).uid, "address")
    rating = challenged_rating(one)
    if rating is None:
        raise not_now("There is no rating yet that could be challenged.", "Make an assessment first.")
    form = ChallengeForm(body.model_dump(), {"proof": proof} if proof else None, today=timezone.localdate())
    checked(form)
    made = enter_challenge(rating, request.user, form.cleaned_data, form.cleaned_data["proof"])
    base = request.path.partition("/parties/")[0]
    return Reply(_written(_find(request, made.number)), location=f"{base}/challenges/{made.number}")


@adds(router, _BASE + "/{number}/reply", needs=Capability.ACT, reply=ChallengeOut, status=200)
def reply_to_challenge(request: ApiRequest, number: Number, body: ReplyIn) -> Reply:
    """Answer a challenge; the reply is never changed afterwards."""
    form = ReplyForm(body.model_dump())
    checked(form)
    if not answer_challenge(_find(request, number), request.user, form.cleaned_data):
        raise not_now("The challenge was answered already.", "Fetch it and read the reply.")
    return Reply(_written(_find(request, number)))


@reads_file(router, _BASE + "/{number}/proof", needs=Capability.RESTRICTED, media_types=[FILE])
def read_challenge_proof(request: ApiRequest, number: Number) -> HttpResponse:
    """The proof that came with a challenge."""
    one = get_object_or_404(
        Challenge.objects.select_related("party", "proof").exclude(proof=None),
        organisation=request.organisation,
        number=number,
    )
    record(
        "challenge.proof_opened",
        organisation=request.organisation,
        actor=request.user,
        subject=one.party.uid,
        detail={"challenge": number},
    )
    return as_attachment(one.proof)  # type: ignore[return-value]
