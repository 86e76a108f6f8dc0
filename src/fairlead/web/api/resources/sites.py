"""Sites: the places where parties work."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel

from fairlead.model.vocabulary import SiteKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, Lookup, lists
from fairlead.web.api.operation import Reply, reads
from fairlead.web.lists.definition import Column, Filter, ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import RecordState, Site

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
        filters=(
            Filter("kind", "Kind", lambda _: [(str(kind), str(kind)) for kind in SiteKind], lambda kind: Q(kind=kind)),
        ),
    ),
    row=SiteOut,
    write=_written,
    lookups=(
        Lookup("party", "Only sites of this party", lambda party: Q(party__uid=party)),
        Lookup("country", "Only sites in this country (ISO 3166-1 alpha-3)", lambda code: Q(country=code)),
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


@reads(router, "/organisations/{organisation}/sites/{site}", needs=Capability.SEE, reply=SiteOut, versioned=True)
def read_site(request: ApiRequest, site: str) -> Reply:
    """One site."""
    if "\x00" in site:
        raise Http404
    found = get_object_or_404(_rows(request.organisation).select_related("party"), uid=site)
    return Reply(_written(found), version=found.version)
