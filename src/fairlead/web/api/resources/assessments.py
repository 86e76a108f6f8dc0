"""Assessments: begun, listed, their ratings, what the ratings are made of; own lists to screen against."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, adds_files, reads
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Given, Number
from fairlead.web.assessments.forms import BeginForm
from fairlead.web.assessments.lists import ASSESSMENT_LIST, work_list
from fairlead.web.assessments.models import Assessment, OwnList, Rating
from fairlead.web.assessments.own_lists import keep_list
from fairlead.web.assessments.start import begin
from fairlead.web.assessments.told import tell
from fairlead.web.assessments.views.find import find_assessment, find_done
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["assessments"])

_BASE: Final = "/organisations/{organisation}/assessments"
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class AssessmentOut(BaseModel):
    """One run of the engine; never changed once it is done."""

    number: int
    as_of: date
    state: str
    note: str
    job: int | None = Field(description="The background work that makes it")
    previous: int | None = Field(description="The assessment with which its ratings are compared")
    counts: dict[str, int] = Field(description="Parties by band; no_data is its own answer")
    model_version: str
    program_version: str
    created_at: datetime
    done_at: datetime | None


class RatedOut(BaseModel):
    """A party's rating in one assessment. Without a band there was no data, which is neither low nor zero."""

    party: str
    name: str
    rank: int
    band: str | None
    data: str
    p: float | None
    p_low: float | None
    p_high: float | None
    find_out: bool
    missing: list[str] = Field(description="What would narrow the interval, or make a rating possible")
    change: str = Field(description="What became of the band since the assessment before")


class StepOut(BaseModel):
    """One step of how a rating adds up, in English; what rests on evidence that is hidden has no name."""

    kind: str
    name: str
    factor: str
    nats: str
    p: str
    note: str


class FoundOut(BaseModel):
    """Evidence that the rating was made from."""

    id: str
    text: str
    source: str
    locator: str


class ExplainedOut(RatedOut):
    """A rating, how it adds up, and the evidence behind it.

    `steps` is empty where the rating was made by a model that is no longer in use.
    """

    steps: list[StepOut]
    evidence: list[FoundOut]
    hidden: int = Field(description="So many rows of evidence are restricted and not shown to this token")


class AssessmentIn(Given):
    """An assessment to begin, of all that the organisation has."""

    as_of: Day | None = Field(default=None, description="As of which day; today where it is left out")
    note: Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")] = ""
    lists: list[Number] = Field(default=[], max_length=200, description="Own lists to screen against, by their numbers")


class OwnListOut(BaseModel):
    """A list of the organisation's own to screen against."""

    number: int
    name: str
    size: int
    sha256: str


def _written(assessment: Assessment) -> AssessmentOut:
    same = ("number", "as_of", "note", "counts", "model_version", "program_version", "created_at", "done_at")
    return AssessmentOut(
        state=assessment.shown_state,
        job=assessment.job_id,
        previous=assessment.previous.number if assessment.previous else None,
        **{name: getattr(assessment, name) for name in same},
    )


def _rated(rating: Rating) -> dict[str, Any]:
    same = ("rank", "band", "data", "p", "p_low", "p_high", "find_out", "change")
    return {
        "party": rating.party.uid,
        "name": rating.party.name,
        "missing": [str(each) for each in rating.missing],
        **{name: getattr(rating, name) for name in same},
    }


lists(
    router,
    _BASE,
    ApiList(
        definition=ASSESSMENT_LIST,
        row=AssessmentOut,
        write=_written,
        related=lambda rows: rows.select_related("previous").defer("previous__editions"),
    ),
    needs=Capability.SEE,
    name="list_assessments",
    about="The assessments, the newest day first, also those that are being made or could not be.",
)


def _own_list(one: OwnList) -> OwnListOut:
    return OwnListOut(number=one.pk, name=one.file.name, size=one.file.size, sha256=one.sha256)


