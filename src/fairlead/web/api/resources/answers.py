"""Answers as files, the files that suppliers attached, and answers that suppliers let this organisation see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.errors import FairleadError
from fairlead.web.accounts.models import User
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import FILE, Reply, adds, adds_files, reads, reads_file
from fairlead.web.api.problems import Problem, invalid, not_now
from fairlead.web.api.resources.questionnaires import (
    BASE,
    AnswersOut,
    ContradictionsOut,
    answers_reply,
    contradictions_reply,
    find,
)
from fairlead.web.api.values import Given, Number, ShortText
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.questionnaires.accepting_shared import NotShared, accept_shared, undo_shared
from fairlead.web.questionnaires.export import exported
from fairlead.web.questionnaires.filled import corrected, keep_mapping, read_answers, take_in, take_over
from fairlead.web.questionnaires.models import ANSWERED, AnswerFile, Consent, Questionnaire
from fairlead.web.questionnaires.proofs import download
from fairlead.web.questionnaires.review import about
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.sharing import shared_with
from fairlead.web.site.told import told
from fairlead.web.standards.keep import standard_of

router = Router(tags=["questionnaires"])

_ONE: Final = BASE + "/{number}"
_SHARED: Final = "/organisations/{organisation}/shared-answers"
Kind = Literal["xlsx", "csv", "form"]
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SharedOut(BaseModel):
    """Answers that a supplier gave to another and lets this organisation see; who asked is not told."""

    number: int
    party: str
    given_at: datetime
    submitted_at: datetime | None


@reads_file(router, _ONE + "/files/{kind}", needs=Capability.EXPORT, media_types=[_XLSX, "text/csv"])
def read_questionnaire_file(request: ApiRequest, number: Number, kind: Kind) -> HttpResponse:
    """Questions and answers as XLSX or CSV, or the workbook to fill in; in English, the last in its own language."""
    with override("en"):
        return exported(find(request, number), kind, request.user)  # type: ignore[return-value]


@reads_file(router, _ONE + "/proofs/{proof}", needs=Capability.SEE, media_types=[FILE])
def read_questionnaire_proof(request: ApiRequest, number: Number, proof: Number) -> HttpResponse:
    """A file that the supplier attached, once the answers were sent in."""
    one = find(request, number)
    if one.state not in ANSWERED:
        raise Http404
    return download(one, proof)  # type: ignore[return-value]


lists(
    router,
    _SHARED,
    ApiList(
        definition=ListDefinition(
            key="shared_answers", title="Shared answers", page="", rows=shared_with, columns=(), order=("-pk",)
        ),
        row=SharedOut,
        write=lambda one: SharedOut(
            number=one.pk,
            party=one.party.uid,
            given_at=one.given_at,
            submitted_at=one.questionnaire.submitted_at,
        ),
    ),
    needs=Capability.SEE,
    name="list_shared_answers",
    about="Answers that suppliers have given to others and let this organisation see, as long as they consent.",
)


def _consent(request: ApiRequest, number: int) -> Consent:
    return get_object_or_404(shared_with(request.organisation), pk=number)


@reads(router, _SHARED + "/{number}", needs=Capability.SEE, reply=AnswersOut)
def read_shared_answers(request: ApiRequest, number: Number) -> Reply:
    """Shared answers; why they were asked is not told."""
    return answers_reply(about(_consent(request, number).questionnaire), answered=True, because=False)


@reads(router, _SHARED + "/{number}/contradictions", needs=Capability.SEE, reply=ContradictionsOut)
def list_shared_contradictions(request: ApiRequest, number: Number) -> Reply:
    """What on record here contradicts shared answers."""
    consent = _consent(request, number)
    return contradictions_reply(request, consent.questionnaire, party=consent.party)


class TakenOut(BaseModel):
    """How many rows of evidence came, or went."""

    evidence: int


def _shared_step(request: ApiRequest, number: int, step: Callable[[int, Organisation, User], int]) -> Reply:
    try:
        return Reply(TakenOut(evidence=step(number, request.organisation, request.user)))
    except NotShared:
        raise Http404 from None


@adds(router, _SHARED + "/{number}/accept", needs=Capability.ASK, reply=TakenOut, status=200, media_type=None)
def accept_shared_answers(request: ApiRequest, number: Number) -> Reply:
    """Take shared answers into the evidence, with the day on which they were given; twice is as once."""
    return _shared_step(request, number, accept_shared)


@adds(router, _SHARED + "/{number}/undo-acceptance", needs=Capability.ASK, reply=TakenOut, status=200, media_type=None)
def undo_shared_acceptance(request: ApiRequest, number: Number) -> Reply:
    """Take shared answers out of the evidence again, also after the supplier took its consent back."""
    return _shared_step(request, number, undo_shared)


class CellOut(BaseModel):
    """A cell of a template that asks something: what it says, and as which question it is understood, if any."""

    text: str
    question: str


class TemplateSheetOut(BaseModel):
    """A sheet of another template: the column of its answers, and its cells."""

    sheet: str
    answers: str
    cells: list[CellOut]


class FoundOut(BaseModel):
    """An answer that was found, and where."""

    question: str
    value: str
    locator: str


class AnswersFileOut(BaseModel):
    """A filled workbook: how it is understood and what was found. Its answers count only when they are taken over."""

    number: int
    name: str
    own_form: bool
    taken_at: datetime | None
    wrong: str = Field(description="Why it cannot be read by this mapping")
    sheets: list[TemplateSheetOut]
    found: list[FoundOut]


class CellIn(Given):
    """As which question a cell is understood: its place in `cells`, from 0, and a key; empty for none."""

    place: Annotated[int, Field(ge=0, le=100_000)]
    question: ShortText


class MappedSheetIn(Given):
    """What is corrected of a sheet: its place in `sheets`, from 0, the column of answers, cells."""

    place: Annotated[int, Field(ge=0, le=1_000)]
    answers: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")] | None = None
    cells: list[CellIn] = Field(default=[], max_length=5_000)


class MappingIn(Given):
    """What is corrected of the mapping; what is left out stays."""

    sheets: list[MappedSheetIn] = Field(min_length=1, max_length=200)


def _file(one: Questionnaire, number: int) -> AnswerFile:
    return get_object_or_404(AnswerFile.objects.select_related("file"), pk=number, questionnaire=one)


def _file_reply(one: Questionnaire, kept: AnswerFile, location: str = "") -> Reply:
    standard, wrong = standard_of(one.standard), ""
    found: list[FoundOut] = []
    try:
        answers = read_answers(kept, standard).answers
        found = [FoundOut(question=key, value=each.value, locator=each.locator) for key, each in answers.items()]
    except FairleadError as error:
        wrong = told(error)
    content = AnswersFileOut(
        number=kept.pk,
        name=kept.name,
        own_form=kept.own_form,
        taken_at=kept.taken_at,
        wrong=wrong,
        sheets=[
            TemplateSheetOut(
                sheet=str(sheet.get("sheet") or ""),
                answers=str(sheet["answers"] or ""),
                cells=[
                    CellOut(text=str(cell.get("text") or ""), question=str(cell["question"] or ""))
                    for cell in sheet["cells"]
                ],
            )
            for sheet in kept.mapping
        ],
        found=found,
    )
    return Reply(content, location=location)


def _or_refused(error: Refused) -> Problem:
    return not_now(str(error), "Fetch the questionnaire and look at its state.")


@adds_files(router, _ONE + "/answer-files", needs=Capability.ASK, reply=AnswersFileOut)
def upload_answers(request: ApiRequest, number: Number, file: File[UploadedFile]) -> Reply:
    """Upload a filled workbook, Fairlead's own form or another template; nothing of it counts yet."""
    one = find(request, number)
    try:
        kept = take_in(one, file, request.user)
    except Refused as error:
        raise _or_refused(error) from error
    return _file_reply(one, kept, location=f"{request.path}/{kept.pk}")


