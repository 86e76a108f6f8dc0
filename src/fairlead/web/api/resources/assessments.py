"""Assessments: begun, listed, their ratings, what the ratings are made of, comparisons, reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from django.http import Http404, HttpResponse
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
from fairlead.web.api.operation import Reply, adds, adds_files, in_query, reads, reads_file
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Given, Number
from fairlead.web.assessments import compare, reports
from fairlead.web.assessments.forms import BeginForm
from fairlead.web.assessments.lists import ASSESSMENT_LIST, change_list, work_list
from fairlead.web.assessments.models import Assessment, Comparison, OwnList, PartyChange, Rating, Report
from fairlead.web.assessments.own_lists import keep_list
from fairlead.web.assessments.start import begin
from fairlead.web.assessments.told import tell
from fairlead.web.assessments.views.find import find_assessment, find_done
from fairlead.web.audit.chain import record
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["assessments"])

_BASE: Final = "/organisations/{organisation}/assessments"
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Lang = Literal["en", "ru", "kk", "fr"]
Kind = Literal["html", "pdf", "xlsx", "json"]


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


class ComparisonIn(Given):
    """With which other assessment to compare."""

    other: Number


class ComparisonOut(BaseModel):
    """What changed between two assessments; `ready` once the background work is over."""

    number: int
    older: int
    newer: int
    ready: bool
    job: int | None
    counts: dict[str, int] = Field(description="Parties by what became of them")


class SideOut(BaseModel):
    """A rating on one side of a comparison."""

    band: str | None
    p: float | None
    p_low: float | None
    p_high: float | None


class ChangeOut(BaseModel):
    """A party that is not the same in two assessments, and why."""

    party: str | None
    name: str
    state: str
    before: SideOut | None
    after: SideOut | None
    by_model: float | None = Field(description="In nats")
    by_time: float | None
    by_evidence: float | None
    why: list[str] = Field(description="In English; what rests on restricted evidence is not told")


class ReportIn(Given):
    """A report to make."""

    language: Lang = "en"
    restricted: bool = Field(default=False, description="With restricted evidence, which needs the scope for it")


class ReportOut(BaseModel):
    """A report; its files can be fetched once `ready`."""

    language: str
    restricted: bool
    ready: bool
    job: int | None
    files: list[str]


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


def _compared(comparison: Comparison) -> ComparisonOut:
    return ComparisonOut(
        number=comparison.pk,
        older=comparison.older.number,
        newer=comparison.newer.number,
        ready=comparison.ready,
        job=comparison.job_id,
        counts=comparison.counts,
    )


@adds(router, _BASE + "/{number}/compare", needs=Capability.SEE, reply=ComparisonOut)
def compare_assessments(request: ApiRequest, number: Number, body: ComparisonIn) -> Reply:
    """Compare two assessments, the older day first; what was compared before is there at once."""
    one = find_done(request, number)
    rows = Assessment.objects.filter(organisation=request.organisation).done().exclude(pk=one.pk)
    other = rows.filter(number=body.other).first()
    if other is None:
        raise invalid([("body.other", "There is no such other assessment that is done.")])
    older, newer = sorted((one, other), key=lambda each: (each.as_of, each.number))
    made = compare.ask(older, newer, user=request.user)
    base = request.path.partition("/assessments/")[0]
    return Reply(_compared(made), location=f"{base}/comparisons/{made.pk}")


def _comparison(request: ApiRequest, number: int) -> Comparison:
    rows = Comparison.objects.select_related("older", "newer").defer("older__editions", "newer__editions")
    return get_object_or_404(rows, organisation=request.organisation, pk=number)


@reads(router, "/organisations/{organisation}/comparisons/{number}", needs=Capability.SEE, reply=ComparisonOut)
def read_comparison(request: ApiRequest, number: Number) -> Reply:
    """One comparison."""
    return Reply(_compared(_comparison(request, number)))


def _change(row: PartyChange) -> ChangeOut:
    language = Language("en")
    told = [language.render(term["text"]) for term in row.terms if term["text"] and not term["restricted"]]
    same = ("name", "state", "by_model", "by_time", "by_evidence")
    sides: dict[str, Any] = {
        side: SideOut(**{name: value[name] for name in SideOut.model_fields}) if value else None
        for side, value in (("before", row.before), ("after", row.after))
    }
    party = row.party.uid if row.party else None
    return ChangeOut(party=party, why=told, **sides, **{name: getattr(row, name) for name in same})


lists(
    router,
    "/organisations/{organisation}/comparisons/{number}/changes",
    ApiList(
        definition=change_list(Comparison()),
        row=ChangeOut,
        write=_change,
        of=lambda request, number: change_list(_comparison(request, number)),
    ),
    needs=Capability.SEE,
    name="list_changes",
    about="The parties that are not the same in two assessments, the weightiest change first.",
)


def _reported(report: Report) -> ReportOut:
    ready = bool(report.files)
    return ReportOut(
        language=report.language,
        restricted=report.restricted,
        ready=ready,
        job=report.job_id,
        files=list(reports.FILES) if ready else [],
    )


def _allowed(request: ApiRequest, wanted: bool) -> bool:
    if wanted and not request.auth.may(Capability.RESTRICTED):
        raise invalid([("restricted", "The token does not allow restricted evidence.")])
    return wanted


@adds(router, _BASE + "/{number}/reports", needs=Capability.EXPORT, reply=ReportOut)
def make_report(request: ApiRequest, number: Number, body: ReportIn) -> Reply:
    """Have the report of an assessment made in a language; one that is made already is there at once."""
    restricted = _allowed(request, body.restricted)
    made = reports.ask(find_done(request, number), body.language, restricted=restricted, user=request.user)
    made.refresh_from_db()
    return Reply(_reported(made))


_OF_REPORT: Final = (
    in_query("language", {"type": "string", "enum": ["en", "ru", "kk", "fr"], "default": "en"}, "In which language"),
    in_query("restricted", {"type": "string", "enum": ["yes", "no"], "default": "no"}, "With restricted evidence"),
)


@reads_file(
    router,
    _BASE + "/{number}/reports/{kind}",
    needs=Capability.EXPORT,
    media_types=[content_type for _name, content_type in reports.FILES.values()],
    parameters=_OF_REPORT,
)
def read_report(request: ApiRequest, number: Number, kind: Kind) -> HttpResponse:
    """One file of a report that was made: html, pdf, xlsx or json."""
    language, restricted = request.GET.get("language", "en"), request.GET.get("restricted", "no")
    if language not in {"en", "ru", "kk", "fr"} or restricted not in {"yes", "no"}:
        raise invalid([("query", "A parameter has a value that it cannot have.")])
    with_restricted = _allowed(request, restricted == "yes")
    assessment = find_done(request, number)
    report = reports.find(assessment, language, restricted=with_restricted)
    if report is None or not report.files:
        raise Http404
    content = reports.content(report, kind)
    record(
        "report.taken",
        organisation=request.organisation,
        actor=request.user,
        subject=f"assessment {number}",
        detail={"kind": kind, "language": report.language, "restricted": with_restricted},
    )
    name, content_type = reports.FILES[kind]
    stem, _, ending = name.rpartition(".")
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{number}-{report.language}.{ending}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
