"""Parties as rows of a list, so that the engine compares them as it compares the rows of lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
from django.db.models import Prefetch, QuerySet

from fairlead.model.schemas import FULL_ROW
from fairlead.model.vocabulary import PartyKind
from fairlead.resolve.record_key import record_key
from fairlead.web.parties.models import Party, RecordState, Site, SourceRow

_CHUNK: Final = 2_000
_PLACE: Final = ("address", "city", "region", "latitude", "longitude")


def with_what_tells(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Return the parties with the numbers and sites by which they are told apart, looked up together."""
    sites = Site.objects.filter(state=RecordState.LIVE).order_by("uid")
    return parties.prefetch_related("identifiers", Prefetch("sites", sites, to_attr="places"))


def row_of(party: Party) -> dict[str, Any]:
    """Return what is known of a party as one row of ROW; `party` comes from `with_what_tells`."""
    places: list[Site] = party.places  # type: ignore[attr-defined]
    place = places[0] if places else None
    return {
        "row_id": party.uid,
        "name": party.name,
        "other_names": [name for name in party.names if name != party.name],
        "kind": party.kind if party.kind == PartyKind.PERSON else None,
        **{column: (getattr(place, column) or None) if place else None for column in _PLACE},
        "country": (place.country if place else None) or party.country,
        "identifiers": [
            {"scheme": one.scheme, "value": one.value, "valid": one.valid}
            for one in sorted(party.identifiers.all(), key=lambda each: (each.scheme, each.value))
        ],
    }


def row_table(parties: QuerySet[Party]) -> pa.Table:
    """Return one row of FULL_ROW per party, in the order of the ids."""
    rows = (row_of(party) for party in with_what_tells(parties).order_by("uid").iterator(chunk_size=_CHUNK))
    return pa.Table.from_pylist(list(rows), schema=FULL_ROW)


def keys_of(party: Party) -> list[str]:
    """Return the keys by which judgements name a party: of what is known of it, then of the rows it was read from."""
    keys = [record_key(row_of(party)), *(key_of_source(row) for row in party.source_rows.order_by("pk"))]
    return list(dict.fromkeys(key for key in keys if key))


def key_of_source(row: SourceRow) -> str:
    """Return the key of what a row of a list says; empty where its fields are not kept."""
    fields: Mapping[str, Any] = row.fields
    return record_key(fields) if fields.get("name") else ""
