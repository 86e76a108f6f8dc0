"""Questionnaires: made, read beside the evidence, and what they ask changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Final

from django.shortcuts import get_object_or_404
from django.utils.translation import override
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.language import Language
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, changes, reads
from fairlead.web.api.problems import not_now
from fairlead.web.api.resources.parties import party_of
from fairlead.web.api.values import Given, Number, ShortText, WholeDay
from fairlead.web.api.versions import as_seen_now
from fairlead.web.lists.definition import Lookup, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.questionnaires import moves
from fairlead.web.questionnaires.forms import AskForm, SettingsForm
from fairlead.web.questionnaires.models import ANSWERED, Questionnaire, State
from fairlead.web.questionnaires.questionnaire_list import EXPIRING_LIST, QUESTIONNAIRE_LIST
from fairlead.web.questionnaires.review import about, found_contradictions
from fairlead.web.questionnaires.send import Refused
from fairlead.web.questionnaires.shown import About, shown_question
from fairlead.web.questionnaires.tokens import address, newest_link

router = Router(tags=["questionnaires"])

BASE: Final = "/organisations/{organisation}/questionnaires"
ONE: Final = BASE + "/{number}"
Lang = Annotated[str, StringConstraints(pattern=r"^(en|ru|kk|fr)$")]
Greeting = Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")]


class QuestionnaireRowOut(BaseModel):
    """A questionnaire to one party; `overdue` and `expired` follow from its dates."""

    number: int
    version: int
    party: str
    state: str
    form: str = Field(description="short or deep")
    standard: int = Field(description="The number of the version of the standard")
    language: str
    due_on: date
    greeting: str
    email: str
    reminders: bool = Field(description="Whether the supplier is reminded by itself")
    asked: int
    answered: int
    overdue: bool
    expired: bool
    link_wanted: bool
    created_at: datetime
    sent_at: datetime | None
    reminded_at: datetime | None
    submitted_at: datetime | None
    decided_at: datetime | None


class QuestionnaireOut(QuestionnaireRowOut):
    """A questionnaire, with what was remarked when it was sent back, and the supplier's link.

    `link` opens the questionnaire to whoever has it; it takes the scope to ask, and is null where none holds.
    """

    remarks: str
    link: str | None


class AskedOut(BaseModel):
    """A question, why it is asked of this party, and its answer, in English; an empty value is no answer."""

    key: str
    chapter: str
    ask: str
    because: str
    of_the_law: bool
    applies: bool
    type: str
    value: str
    currency: str
    words: str
    note: str
    proofs: list[int] = Field(description="Numbers of the files that the supplier attached")


class AnswersOut(BaseModel):
    """The questions of a questionnaire with the answers; these are told once they were sent in."""

    items: list[AskedOut]


class ContradictionOut(BaseModel):
    """What an answer and something else on record say against each other, in English."""

    sentence: str
    answer: str
    other: str
    kind: str
    evidence: str | None
    restricted: bool


class ContradictionsOut(BaseModel):
    """The contradictions; those that rest on restricted evidence only with the scope for it."""

    items: list[ContradictionOut]


class ExpiringOut(BaseModel):
    """An answer in the evidence, and until when it counts."""

    questionnaire: int | None = Field(description="Null where the supplier shares answers to another organisation")
    party: str
    question: str
    evidence: str
    expires_on: date


class MakeIn(Given):
    """Whom to ask, by when and in which language; each party's own where it is left out."""

    parties: list[ShortText] = Field(min_length=1, max_length=200)
    due_on: WholeDay
    language: Lang | None = None
    greeting: Greeting = ""
    reminders: bool = True


class MadeOut(BaseModel):
    """The drafts that were made."""

    items: list[QuestionnaireRowOut]


class SettingsIn(Given):
    """What is to be changed of a questionnaire; what is left out stays."""

    email: ShortText = ""
    due_on: WholeDay = ""
    language: Lang = "en"
    greeting: Greeting = ""
    reminders: bool = True


class QuestionsIn(Given):
    """Questions to put in and to take out, by their keys in the standard."""

    add: list[ShortText] = Field(default=[], max_length=500)
    remove: list[ShortText] = Field(default=[], max_length=500)


def _row(one: Questionnaire) -> dict[str, Any]:
    apart = {"number", "party", "standard", "asked", "answered"}
    return {
        "number": one.pk,
        "party": one.party.uid,
        "standard": one.standard.number,
        "asked": one.asked_count,
        "answered": one.answered_count,
        **{name: getattr(one, name) for name in QuestionnaireRowOut.model_fields if name not in apart},
    }


lists(
    router,
    BASE,
    ApiList(
        definition=QUESTIONNAIRE_LIST,
        row=QuestionnaireRowOut,
        write=lambda one: QuestionnaireRowOut(**_row(one)),
        lookups=(Lookup("party", "Only questionnaires to this party", equals("party__uid")),),
    ),
    needs=Capability.SEE,
    name="list_questionnaires",
    about="The questionnaires, the newest first.",
)
lists(
    router,
    "/organisations/{organisation}/expiring-answers",
    ApiList(
        definition=EXPIRING_LIST,
        row=ExpiringOut,
        write=lambda row: ExpiringOut(
            questionnaire=row.questionnaire_id,
            party=row.evidence.party.uid,
            question=row.question,
            evidence=row.evidence.uid,
            expires_on=row.expires_on,
        ),
    ),
    needs=Capability.SEE,
    name="list_expiring_answers",
    about="Answers in the evidence, by the day until which they count.",
)