lists(
    router,
    "/organisations/{organisation}/own-lists",
    ApiList(
        definition=ListDefinition(
            key="own_lists",
            title="Own lists",
            page="",
            rows=lambda organisation: OwnList.objects.filter(organisation=organisation).select_related("file"),
            columns=(),
            order=("pk",),
        ),
        row=OwnListOut,
        write=_own_list,
    ),
    needs=Capability.ASSESS,
    name="list_own_lists",
    about="The organisation's own lists to screen against.",
)


@adds_files(router, "/organisations/{organisation}/own-lists", needs=Capability.ASSESS, reply=OwnListOut)
def add_own_list(request: ApiRequest, file: File[UploadedFile]) -> Reply:
    """Upload a list to screen against: CSV, XLSX, XLS, ODS, XML or JSON lines; the same one is kept once."""
    today = timezone.localdate()
    uploads = MultiValueDict({"uploads": [file]})
    form = BeginForm({"as_of": today.isoformat()}, uploads, organisation=request.organisation, today=today)
    checked(form, {"uploads": "file"})
    [upload] = form.cleaned_data["uploads"]
    return Reply(_own_list(keep_list(upload, request.organisation, request.user)))


@adds(router, _BASE, needs=Capability.ASSESS, reply=AssessmentOut)
def begin_assessment(request: ApiRequest, body: AssessmentIn) -> Reply:
    """Begin an assessment.

    It is made in the background; `job` tells how far it is.
    """
    today = timezone.localdate()
    known = set(OwnList.objects.filter(organisation=request.organisation).values_list("pk", flat=True))
    unknown = [n for n, number in enumerate(body.lists) if number not in known]
    if unknown:
        raise invalid([(f"body.lists.{n}", "There is no such list.") for n in unknown])
    data = {"as_of": body.as_of or today.isoformat(), "note": body.note, "lists": body.lists}
    form = BeginForm(data, organisation=request.organisation, today=today)
    checked(form)
    given = form.cleaned_data
    made = begin(
        request.organisation, as_of=given["as_of"], user=request.user, lists=given.get("lists", ()), note=given["note"]
    )
    return Reply(_written(made), location=f"{request.path}/{made.number}")


@reads(router, _BASE + "/{number}", needs=Capability.SEE, reply=AssessmentOut)
def read_assessment(request: ApiRequest, number: Number) -> Reply:
    """One assessment."""
    return Reply(_written(find_assessment(request, number)))


def _ratings(request: ApiRequest, number: int) -> ListDefinition:
    return work_list(find_done(request, number))


lists(
    router,
    _BASE + "/{number}/ratings",
    ApiList(definition=work_list(Assessment()), row=RatedOut, write=lambda row: RatedOut(**_rated(row)), of=_ratings),
    needs=Capability.SEE,
    name="list_ratings",
    about="The ratings of an assessment, in the order in which to look at them; an order, and no finding.",
)


@reads(router, _BASE + "/{number}/ratings/{party}", needs=Capability.SEE, reply=ExplainedOut)
def read_rating(request: ApiRequest, number: Number, party: str) -> Reply:
    """Why a party is rated as it is in one assessment."""
    if "\x00" in party:
        raise Http404
    assessment = find_done(request, number)
    ratings = Rating.objects.visible().filter(assessment=assessment).select_related("party", "terms_row")
    rating = get_object_or_404(ratings, party__uid=party)
    told = tell(assessment, rating, Language("en"), restricted=request.auth.may(Capability.RESTRICTED))
    names = StepOut.model_fields
    steps = [StepOut(**{name: getattr(bar.step, name) for name in names}) for bar in told.bars]
    found = [FoundOut(id=row["uid"], **{n: row[n] for n in ("text", "source", "locator")}) for row in told.found]
    return Reply(ExplainedOut(**_rated(rating), steps=steps, evidence=found, hidden=told.hidden))
