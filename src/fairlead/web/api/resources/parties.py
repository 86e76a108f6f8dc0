"""Parties: suppliers, labour providers, owners."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.model.vocabulary import PartyKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, changes, reads
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Country, Given, LongText, ShortText
from fairlead.web.api.versions import as_seen_now
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties import edit, parts
from fairlead.web.parties.forms import PartyForm
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.parties.part_forms import IdentifierForm
from fairlead.web.parties.party_list import PARTY_LIST

router = Router(tags=["parties"])

_SEEN: Final = (RecordState.LIVE, RecordState.MERGED)
Kind = Annotated[PartyKind, Field(strict=False)]


class IdentifierOut(BaseModel):
    """A number in a register; `valid` is null where the register's numbers have no check."""

    scheme: str
    value: str
    valid: bool | None


class RatingOut(BaseModel):
    """What the newest assessment says; `assessed` without a band is no data, which is neither low nor zero."""

    assessed: bool
    band: str | None
    p: float | None
    p_low: float | None
    p_high: float | None
    find_out: bool | None


class PartyOut(BaseModel):
    """A party's facts. One that was merged into another names it."""

    id: str
    version: int
    state: str
    merged_into: str | None
    name: str
    other_names: list[str]
    kind: str
    country: str | None
    tier: int | None
    contact_email: str
    language: str
    note: str
    created_at: datetime
    changed_at: datetime


class IdentifiersOut(BaseModel):
    """The numbers of a party."""

    items: list[IdentifierOut]


class PartyRowOut(PartyOut):
    """A party as the list has it, with its numbers and its rating, which change without its version."""

    identifiers: list[IdentifierOut]
    rating: RatingOut


class PartyIn(Given):
    """A new party."""

    name: Annotated[ShortText, Field(min_length=1)]
    other_names: list[ShortText] = Field(default=[], max_length=100)
    kind: Kind = PartyKind.COMPANY
    country: Country | None = None
    tier: Annotated[int, Field(ge=0, le=32_767)] | None = None
    contact_email: ShortText = ""
    language: ShortText = ""
    note: LongText = ""


class PartyChange(Given):
    """What is to be changed of a party; what is left out stays."""

    name: Annotated[ShortText, Field(min_length=1)] | None = None
    other_names: list[ShortText] | None = Field(default=None, max_length=100)
    kind: Kind | None = None
    country: Country | None = None
    tier: Annotated[int, Field(ge=0, le=32_767)] | None = None
    contact_email: ShortText | None = None
    language: ShortText | None = None
    note: LongText | None = None


def _written(party: Party) -> dict[str, Any]:
    return {
        "id": party.uid,
        "version": party.version,
        "state": party.state,
        "merged_into": party.merged_into.uid if party.merged_into else None,
        "name": party.name,
        "other_names": [name for name in party.names if name != party.name],
        "kind": party.kind,
        "country": party.country,
        "tier": party.tier,
        "contact_email": party.contact_email,
        "language": party.language,
        "note": party.note,
        "created_at": party.created_at,
        "changed_at": party.changed_at,
    }


def _numbers(party: Party) -> list[IdentifierOut]:
    numbers = sorted(party.identifiers.all(), key=lambda each: (each.scheme, each.value))
    return [IdentifierOut(scheme=each.scheme, value=each.value, valid=each.valid) for each in numbers]


def _rating(party: Party) -> RatingOut:
    names = ("assessed", "band", "p", "p_low", "p_high", "find_out")
    return RatingOut(**{name: getattr(party, name) for name in names})


PARTIES: Final = ApiList(
    definition=PARTY_LIST,
    row=PartyRowOut,
    write=lambda party: PartyRowOut(**_written(party), identifiers=_numbers(party), rating=_rating(party)),
    related=lambda rows: rows.select_related("merged_into").prefetch_related("identifiers"),
)
lists(
    router,
    "/organisations/{organisation}/parties",
    PARTIES,
    needs=Capability.SEE,
    name="list_parties",
    about="The parties in use.",
)


def find(request: ApiRequest, party: str) -> Party:
    """Return a party of the organisation, also a merged one. Raises Http404 where there is none."""
    if "\x00" in party:
        raise Http404
    rows = Party.objects.select_related("merged_into", "organisation")
    return get_object_or_404(rows, organisation=request.organisation, uid=party, state__in=_SEEN)


def party_of(request: ApiRequest, uid: str, where: str) -> Party:
    """Return the party in use that a body names at a place. Raises Problem where there is none."""
    found = Party.live.filter(organisation=request.organisation, uid=uid).select_related("organisation").first()
    if found is None:
        raise invalid([(where, "There is no such party in use.")])
    return found


def _reply(party: Party, location: str = "") -> Reply:
    version = party.version if party.state == RecordState.LIVE else None  # merging keeps the version
    return Reply(PartyOut(**_written(party)), version=version, location=location)


