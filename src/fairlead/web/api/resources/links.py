"""Links: who supplies, recruits for, owns or houses whom."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.model.vocabulary import LinkKind
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, Lookup, lists
from fairlead.web.api.operation import Reply, reads
from fairlead.web.lists.definition import Column, Filter, ListDefinition
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, RecordState

router = Router(tags=["links"])

_SAME: Final = (
    "version",
    "kind",
    "good",
    "product",
    "sector",
    "isic",
    "tier",
    "share",
    "currency",
    "from_date",
    "to_date",
    "created_at",
    "changed_at",
)


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


def _either(value: str) -> Q:
    return Q(from_party__uid=value) | Q(to_party__uid=value)


LINKS: Final = ApiList(
    definition=ListDefinition(
        key="links",
        title="Links",
        page="",
        rows=_rows,
        columns=(Column("tier", "Tier", lambda row: row.tier, order=("tier",)),),
        order=("pk",),
        filters=(
            Filter("kind", "Kind", lambda _: [(str(kind), str(kind)) for kind in LinkKind], lambda kind: Q(kind=kind)),
        ),
    ),
    row=LinkOut,
    write=_written,
    lookups=(
        Lookup("from_party", "Only links from this party", lambda party: Q(from_party__uid=party)),
        Lookup("to_party", "Only links to this party", lambda party: Q(to_party__uid=party)),
        Lookup("party", "Only links at either end of which this party stands", _either),
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


@reads(router, "/organisations/{organisation}/links/{link}", needs=Capability.SEE, reply=LinkOut, versioned=True)
def read_link(request: ApiRequest, link: str) -> Reply:
    """One link."""
    if "\x00" in link:
        raise Http404
    rows = _rows(request.organisation).select_related("from_party", "to_party")
    found = get_object_or_404(rows, uid=link)
    return Reply(_written(found), version=found.version)
