"""Parties and sites from the rows that are one party: the best spelling, all spellings, every place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fairlead.identity.address import parse_address
from fairlead.identity.normalise import fold, split_legal_form
from fairlead.model.ids import content_id
from fairlead.model.schemas import PARTY, SITE
from fairlead.model.vocabulary import PartyKind, SiteKind
from fairlead.resolve.person import PERSON_COLUMNS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """The rows that are one party, in the order of their ids."""

    rows: tuple[Row, ...]


def party_row(party_id: str, group: Group) -> dict[str, Any]:
    """Return the group as a row of PARTY."""
    spellings = Counter(row["name"] for row in group.rows)
    country = _most(row["country"] for row in group.rows)
    best = min(spellings, key=lambda name: (-spellings[name], -len(name), name))
    forms = Counter(split_legal_form(row["name"], row["country"]).legal_form for row in group.rows)
    del forms[None]
    name = split_legal_form(best, country)
    others = {other for row in group.rows for other in row["other_names"] or ()}
    return {
        "party_id": party_id,
        "kind": _kind(group, name.legal_kind),
        "name": best,
        "names": sorted({*spellings, *others}),
        "folded": name.folded,
        "legal_form": name.legal_form or _first(forms),
        "country": country,
        "identifiers": _identifiers(group),
        "workforce": sorted({tag for row in group.rows for tag in row["workforce"] or ()}),
        "row_ids": [row["row_id"] for row in group.rows],
    }


def _kind(group: Group, legal_kind: str | None) -> str:
    said = _most(row["kind"] for row in group.rows)
    if said:
        return str(said)
    if any(row.get(column) for row in group.rows for column in PERSON_COLUMNS):
        return PartyKind.PERSON
    by_form = {"state": PartyKind.PUBLIC_BODY, "sole_trader": PartyKind.PERSON}
    return by_form.get(legal_kind or "", PartyKind.COMPANY if legal_kind else PartyKind.UNKNOWN)


def _identifiers(group: Group) -> list[dict[str, Any]]:
    found = {(one["scheme"], one["value"]): one["valid"] for row in group.rows for one in row["identifiers"] or ()}
    return [{"scheme": scheme, "value": value, "valid": found[scheme, value]} for scheme, value in sorted(found)]


def _most(values: Iterable[Any]) -> Any:
    """Return the most frequent value that is not None, the least among equals; None where there is none."""
    known = [value for value in values if value is not None]
    if len(known) > 1:
        return _first(Counter(known))
    return known[0] if known else None  # most parties have one row, and counting has its price


def _first(counted: Counter[Any]) -> Any:
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None


def site_rows(party_id: str, group: Group) -> list[dict[str, Any]]:
    """Return one row of SITE for every address of the party; rows that say no place make no site."""
    places: dict[tuple[str, ...], list[Row]] = {}
    for row in group.rows:
        key = _place(row)
        if any(key) or row["latitude"] is not None:
            places.setdefault((row["country"] or "", *key), []).append(row)
    return [_site(party_id, key, places[key]) for key in sorted(places)]


def _place(row: Row) -> tuple[str, ...]:
    return _one_place(row["address"], row["city"], row["site"])


def place_of_site(site: Row) -> tuple[str, ...]:
    """Return the place of a row of SITE; two of one party and country that have the same are one site."""
    return _one_place(site["address"], site["city"], site["name"])


def _one_place(address: str | None, city: str | None, name: str | None) -> tuple[str, ...]:
    """Return what makes two spellings of an address one site: numbers, words by their sound, city and site name."""
    parsed, town = parse_address(address), " ".join(parse_address(city).words)
    words = " ".join(word for word in parsed.words if word not in town.split())
    return (words, " ".join(parsed.numbers), parsed.unit or "", town, fold(name or ""))


def _site(party_id: str, key: tuple[str, ...], rows: Sequence[Row]) -> dict[str, Any]:
    located = next((row for row in rows if row["latitude"] is not None and row["longitude"] is not None), None)
    counted = [row["workers"] for row in rows if row["workers"] is not None]
    return {
        "site_id": content_id("sit", party_id, *key),
        "party_id": party_id,
        "kind": SiteKind.UNKNOWN,
        "name": _most(row["site"] for row in rows),
        **{part: _most(row[part] for row in rows) for part in ("address", "city", "region", "country")},
        "latitude": located["latitude"] if located else None,
        "longitude": located["longitude"] if located else None,
        "workers": max(counted) if counted else None,
        "row_ids": [row["row_id"] for row in rows],
    }


def party_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Lay out rows of PARTY in the order of their ids."""
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["party_id"])), schema=PARTY)


def site_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Lay out rows of SITE in the order of their ids."""
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["site_id"])), schema=SITE)
