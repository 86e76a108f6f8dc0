"""The organisation's standard of labour practices: read, its versions, adapted, kept."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.standard import AnswerType
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Parameter, Reply, adds, changes, reads, reads_file
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Given, ShortText, WholeNumber
from fairlead.web.audit.chain import record
from fairlead.web.lists.definition import ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.standards.drafting import keep_draft, save_draft
from fairlead.web.standards.files import FILES, content_of
from fairlead.web.standards.keep import draft_of, newest, standard_of
from fairlead.web.standards.models import StandardDraft, StandardVersion
from fairlead.web.standards.shown import chapters, shown_differences

router = Router(tags=["standard"])

_BASE: Final = "/organisations/{organisation}/standard"
FileKind = Literal["yaml", "xlsx", "changes"]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[^\x00]*\S[^\x00]*$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*\S[^\x00]*$")]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*\S[^\x00]*$")]


class StandardQuestionOut(BaseModel):
    """A question that a provision leads to, in English."""

    key: str
    ask: str
    type: str
    proof: str
    form: str
    months: int | None = Field(description="For how long its answer holds")


class ProvisionOut(BaseModel):
    """A provision, in English; what is law and what is guidance stand apart."""

    key: str
    title: str
    legal_minimum: str
    good_practice: str
    own_words: str
    supplement: str
    raised: bool
    of_the_law: bool
    law: list[str]
    guidance: list[str]
    questions: list[StandardQuestionOut]


class ChapterOut(BaseModel):
    """A chapter."""

    key: str
    title: str
    provisions: list[ProvisionOut]


class StandardOut(BaseModel):
    """A version of the standard with all its supplements; `number` is 0 for Fairlead's own."""

    number: int
    name: str
    hashed: str
    chapters: list[ChapterOut]


class VersionOut(BaseModel):
    """A version that the organisation has kept."""

    number: int
    name: str
    hashed: str
    made_at: datetime
    asked: int = Field(description="Questionnaires that were asked with it")


class DifferenceOut(BaseModel):
    """One difference between two versions, in English."""

    title: str
    kind: str
    field: str
    before: str
    after: str


class DifferencesOut(BaseModel):
    """In what two versions differ."""

    items: list[DifferenceOut]


class DraftOut(BaseModel):
    """The changes to Fairlead's own standard that the organisation is working on, as a file of changes has them."""

    name: str
    version: int
    changes: list[dict[str, Any]]


class SourceIn(Given):
    """An instrument and the place in it."""

    instrument: Annotated[Key, Field(alias="in")]
    at: Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]*\S[^\x00]*$")]


class QuestionIn(Given):
    """A question of an added provision."""

    key: Key
    ask: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*\S[^\x00]*$")]
    type: Annotated[AnswerType, Field(strict=False)]
    proof: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")] | None = (
        None
    )


class ProvisionIn(Given):
    """An added provision."""

    topic: Key
    title: Title
    good_practice: Paragraph
    sources: list[SourceIn] = Field(min_length=1, max_length=20)
    questions: list[QuestionIn] = Field(min_length=1, max_length=20)


class ChangeIn(Given):
    """One change: `add` with its provision, `reword` with what it says anew, `raise`, `remove` or `remove_question`.

    The last two need a reason.
    """

    add: Key | None = None
    provision: ProvisionIn | None = None
    reword: Key | None = None
    title: Title | None = None
    good_practice: Paragraph | None = None
    own_words: Paragraph | None = None
    raised: Annotated[Key | None, Field(alias="raise")] = None
    remove: Key | None = None
    remove_question: Key | None = None
    reason: Reason | None = None


class DraftIn(Given):
    """All changes of the draft, those that stay among them."""

    changes: list[ChangeIn] = Field(max_length=500)


class KeepIn(Given):
    """The name of the version."""

    name: Annotated[ShortText, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]


def _whole(version: StandardVersion | None) -> Reply:
    standard = standard_of(version)
    with override("en"):
        found = [
            ChapterOut(
                key=chapter.key, title=chapter.title, provisions=[_provision(each) for each in chapter.provisions]
            )
            for chapter in chapters(standard, [each.key for each in standard.supplements])
        ]
    number = version.number if version else 0
    return Reply(StandardOut(number=number, name=standard.name, hashed=standard.version, chapters=found))


def _provision(one: Any) -> ProvisionOut:
    questions = [StandardQuestionOut(**{**each, "type": str(each["type"])}) for each in one.questions]
    same = (name for name in ProvisionOut.model_fields if name != "questions")
    return ProvisionOut(questions=questions, **{name: getattr(one, name) for name in same})


def _version(request: ApiRequest, number: int) -> StandardVersion | None:
    """Return a version; None for 0, Fairlead's own. Raises Http404."""
    return get_object_or_404(StandardVersion, organisation=request.organisation, number=number) if number else None