def find(request: ApiRequest, number: int) -> Questionnaire:
    """Return a questionnaire of the organisation. Raises Http404 where there is none."""
    rows = Questionnaire.objects.select_related("organisation", "party", "party__merged_into", "standard")
    return get_object_or_404(rows.defer("standard__changes"), pk=number, organisation=request.organisation)


def reply(request: ApiRequest, number: int, location: str = "") -> Reply:
    """Return a questionnaire as it is now, with its version."""
    one = find(request, number)
    link = None
    if request.auth.may(Capability.ASK) and one.state not in {State.DRAFT, State.CANCELLED}:
        newest = newest_link(one)
        link = address(newest) if newest and newest.holds else None
    content = QuestionnaireOut(**_row(one), remarks=one.remarks, link=link)
    return Reply(content, version=one.version, location=location)


@adds(router, BASE, needs=Capability.ASK, reply=MadeOut)
def make_questionnaires(request: ApiRequest, body: MakeIn) -> Reply:
    """Make a draft for each party; what it asks follows from the standard, the rating and the evidence."""
    parties = [party_of(request, uid, f"body.parties.{n}") for n, uid in enumerate(dict.fromkeys(body.parties))]
    data = body.model_dump(exclude={"parties"})
    form = AskForm({**data, "language": body.language or ""})
    checked(form)
    made = moves.make_drafts(parties, request.organisation, request.user, form.cleaned_data)
    return Reply(MadeOut(items=[QuestionnaireRowOut(**_row(one)) for one in made]))


@reads(router, ONE, needs=Capability.SEE, reply=QuestionnaireOut, versioned=True)
def read_questionnaire(request: ApiRequest, number: Number) -> Reply:
    """One questionnaire."""
    return reply(request, number)


def answers_reply(told: About, *, answered: bool, because: bool = True) -> Reply:
    """Return the questions of a questionnaire, with the answers where they were sent in.

    `because` is false for another organisation, whose reasons are its own.
    """
    tongue = Language("en")
    items = []
    with override("en"):
        for each in told.asked.asked:
            shown = shown_question(each, told, tongue)
            said = {"value": shown.value, "currency": shown.currency, "words": shown.answer_words, "note": shown.note}
            items.append(
                AskedOut(
                    key=shown.key,
                    chapter=each.provision.topic,
                    ask=shown.ask,
                    because=tongue.render(each.because) if because else "",
                    of_the_law=each.provision.of_the_law,
                    applies=shown.applies,
                    type=shown.type,
                    proofs=[proof.pk for proof in shown.proofs] if answered and because else [],
                    **(said if answered else dict.fromkeys(said, "")),
                )
            )
    return Reply(AnswersOut(items=items))


@reads(router, ONE + "/answers", needs=Capability.SEE, reply=AnswersOut)
def read_questionnaire_answers(request: ApiRequest, number: Number) -> Reply:
    """The questions with why they are asked, and the answers once they were sent in."""
    one = find(request, number)
    return answers_reply(about(one), answered=one.state in ANSWERED)


def contradictions_reply(request: ApiRequest, one: Questionnaire, **more: Any) -> Reply:
    """Return what contradicts the answers of a questionnaire."""
    with override("en"):
        restricted = request.auth.may(Capability.RESTRICTED)
        found = found_contradictions(one, about(one), request.organisation, restricted=restricted, **more)
    items = [
        ContradictionOut(
            evidence=each["source"].uid if each["source"] else None,
            **{name: each[name] for name in ("sentence", "answer", "other", "kind", "restricted")},
        )
        for each in found
    ]
    return Reply(ContradictionsOut(items=items))


@reads(router, ONE + "/contradictions", needs=Capability.SEE, reply=ContradictionsOut)
def list_contradictions(request: ApiRequest, number: Number) -> Reply:
    """What on record contradicts the answers; none before they were sent in."""
    one = find(request, number)
    return contradictions_reply(request, one) if one.state in ANSWERED else Reply(ContradictionsOut(items=[]))


@changes(router, ONE, needs=Capability.ASK, reply=QuestionnaireOut)
def change_questionnaire(request: ApiRequest, number: Number, body: SettingsIn, seen: int) -> Reply:
    """Change the address, the day, the language, the greeting, or whether the supplier is reminded by itself."""
    one = as_seen_now(find(request, number), seen)
    now = {name: getattr(one, name) for name in SettingsIn.model_fields}
    form = SettingsForm({**now, **body.model_dump(exclude_unset=True)})
    checked(form)
    return take_step(request, number, lambda: moves.change_settings(one, request.user, form.cleaned_data, seen=seen))


def take_step(request: ApiRequest, number: int, step: Callable[[], object]) -> Reply:
    """Take a step and return the questionnaire then. Raises Problem with 409 where its state does not allow it."""
    try:
        step()
    except Refused as error:
        raise not_now(str(error), "Fetch the questionnaire and look at its state and its day.") from error
    return reply(request, number)


@adds(router, ONE + "/questions", needs=Capability.ASK, reply=QuestionnaireOut, status=200, versioned=True)
def change_questionnaire_questions(request: ApiRequest, number: Number, body: QuestionsIn, seen: int) -> Reply:
    """Put questions into a draft or take them out; those of the legal minimum stay."""
    one = find(request, number)
    return take_step(request, number, lambda: moves.set_questions(one, request.user, body.add, body.remove, seen=seen))
