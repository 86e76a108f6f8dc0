"""Links: who supplies, recruits for, owns or houses whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field, StringConstraints

from fairlead.model.vocabulary import LinkKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, changes, reads
from fairlead.web.api.problems import invalid
from fairlead.web.api.resources.parties import party_of
from fairlead.web.api.values import Day, Given, ShortText
from fairlead.web.api.versions import as_seen_now
from fairlead.web.chain.link_list import at_either_end
from fairlead.web.lists.definition import Column, Filter, ListDefinition, Lookup, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties import parts
from fairlead.web.parties.lookup import party_lookup
from fairlead.web.parties.models import Link, Party, RecordState
from fairlead.web.parties.part_forms import LinkForm
from fairlead.web.parties.tables import LINK_COLUMNS

router = Router(tags=["links"])

_SAME: Final = ("version", *(name for name in LINK_COLUMNS if name != "spend"), "created_at", "changed_at")


class LinkOut(BaseModel):
    """A link from the one who gives to the one who receives; what is not known is null."""

    id: str
    version: int
    from_party: str
    to_party: str | None = Field(description="null where the link leads to the organisation itself")
    to_organisation: bool
    kind: str
    good: str | None
    product: str | None = Field(description="HS 2022")
    sector: str | None
    isic: str | None = Field(description="ISIC revision 4")
    tier: int | None
    share: float | None = Field(description="From 0 to 1")
    spend: str | None = Field(description="An amount, exact, as text; its currency is beside it")
    currency: str | None = Field(description="ISO 4217")
    from_date: str | None
    to_date: str | None
    created_at: datetime
    changed_at: datetime


def _rows(organisation: Organisation) -> QuerySet[Link]:
    return Link.live.filter(organisation=organisation, from_party__state=RecordState.LIVE)


def _written(link: Link) -> LinkOut:
    return LinkOut(
        id=link.uid,
        from_party=link.from_party.uid,
        to_party=link.to_party.uid if link.to_party else None,
        to_organisation=link.to_self,
        spend=None if link.spend is None else str(link.spend),
        **{name: getattr(link, name) for name in _SAME},
    )


LINKS: Final = ApiList(
    definition=ListDefinition(
        key="links",
        title="Links",
        page="",
        rows=_rows,
        columns=(Column("tier", "Tier", lambda row: row.tier, order=("tier",)),),
        order=("pk",),
        filters=(Filter("kind", "Kind", lambda _: [(str(kind), str(kind)) for kind in LinkKind], equals("kind")),),
    ),
    row=LinkOut,
    write=_written,
    lookups=(
        Lookup("from_party", "Only links from this party", equals("from_party__uid")),
        Lookup("to_party", "Only links to this party", equals("to_party__uid")),
        replace(party_lookup(at_either_end), title="Only links at either end of which this party stands"),
    ),
    related=lambda rows: rows.select_related("from_party", "to_party"),
)
lists(
    router,
    "/organisations/{organisation}/links",
    LINKS,
    needs=Capability.SEE,
    name="list_links",
    about="The links of parties in use.",
)


class LinkFacts(Given):
    """What is known of a link: its kind, what flows, how much, since when."""

    kind: Annotated[LinkKind, Field(strict=False)]
    good: ShortText | None = None
    product: Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6})$")] | None = None
    sector: ShortText | None = None
    tier: Annotated[int, Field(ge=0, le=32_767)] | None = None
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    spend: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}([.][0-9]{1,4})?$")] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    from_date: Day | None = None
    to_date: Day | None = None


class LinkIn(LinkFacts):
    """A new link from one party to another, or to the organisation itself."""

    from_party: ShortText
    to_party: ShortText | None = None
    to_organisation: bool = False


class LinkChange(LinkFacts):
    """What is to be changed of a link; what is left out stays, and so do its ends."""

    kind: Annotated[LinkKind, Field(strict=False)] | None = None  # type: ignore[assignment]


def find(request: ApiRequest, link: str) -> Link:
    """Return a link in use of the organisation. Raises Http404 where there is none."""
    if "\x00" in link:
        raise Http404
    rows = _rows(request.organisation).select_related("from_party", "to_party", "organisation")
    return get_object_or_404(rows, uid=link)


_NAMES: Final = {"what": "kind", "other": "to_party", "share_percent": "share"}


def _checked(party: Party, to: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a link that goes out from a party, checked by the form of the pages."""
    given = {name: "" if value is None else value for name, value in facts.items()}
    share = facts["share"]
    percent = "" if share is None else format(Decimal(str(share)) * 100, "f")
    form = LinkForm(party, {**given, "what": f"out:{facts['kind']}", "other": to, "share_percent": percent})
    checked(form, _NAMES)
    return form.values()


def _reply(link: Link, location: str = "") -> Reply:
    return Reply(_written(link), version=link.version, location=location)


@reads(router, "/organisations/{organisation}/links/{link}", needs=Capability.SEE, reply=LinkOut, versioned=True)
def read_link(request: ApiRequest, link: str) -> Reply:
    """One link."""
    return _reply(find(request, link))


@adds(router, "/organisations/{organisation}/links", needs=Capability.EDIT, reply=LinkOut)
def add_link(request: ApiRequest, body: LinkIn) -> Reply:
    """Add a link between two parties, or from a party to the organisation itself."""
    party = party_of(request, body.from_party, "body.from_party")
    if (body.to_party is None) == (not body.to_organisation):
        raise invalid([("body.to_party", "Say either a party, or to_organisation.")])
    to = LinkForm.OURSELVES if body.to_party is None else body.to_party
    values = _checked(party, to, body.model_dump(mode="json", exclude={"from_party", "to_party", "to_organisation"}))
    link = parts.add_link(party, request.user, values)
    return _reply(link, location=f"{request.path}/{link.uid}")


@changes(router, "/organisations/{organisation}/links/{link}", needs=Capability.EDIT, reply=LinkOut)
def change_link(request: ApiRequest, link: str, body: LinkChange, seen: int) -> Reply:
    """Correct facts of a link."""
    now = as_seen_now(find(request, link), seen)
    facts = {name: getattr(_written(now), name) for name in LinkFacts.model_fields}
    sent = body.model_dump(mode="json", exclude_unset=True)
    if sent.get("kind", "") is None:
        sent.pop("kind")
    to = LinkForm.OURSELVES if now.to_self else now.to_party.uid if now.to_party else ""
    parts.correct(now, request.user, _checked(now.from_party, to, {**facts, **sent}), seen=seen)
    return _reply(find(request, link))


@adds(
    router,
    "/organisations/{organisation}/links/{link}/withdraw",
    needs=Capability.EDIT,
    reply=None,
    status=204,
    media_type=None,
    versioned=True,
)
def withdraw_link(request: ApiRequest, link: str, seen: int) -> Reply:
    """Take a link out of use; it stays in the history."""
    parts.withdraw(as_seen_now(find(request, link), seen), request.user)
    return Reply(None)


@adds(
    router,
    "/organisations/{organisation}/links/{link}/take-back",
    needs=Capability.EDIT,
    reply=LinkOut,
    status=200,
    media_type=None,
)
def take_back_link(request: ApiRequest, link: str) -> Reply:
    """Put a link that was withdrawn into use again."""
    if "\x00" in link:
        raise Http404
    withdrawn = Link.objects.filter(organisation=request.organisation, state=RecordState.WITHDRAWN)
    parts.take_back(get_object_or_404(withdrawn.select_related("organisation"), uid=link), request.user)
    return _reply(find(request, link))