@reads(router, _BASE, needs=Capability.SEE, reply=StandardOut)
def read_standard(request: ApiRequest) -> Reply:
    """The version of the standard that the organisation asks with."""
    return _whole(newest(request.organisation))


lists(
    router,
    _BASE + "/versions",
    ApiList(
        definition=ListDefinition(
            key="standard_versions",
            title="Versions of the standard",
            page="",
            rows=lambda organisation: StandardVersion.objects.filter(organisation=organisation).defer("changes"),
            columns=(),
            order=("-number",),
        ),
        row=VersionOut,
        write=lambda one: VersionOut(**{name: getattr(one, name) for name in VersionOut.model_fields}),
        related=lambda rows: rows.annotate(asked=Count("questionnaires")),
    ),
    needs=Capability.SEE,
    name="list_standard_versions",
    about="The versions that the organisation has kept, the newest first.",
)

VersionNumber = Annotated[WholeNumber, Field(ge=0, le=2**31 - 1)]


@reads(router, _BASE + "/versions/{number}", needs=Capability.SEE, reply=StandardOut)
def read_standard_version(request: ApiRequest, number: VersionNumber) -> Reply:
    """One version; 0 is Fairlead's own."""
    return _whole(_version(request, number))


@reads_file(
    router,
    _BASE + "/versions/{number}/files/{kind}",
    needs=Capability.EXPORT,
    media_types=sorted({content_type.partition(";")[0] for _name, content_type in FILES.values()}),
)
def read_standard_file(request: ApiRequest, number: VersionNumber, kind: FileKind) -> HttpResponse:
    """A version as YAML or XLSX, or its changes as the command line reads them; 0 is Fairlead's own."""
    version = _version(request, number)
    record(
        "standard.exported",
        organisation=request.organisation,
        actor=request.user,
        subject=standard_of(version).version[:80],
        detail={"kind": kind},
    )
    name, content_type = FILES[kind]
    answer = HttpResponse(content_of(version, kind), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _number_parameter(name: str, about: str) -> Parameter:
    schema = {"type": "integer", "minimum": 0, "maximum": 10**9}
    return {"in": "query", "name": name, "required": True, "schema": schema, "description": about}


def _numbered(request: ApiRequest, name: str) -> StandardVersion | None:
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10) or len(request.GET.getlist(name)) > 1:  # noqa: PLR2004
        raise invalid([(f"query.{name}", "It is no number of a version.")])
    found = StandardVersion.objects.filter(organisation=request.organisation, number=int(text)).first()
    if found is None and int(text):
        raise invalid([(f"query.{name}", "There is no such version.")])
    return found


@reads(
    router,
    _BASE + "/differences",
    needs=Capability.SEE,
    reply=DifferencesOut,
    parameters=(
        _number_parameter("old", "The number of a version; 0 is Fairlead's own"),
        _number_parameter("new", "The number of the other"),
    ),
)
def compare_standard_versions(request: ApiRequest) -> Reply:
    """In what two versions differ."""
    old, new = (standard_of(_numbered(request, name)) for name in ("old", "new"))
    with override("en"):
        items = [
            DifferenceOut(**{name: str(getattr(each, name)) for name in DifferenceOut.model_fields})
            for each in shown_differences(old, new)
        ]
    return Reply(DifferencesOut(items=items))


def _draft(draft: StandardDraft) -> Reply:
    return Reply(DraftOut(name=draft.name, version=draft.version, changes=draft.changes), version=draft.version)


@reads(router, _BASE + "/draft", needs=Capability.STANDARD, reply=DraftOut, versioned=True)
def read_standard_draft(request: ApiRequest) -> Reply:
    """The draft; where nobody has begun one, what it would begin with."""
    return _draft(draft_of(request.organisation))


@changes(router, _BASE + "/draft", needs=Capability.STANDARD, reply=DraftOut, method="PUT")
def change_standard_draft(request: ApiRequest, body: DraftIn, seen: int) -> Reply:
    """Say what the draft changes of Fairlead's own standard; the legal minimum cannot be taken away."""
    told = [each.model_dump(mode="json", by_alias=True, exclude_none=True) for each in body.changes]
    return _draft(save_draft(draft_of(request.organisation), told, request.user, seen=seen))


@adds(router, _BASE + "/draft/keep", needs=Capability.STANDARD, reply=StandardOut, versioned=True)
def keep_standard_draft(request: ApiRequest, body: KeepIn, seen: int) -> Reply:
    """Keep the draft as the version that is asked with from now on."""
    version = keep_draft(request.organisation, body.name.strip(), request.user, seen=seen)
    reply = _whole(version)
    base = request.path.partition("/draft/")[0]
    return Reply(reply.content, location=f"{base}/versions/{version.number}")