@reads(router, _ONE + "/answer-files/{file}", needs=Capability.ASK, reply=AnswersFileOut)
def read_answers_file(request: ApiRequest, number: Number, file: Number) -> Reply:
    """How a filled workbook is understood, and what was found in it."""
    one = find(request, number)
    return _file_reply(one, _file(one, file))


@adds(router, _ONE + "/answer-files/{file}/mapping", needs=Capability.ASK, reply=AnswersFileOut, status=200)
def map_answers_file(request: ApiRequest, number: Number, file: Number, body: MappingIn) -> Reply:
    """Correct how another template is understood; a mapping that cannot be read is not kept."""
    one = find(request, number)
    kept = _file(one, file)
    if kept.own_form or kept.taken_at is not None:
        raise not_now("There is no mapping to correct.", "Only another template, not taken over yet, has one.")
    for n, sheet in enumerate(body.sheets):
        cells = len(kept.mapping[sheet.place]["cells"]) if sheet.place < len(kept.mapping) else 0
        if sheet.place >= len(kept.mapping) or any(cell.place >= cells for cell in sheet.cells):
            raise invalid([(f"body.sheets.{n}", "The file has no such sheet or cell.")])
    answers = {sheet.place: sheet.answers for sheet in body.sheets if sheet.answers is not None}
    chosen = {(sheet.place, cell.place): cell.question for sheet in body.sheets for cell in sheet.cells}
    kept.mapping = corrected(kept.mapping, answers, chosen)
    read_answers(kept, standard_of(one.standard))
    keep_mapping(one, kept, request.user)
    return _file_reply(one, kept)


@adds(
    router, _ONE + "/answer-files/{file}/take", needs=Capability.ASK, reply=AnswersFileOut, status=200, media_type=None
)
def take_answers_file(request: ApiRequest, number: Number, file: Number) -> Reply:
    """Put the answers of a file into the questionnaire, which then counts as answered."""
    one = find(request, number)
    kept = _file(one, file)
    try:
        take_over(one, kept, read_answers(kept, standard_of(one.standard)), request.user)
    except Refused as error:
        raise _or_refused(error) from error
    return _file_reply(one, _file(one, file))
