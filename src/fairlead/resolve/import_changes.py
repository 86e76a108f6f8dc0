"""What taking in a new list would change in what is known: shown before anybody says yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.normalise import fold
from fairlead.model.vocabulary import LinkKind, PartyKind
from fairlead.resolve.known import KnownMatch
from fairlead.resolve.known_rows import KnownParties

Row = Mapping[str, Any]


class PartyState(StrEnum):
    """What becomes of a party."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class How(StrEnum):
    """What becomes of one of its fields."""

    ADDED = "added"  # one more name, number, site, link or tag
    FILLED = "filled"  # it was not known before
    REPLACED = "replaced"  # a figure of another day, such as a number of workers
    CONTRADICTS = "contradicts"  # what is known stays; a person decides


#: What an import would change: one row for each field, and one without a field for a party of which none changes.
IMPORT_CHANGE: Final = pa.schema(
    [
        ("party_id", pa.string()),
        ("name", pa.string()),  # as it is known; of a new party as the list has it
        ("state", pa.string()),  # PartyState
        ("field", pa.string()),  # a column of PARTY, or site, link, site.FIELD, link.FIELD
        ("how", pa.string()),  # How
        ("old", pa.string()),  # null where nothing was known
        ("new", pa.string()),
        ("subject_id", pa.string()),  # of the site or link that it is about, else null
        ("row_ids", pa.list_(pa.string())),  # the new rows that speak of it
    ]
)

_SITE_FIELDS: Final = ("name", "address", "city", "region", "country", "latitude", "longitude")
#: Fields of which a second value is another fact and no better spelling.
_TOLD_APART: Final = ("country", "legal_form")


@dataclass(frozen=True)
class _Change:
    field: str
    how: How
    old: str | None
    new: str | None
    subject_id: str | None = None
    row_ids: tuple[str, ...] | None = None


def changes_of_import(match: KnownMatch, known: KnownParties) -> pa.Table:
    """Return a table of IMPORT_CHANGE: every party that the new rows speak of, and what would change of it.

    Parties that would be created come first, then those that would change, then the others, each by name. Nothing that
    is known is ever overwritten by a list: another country, legal form or kind, and another number of a scheme of which
    the party has one, are named as contradicting. Figures that change from day to day (workers of a site, spend of a
    link) are replaced. A new name is added beside the known ones.
    """
    before = {row["party_id"]: row for row in known.parties.to_pylist()}
    sites, links = _SiteChanges(known.sites, match.sites), _LinkChanges(known, match)
    rows: list[dict[str, Any]] = []
    for party in match.parties.to_pylist():
        party_id = party["party_id"]
        was = before.get(party_id)
        changes = [
            *(_of_party(was, party) if was else ()),
            *(sites.of(party_id) if was else ()),
            *(links.of(party_id) if was else ()),
        ]
        state = PartyState.CREATED if was is None else PartyState.CHANGED if changes else PartyState.UNCHANGED
        rows += _laid_out(party if was is None else was, party, state, changes)
    order = list(PartyState)
    rows.sort(key=lambda row: (order.index(row["state"]), fold(row["name"] or ""), row["party_id"]))
    return pa.Table.from_pylist(rows, schema=IMPORT_CHANGE)


def _laid_out(named: Row, said: Row, state: PartyState, changes: Iterable[_Change]) -> list[dict[str, Any]]:
    told = {"party_id": named["party_id"], "name": named["name"], "state": state}
    own = list(said["row_ids"] or ())
    rows = [
        {
            **told,
            "field": one.field,
            "how": one.how,
            "old": one.old,
            "new": one.new,
            "subject_id": one.subject_id,
            "row_ids": own if one.row_ids is None else list(one.row_ids),
        }
        for one in changes
    ]
    return rows or [{**told, "row_ids": own}]


# ---- the party itself --------------------------------------------------------------------------------------------


def _of_party(was: Row, said: Row) -> Iterator[_Change]:
    known_names = {was["name"], *(was["names"] or ())}
    for name in sorted({*(said["names"] or ())} - known_names):
        yield _Change("names", How.ADDED, None, name)
    yield from _of_kind(was["kind"], said["kind"])
    for field in _TOLD_APART:
        if said[field] is not None and said[field] != was[field]:
            how = How.FILLED if was[field] is None else How.CONTRADICTS
            yield _Change(field, how, was[field], said[field])
    yield from _of_numbers(was, said)
    for tag in sorted({*(said["workforce"] or ())} - {*(was["workforce"] or ())}):
        yield _Change("workforce", How.ADDED, None, tag)


