"""An organisation's parties, sites and links as the engine's tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa
from django.db.models import Q, QuerySet

from fairlead.model.ids import BUYER_ID
from fairlead.model.schemas import LINK, PARTY, SITE
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site, SourceRow

_CHUNK: Final = 5_000
_PARTY: Final = ("kind", "name", "names", "folded", "legal_form", "country", "workforce")
_SITE: Final = ("kind", "name", "address", "city", "region", "country", "latitude", "longitude", "workers")
#: Columns of the engine's table LINK that the model has under the same name.
LINK_COLUMNS: Final = (
    "kind",
    "good",
    "product",
    "sector",
    "isic",
    "tier",
    "share",
    "spend",
    "currency",
    "from_date",
    "to_date",
)


def party_table(organisation: Organisation) -> pa.Table:
    """Return the parties in use as the engine's table PARTY, in the order of their ids."""
    return party_rows(Party.live.filter(organisation=organisation))


def party_rows(live: QuerySet[Party]) -> pa.Table:
    """Return some parties as the engine's table PARTY, in the order of their ids."""
    identifiers, rows = _identifiers(live), _rows(live)
    made = (
        {
            **{name: one[name] for name in _PARTY},
            "party_id": one["uid"],
            "identifiers": identifiers.get(one["pk"], []),
            "row_ids": rows.get(one["pk"], []),
        }
        for one in _values(live, "pk", *_PARTY)
    )
    return pa.Table.from_pylist(list(made), schema=PARTY)


def site_table(organisation: Organisation) -> pa.Table:
    """Return the sites in use as the engine's table SITE, in the order of their ids."""
    live = Site.live.filter(organisation=organisation, party__state=RecordState.LIVE)
    made = (
        {
            **{name: one[name] or None for name in _SITE},
            "kind": one["kind"],
            "site_id": one["uid"],
            "party_id": one["party__uid"],
            "row_ids": [],
        }
        for one in _values(live, "party__uid", *_SITE)
    )
    return pa.Table.from_pylist(list(made), schema=SITE)


def link_table(organisation: Organisation) -> pa.Table:
    """Return the links in use as the engine's table LINK, in the order of their ids; the organisation is BUYER_ID."""
    live = Link.live.filter(organisation=organisation, from_party__state=RecordState.LIVE)
    return link_rows(live.filter(Q(to_self=True) | Q(to_party__state=RecordState.LIVE)))


def link_rows(live: QuerySet[Link]) -> pa.Table:
    """Return some links as the engine's table LINK, in the order of their ids; the organisation is BUYER_ID."""
    made = (
        {
            **{name: one[name] for name in LINK_COLUMNS},
            "link_id": one["uid"],
            "from_id": one["from_party__uid"],
            "to_id": BUYER_ID if one["to_self"] else one["to_party__uid"],
            "row_ids": [],
            "locators": [],
        }
        for one in _values(live, "from_party__uid", "to_party__uid", "to_self", *LINK_COLUMNS)
    )
    return pa.Table.from_pylist(list(made), schema=LINK)


def _values(rows: QuerySet[Any], *names: str) -> Iterator[dict[str, Any]]:
    return rows.order_by("uid").values("uid", *names).iterator(chunk_size=_CHUNK)


def _identifiers(parties: QuerySet[Party]) -> Mapping[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = PartyIdentifier.objects.filter(party__in=parties).order_by("scheme", "value")
    for one in rows.values("party_id", "scheme", "value", "valid").iterator(chunk_size=_CHUNK):
        found[one["party_id"]].append({name: one[name] for name in ("scheme", "value", "valid")})
    return found


def _rows(parties: QuerySet[Party]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = SourceRow.objects.filter(party__in=parties).order_by("uid")
    for party, uid in rows.values_list("party_id", "uid").iterator(chunk_size=_CHUNK):
        found[party].append(uid)
    return found
