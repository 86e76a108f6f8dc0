"""Corrective actions: what is to be put right, by whom, until when, what shows it, and who pays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field, StringConstraints

from fairlead.remedy import Move, Verifier, moves
from fairlead.web.actions.action_list import ACTION_LIST, rows, what
from fairlead.web.actions.edit import add_action as add
from fairlead.web.actions.edit import edit_action as edit
from fairlead.web.actions.forms import ActionForm, people
from fairlead.web.actions.models import ActionEvent, CorrectiveAction, Owner
from fairlead.web.actions.move import Given as GivenWithStep
from fairlead.web.actions.move import escalate, move, note
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import FILE, Reply, adds, adds_files, changes, reads, reads_file
from fairlead.web.api.resources.parties import party_of
from fairlead.web.api.values import Given, LongText, Number, ShortText
from fairlead.web.files.store import store
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.definition import Lookup, equals
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["actions"])

Money = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,14}([.][0-9]{1,2})?$"),
    Field(description="An amount, exact, as text, such as 12500.00"),
]
Whole = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Who = Annotated[Owner, Field(strict=False)]
_MONEY: Final = ("cost", "owed", "paid")


class ActionOut(BaseModel):
    """A corrective action."""

    id: str
    version: int
    party: str
    finding: str
    state: str
    what: str = Field(description="What is to be done, in English where it comes from the plan")
    words: str = Field(description="What a person wrote; empty where the step stands as the plan proposes it")
    proof_words: str
    owner: str
    followed_by: int | None = Field(description="The number of the account that follows it")
    due_on: date | None
    cost: str | None
    cost_bearer: str
    owed: str | None = Field(description="Owed to workers")
    paid: str | None = Field(description="Paid to workers")
    currency: str
    workers: int | None
    escalation: int
    verifier: str
    verifier_name: str
    agreed_on: date | None
    done_on: date | None
    verified_on: date | None
    closed_on: date | None
    created_at: datetime


class ActionEventOut(BaseModel):
    """One thing that happened to an action."""

    id: int
    kind: str
    at: datetime
    by: int | None
    words: str
    before: str
    after: str
    file: str | None = Field(description="The name of the file that is attached; read_action_file gives it")


class ActionEventsOut(BaseModel):
    """What happened to an action, the oldest first."""

    items: list[ActionEventOut]


class ActionFacts(Given):
    """What is agreed."""

    owner: Who = Owner.SUPPLIER
    followed_by: Annotated[int, Field(ge=1, le=2**53)] | None = None
    due_on: Whole | None = None
    proof_words: ShortText = ""
    cost: Money | None = None
    cost_bearer: Who = Owner.BUYER
    owed: Money | None = None
    paid: Money | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    workers: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class ActionIn(ActionFacts):
    """A new action for a party, in your words."""

    party: ShortText
    words: Annotated[str, StringConstraints(min_length=1, max_length=600, pattern=r"^[^\x00]*$")]


class ActionChange(ActionFacts):
    """What is to be changed of an action; what is left out stays."""

    words: Annotated[str, StringConstraints(max_length=600, pattern=r"^[^\x00]*$")] = ""


class StepIn(Given):
    """What is given with a step; the step says what it needs."""

    words: LongText = Field(default="", description="Why, what shows that it was done, or how it was verified")
    verifier: Annotated[Verifier, Field(strict=False)] | None = None
    verifier_name: ShortText = ""


class NoteIn(Given):
    """A note."""

    words: Annotated[LongText, Field(min_length=1)]


def _written(action: CorrectiveAction) -> ActionOut:
    names = set(ActionOut.model_fields) - {"id", "party", "what", "followed_by", *_MONEY}
    money: dict[str, Any] = {
        name: None if getattr(action, name) is None else str(getattr(action, name)) for name in _MONEY
    }
    return ActionOut(
        id=action.uid,
        party=action.party.uid,
        what=what(action),
        followed_by=action.followed_by_id,
        **money,
        **{name: getattr(action, name) for name in names},
    )


ACTIONS: Final = ApiList(
    definition=ACTION_LIST,
    row=ActionOut,
    write=_written,
    lookups=(Lookup("party", "Only actions of this party", equals("party__uid")),),
)
lists(
    router,
    "/organisations/{organisation}/actions",
    ACTIONS,
    needs=Capability.SEE,
    name="list_actions",
    about="The corrective actions.",
)


def find(request: ApiRequest, action: str) -> CorrectiveAction:
    """Return an action of the organisation. Raises Http404 where there is none."""
    if "\x00" in action:
        raise Http404
    return get_object_or_404(rows(request.organisation).select_related("organisation"), uid=action)


def _reply(action: CorrectiveAction, location: str = "") -> Reply:
    return Reply(_written(action), version=action.version, location=location)


@reads(router, "/organisations/{organisation}/actions/{action}", needs=Capability.SEE, reply=ActionOut, versioned=True)
def read_action(request: ApiRequest, action: str) -> Reply:
    """One corrective action."""
    return _reply(find(request, action))


@reads(router, "/organisations/{organisation}/actions/{action}/events", needs=Capability.SEE, reply=ActionEventsOut)
def read_action_events(request: ApiRequest, action: str) -> Reply:
    """What happened to an action."""
    events = find(request, action).events.select_related("file")
    return Reply(ActionEventsOut(items=[_event(each) for each in events]))


def _event(event: ActionEvent) -> ActionEventOut:
    same = {name: getattr(event, name) for name in ("kind", "at", "words", "before", "after")}
    return ActionEventOut(id=event.pk, by=event.by_id, file=event.file.name if event.file else None, **same)


def _form_data(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if value is None else value for name, value in facts.items()}


@adds(router, "/organisations/{organisation}/actions", needs=Capability.ACT, reply=ActionOut)
def add_action(request: ApiRequest, body: ActionIn) -> Reply:
    """Add a corrective action."""
    party = party_of(request, body.party, "body.party")
    facts = body.model_dump(mode="json", exclude={"party"})
    form = ActionForm(_form_data(facts), members=people(request.membership))
    checked(form)
    action = add(party, request.user, form.values())
    return _reply(action, location=f"{request.path}/{action.uid}")


@changes(router, "/organisations/{organisation}/actions/{action}", needs=Capability.ACT, reply=ActionOut)
def change_action(request: ApiRequest, action: str, body: ActionChange, seen: int) -> Reply:
    """Change what is agreed."""
    now = find(request, action)
    facts = {name: getattr(_written(now), name) for name in ActionChange.model_fields}
    sent = body.model_dump(mode="json", exclude_unset=True)
    form = ActionForm(_form_data({**facts, **sent}), instance=now, members=people(request.membership))
    checked(form)
    edit(
        now,
        request.user,
        form.values(),
        seen=seen,
        now=timezone.now(),
        fields=form.changed_data,
        words=form.changed_labels,
    )
    return _reply(find(request, action))


def _declare(step: Move) -> None:
    @adds(
        router,
        f"/organisations/{{organisation}}/actions/{{action}}/{step.key}",
        needs=Capability(step.needs),
        reply=ActionOut,
        status=200,
        versioned=True,
        name=f"{step.key}_action",
    )
    def take_step(request: ApiRequest, action: str, body: StepIn, seen: int) -> Reply:
        """Take a step of an action."""
        given = GivenWithStep(body.words.strip()[:4_000], None, str(body.verifier or ""), body.verifier_name[:200])
        by, may = request.user, request.auth.capabilities
        moved = move(find(request, action), step.key, given, by=by, may=may, now=timezone.now(), seen=seen)
        return _reply(moved)


for each_step in moves().values():
    _declare(each_step)


@adds(
    router,
    "/organisations/{organisation}/actions/{action}/escalate",
    needs=Capability.ACT,
    reply=ActionOut,
    status=200,
    versioned=True,
)
def escalate_action(request: ApiRequest, action: str, body: NoteIn, seen: int) -> Reply:
    """Write down that the next step of the escalation was taken."""
    given = GivenWithStep(body.words.strip()[:4_000])
    return _reply(escalate(find(request, action), given, by=request.user, now=timezone.now(), seen=seen))


@adds_files(router, "/organisations/{organisation}/actions/{action}/files", needs=Capability.ACT, reply=ActionEventOut)
def attach_to_action(
    request: ApiRequest,
    action: str,
    file: File[UploadedFile],
    words: Form[Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]] = "",
) -> Reply:
    """Attach a file to an action, such as a proof, with a few words; a step can then point at it."""
    found = find(request, action)
    given = GivenWithStep(words.strip(), store(file, request.organisation, request.user))
    return Reply(_event(note(found, given, by=request.user, now=timezone.now())))


@reads_file(
    router,
    "/organisations/{organisation}/actions/{action}/files/{number}",
    needs=Capability.SEE,
    media_types=[FILE],
)
def read_action_file(request: ApiRequest, action: str, number: Number) -> HttpResponse:
    """A file that is attached to an action; `number` is that of the event with which it came."""
    events = ActionEvent.objects.select_related("file").exclude(file=None)
    event = get_object_or_404(events, pk=number, action=find(request, action))
    if event.file is None:
        raise Http404
    return as_attachment(event.file)  # type: ignore[return-value]


@adds(router, "/organisations/{organisation}/actions/{action}/notes", needs=Capability.ACT, reply=ActionEventOut)
def note_action(request: ApiRequest, action: str, body: NoteIn) -> Reply:
    """Write a note beside an action."""
    event = note(find(request, action), GivenWithStep(body.words.strip()[:4_000]), by=request.user, now=timezone.now())
    return Reply(_event(event))