def _of_kind(was: str | None, said: str | None) -> Iterator[_Change]:
    """Yield a change of the kind; a labour provider is a company too, so that one says no more against the other."""
    both = {PartyKind.COMPANY, PartyKind.LABOUR_PROVIDER}
    if said in (None, was, PartyKind.UNKNOWN):
        return
    if was in (None, PartyKind.UNKNOWN):
        yield _Change("kind", How.FILLED, was, said)
    elif {was, said} == both:
        if said == PartyKind.LABOUR_PROVIDER:
            yield _Change("kind", How.REPLACED, was, said)
    else:
        yield _Change("kind", How.CONTRADICTS, was, said)


def _of_numbers(was: Row, said: Row) -> Iterator[_Change]:
    """Yield every number that is new; a second one of a scheme contradicts the first."""
    known: defaultdict[str | None, set[str]] = defaultdict(set)
    for one in was["identifiers"] or ():
        known[one["scheme"]].add(one["value"])
    for one in said["identifiers"] or ():
        scheme, value = one["scheme"], one["value"]
        if value in known[scheme]:
            continue
        there = ", ".join(f"{scheme or ''}:{other}" for other in sorted(known[scheme])) or None
        how = How.CONTRADICTS if there and scheme else How.ADDED
        yield _Change("identifiers", how, there if how is How.CONTRADICTS else None, f"{scheme or ''}:{value}")


# ---- its sites and links -----------------------------------------------------------------------------------------


class _SiteChanges:
    """What new rows say of the sites of each party beside what is known of them."""

    def __init__(self, known: pa.Table, said: pa.Table) -> None:
        self._known = {row["site_id"]: row for row in known.to_pylist()}
        self._said: defaultdict[str, list[Row]] = defaultdict(list)
        for site in said.to_pylist():
            self._said[site["party_id"]].append(site)

    def of(self, party_id: str) -> Iterator[_Change]:
        """Yield the new sites of a party, and what is otherwise at the known ones."""
        for site in self._said.get(party_id, ()):
            was, rows = self._known.get(site["site_id"]), tuple(site["row_ids"] or ())
            if was is None:
                yield _Change("site", How.ADDED, None, _place(site), site["site_id"], rows)
                continue
            for field in _SITE_FIELDS:  # another spelling of the same place is no change
                if was[field] is None and site[field] is not None:
                    yield _Change(f"site.{field}", How.FILLED, None, _text(site[field]), site["site_id"], rows)
            if site["workers"] is not None and site["workers"] != was["workers"]:
                how = How.FILLED if was["workers"] is None else How.REPLACED
                yield _Change("site.workers", how, _text(was["workers"]), _text(site["workers"]), site["site_id"], rows)


def _place(site: Row) -> str:
    parts = (site["name"], site["address"], site["city"], site["region"], site["country"])
    return ", ".join(part for part in parts if part) or f"{site['latitude']}, {site['longitude']}"


class _LinkChanges:
    """What new rows say of the links of each party; a link is told at the party whose row says it."""

    def __init__(self, known: KnownParties, match: KnownMatch) -> None:
        self._known = {row["link_id"]: row for row in known.links.to_pylist()}
        tables = (known.parties, match.parties)
        self._names = {
            party_id: name
            for table in tables
            for party_id, name in zip(table["party_id"].to_pylist(), table["name"].to_pylist(), strict=True)
        }
        party_of = dict(zip(match.members["row_id"].to_pylist(), match.members["party_id"].to_pylist(), strict=True))
        self._said: defaultdict[str, list[Row]] = defaultdict(list)
        for link in match.links.to_pylist():
            for party_id in sorted({party_of[row_id] for row_id in link["row_ids"]}):
                self._said[party_id].append(link)

    def of(self, party_id: str) -> Iterator[_Change]:
        """Yield the new links of a party, and what is otherwise of the known ones."""
        for link in self._said.get(party_id, ()):
            was, rows = self._known.get(link["link_id"]), tuple(link["row_ids"] or ())
            if was is None:
                yield _Change("link", How.ADDED, None, self._told(link), link["link_id"], rows)
            elif link["spend"] is not None and (link["spend"], link["currency"]) != (was["spend"], was["currency"]):
                how = How.FILLED if was["spend"] is None else How.REPLACED
                yield _Change("link.spend", how, _money(was), _money(link), link["link_id"], rows)

    def _told(self, link: Row) -> str:
        """Write a link in a line that needs no language: who, what, to whom."""
        ends = (self._names.get(link["from_id"]), LinkKind(link["kind"]).value, self._names.get(link["to_id"]))
        what = [part for part in (link["good"], link["sector"]) if part]
        return " ".join([*(part for part in ends if part), *([f"({', '.join(what)})"] if what else [])])


def _money(link: Row) -> str | None:
    return None if link["spend"] is None else f"{_text(link['spend'])} {link['currency'] or ''}".strip()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
