"""Sites: the places where parties work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.model.vocabulary import SiteKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.forms import checked
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, adds, changes, reads
from fairlead.web.api.resources.parties import party_of
from fairlead.web.api.values import Country, Given, ShortText
from fairlead.web.api.versions import as_seen_now
from fairlead.web.lists.definition import Column, Filter, ListDefinition, Lookup, equals
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties import parts
from fairlead.web.parties.models import RecordState, Site
from fairlead.web.parties.part_forms import SiteForm

router = Router(tags=["sites"])


class SiteOut(BaseModel):
    """A site; what is not known is null."""

    id: str
    version: int
    party: str
    kind: str
    name: str | None
    address: str | None
    city: str | None
    region: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    workers: int | None
    created_at: datetime
    changed_at: datetime


def _rows(organisation: Organisation) -> QuerySet[Site]:
    return Site.live.filter(organisation=organisation, party__state=RecordState.LIVE)


def _written(site: Site) -> SiteOut:
    texts: dict[str, Any] = {
        name: getattr(site, name) or None for name in ("name", "address", "city", "region", "country")
    }
    same = ("version", "kind", "latitude", "longitude", "workers", "created_at", "changed_at")
    return SiteOut(id=site.uid, party=site.party.uid, **texts, **{name: getattr(site, name) for name in same})


SITES: Final = ApiList(
    definition=ListDefinition(
        key="sites",
        title="Sites",
        page="",
        rows=_rows,
        columns=(Column("country", "Country", lambda row: row.country, order=("country",)),),
        order=("pk",),
        filters=(Filter("kind", "Kind", lambda _: [(str(kind), str(kind)) for kind in SiteKind], equals("kind")),),
    ),
    row=SiteOut,
    write=_written,
    lookups=(
        Lookup("party", "Only sites of this party", equals("party__uid")),
        Lookup("country", "Only sites in this country (ISO 3166-1 alpha-3)", equals("country")),
    ),
    related=lambda rows: rows.select_related("party"),
)
lists(
    router,
    "/organisations/{organisation}/sites",
    SITES,
    needs=Capability.SEE,
    name="list_sites",
    about="The sites of parties in use.",
)


class SiteFacts(Given):
    """What is known of a site; at least one thing about where it is."""

    kind: Annotated[SiteKind, Field(strict=False)] = SiteKind.UNKNOWN
    name: ShortText = ""
    address: Annotated[ShortText, Field(max_length=600)] = ""
    city: Annotated[ShortText, Field(max_length=200)] = ""
    region: Annotated[ShortText, Field(max_length=200)] = ""
    country: Country | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    workers: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None


class SiteIn(SiteFacts):
    """A new site of a party."""

    party: ShortText


def find(request: ApiRequest, site: str) -> Site:
    """Return a site in use of the organisation. Raises Http404 where there is none."""
    if "\x00" in site:
        raise Http404
    return get_object_or_404(_rows(request.organisation).select_related("party", "organisation"), uid=site)


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    form = SiteForm({name: "" if value is None else value for name, value in facts.items()})
    checked(form)
    return form.values()


def _reply(site: Site, location: str = "") -> Reply:
    return Reply(_written(site), version=site.version, location=location)


@reads(router, "/organisations/{organisation}/sites/{site}", needs=Capability.SEE, reply=SiteOut, versioned=True)
def read_site(request: ApiRequest, site: str) -> Reply:
    """One site."""
    return _reply(find(request, site))


@adds(router, "/organisations/{organisation}/sites", needs=Capability.EDIT, reply=SiteOut)
def add_site(request: ApiRequest, body: SiteIn) -> Reply:
    """Add a site to a party."""
    party = party_of(request, body.party, "body.party")
    site = parts.add_site(party, request.user, _checked(body.model_dump(mode="json", exclude={"party"})))
    return _reply(site, location=f"{request.path}/{site.uid}")


@changes(router, "/organisations/{organisation}/sites/{site}", needs=Capability.EDIT, reply=SiteOut)
def change_site(request: ApiRequest, site: str, body: SiteFacts, seen: int) -> Reply:
    """Correct facts of a site; what is left out stays."""
    now = as_seen_now(find(request, site), seen)
    facts = {name: getattr(now, name) for name in SiteFacts.model_fields}
    values = _checked({**facts, **body.model_dump(mode="json", exclude_unset=True)})
    parts.correct(now, request.user, values, seen=seen)
    return _reply(find(request, site))


@adds(
    router,
    "/organisations/{organisation}/sites/{site}/withdraw",
    needs=Capability.EDIT,
    reply=None,
    status=204,
    media_type=None,
    versioned=True,
)
def withdraw_site(request: ApiRequest, site: str, seen: int) -> Reply:
    """Take a site out of use; it stays in the history."""
    parts.withdraw(as_seen_now(find(request, site), seen), request.user)
    return Reply(None)


@adds(
    router,
    "/organisations/{organisation}/sites/{site}/take-back",
    needs=Capability.EDIT,
    reply=SiteOut,
    status=200,
    media_type=None,
)
def take_back_site(request: ApiRequest, site: str) -> Reply:
    """Put a site that was withdrawn into use again."""
    if "\x00" in site:
        raise Http404
    withdrawn = Site.objects.filter(organisation=request.organisation, state=RecordState.WITHDRAWN)
    parts.take_back(get_object_or_404(withdrawn.select_related("organisation"), uid=site), request.user)
    return _reply(find(request, site))