@reads(router, "/organisations/{organisation}/parties/{party}", needs=Capability.SEE, reply=PartyOut, versioned=True)
def read_party(request: ApiRequest, party: str) -> Reply:
    """One party, also one that was merged into another."""
    return _reply(find(request, party))


@reads(router, "/organisations/{organisation}/parties/{party}/rating", needs=Capability.SEE, reply=RatingOut)
def read_party_rating(request: ApiRequest, party: str) -> Reply:
    """What the newest assessment says of one party.

    A rating orders questions; it is no finding about anybody.
    """
    return Reply(_rating(find(request, party)))


@reads(router, "/organisations/{organisation}/parties/{party}/identifiers", needs=Capability.SEE, reply=IdentifiersOut)
def list_party_identifiers(request: ApiRequest, party: str) -> Reply:
    """The numbers of one party in registers."""
    return Reply(IdentifiersOut(items=_numbers(find(request, party))))


@adds(router, "/organisations/{organisation}/parties", needs=Capability.EDIT, reply=PartyOut)
def add_party(request: ApiRequest, body: PartyIn) -> Reply:
    """Add a party by hand."""
    form = PartyForm(_form_data(body.model_dump(mode="json")))
    checked(form)
    party = edit.add_party(request.organisation, request.user, form.values())
    return _reply(party, location=f"{request.path}/{party.uid}")


@changes(router, "/organisations/{organisation}/parties/{party}", needs=Capability.EDIT, reply=PartyOut)
def change_party(request: ApiRequest, party: str, body: PartyChange, seen: int) -> Reply:
    """Correct facts of a party."""
    now = find(request, party)
    if now.state != RecordState.LIVE:
        raise Http404
    as_seen_now(now, seen)
    facts = {name: _written(now)[name] for name in PartyIn.model_fields}
    form = PartyForm(_form_data({**facts, **body.model_dump(mode="json", exclude_unset=True)}))
    checked(form)
    return _reply(edit.edit_party(now, request.user, form.values(), seen=seen))


@adds(
    router,
    "/organisations/{organisation}/parties/{party}/withdraw",
    needs=Capability.EDIT,
    reply=None,
    status=204,
    media_type=None,
    versioned=True,
)
def withdraw_party(request: ApiRequest, party: str, seen: int) -> Reply:
    """Take a party out of use; it stays in the history and can be taken back."""
    now = find(request, party)
    if now.state != RecordState.LIVE:
        raise Http404
    parts.withdraw(as_seen_now(now, seen), request.user)
    return Reply(None)


@adds(
    router,
    "/organisations/{organisation}/parties/{party}/take-back",
    needs=Capability.EDIT,
    reply=PartyOut,
    status=200,
    media_type=None,
)
def take_back_party(request: ApiRequest, party: str) -> Reply:
    """Put a party that was withdrawn into use again."""
    if "\x00" in party:
        raise Http404
    withdrawn = Party.objects.filter(organisation=request.organisation, state=RecordState.WITHDRAWN)
    parts.take_back(get_object_or_404(withdrawn, uid=party), request.user)
    return _reply(find(request, party))


class IdentifierIn(Given):
    """A number in a register: its scheme, such as KZ-BIN, or ID for another register."""

    scheme: Annotated[ShortText, Field(min_length=1, max_length=40)]
    value: Annotated[ShortText, Field(min_length=1, max_length=80)]


class IdentifierGone(Given):
    """A number as the list of a party's numbers has it."""

    scheme: ShortText
    value: ShortText


@adds(router, "/organisations/{organisation}/parties/{party}/identifiers", needs=Capability.EDIT, reply=IdentifiersOut)
def add_party_identifier(request: ApiRequest, party: str, body: IdentifierIn) -> Reply:
    """Add a number to a party; one that fails its check is kept and marked. Return all that it has."""
    one = party_of(request, find(request, party).uid, "address")
    form = IdentifierForm(one, body.model_dump())
    checked(form)
    if form.read is not None:
        parts.add_identifier(one, request.user, form.read)
    return Reply(IdentifiersOut(items=_numbers(one)))


@adds(
    router,
    "/organisations/{organisation}/parties/{party}/identifiers/remove",
    needs=Capability.EDIT,
    reply=IdentifiersOut,
    status=200,
)
def remove_party_identifier(request: ApiRequest, party: str, body: IdentifierGone) -> Reply:
    """Take a number away from a party; adding it again gives it back. Return those that it still has."""
    one = party_of(request, find(request, party).uid, "address")
    number = one.identifiers.filter(scheme=body.scheme, value=body.value).select_related("party__organisation").first()
    if number is None:
        raise invalid([("body.value", "The party has no such number.")])
    parts.remove_identifier(number, request.user)
    return Reply(IdentifiersOut(items=_numbers(one)))


def _form_data(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts as the page's form takes them: names one a line, empty for what is not known."""
    return {
        **{name: "" if value is None else value for name, value in facts.items()},
        "other_names": "\n".join(facts["other_names"] or ()),
    }
