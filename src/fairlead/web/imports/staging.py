"""Puts what an import would create into the database where nobody sees it, a thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.db.models import PROTECT, RESTRICT

from fairlead.identity.normalise import fold
from fairlead.model.ids import BUYER_ID, content_id
from fairlead.model.progress import Progress
from fairlead.model.schemas import ROW
from fairlead.resolve.import_changes import PartyState
from fairlead.web.imports.earlier import coming_back, take_up
from fairlead.web.imports.insert import insert
from fairlead.web.imports.models import Import, StagedRow
from fairlead.web.imports.preview import part
from fairlead.web.imports.storage import preview_of
from fairlead.web.parties.models import Link, Party, PartyIdentifier, Record, RecordState, Site, SourceRow

CHUNK: Final = 1_000
_NOT_FIELDS: Final = frozenset({"row_id", "file", "sheet", "row"})
#: The longest text of each column of the database that a list could pass.
_LONGEST: Final = {"name": 400, "address": 600, "city": 200, "region": 200}
_CODES: Final = ("good", "product", "sector", "isic")
_OF_LINKS: Final = ("kind", *_CODES, "tier", "share", "spend", "currency", "from_date", "to_date")

#: The values of a new record by the names of its columns.
Columns = dict[str, Any]


@dataclass
class Staged:
    """What was put in: the primary key of every party that the preview names, and the tables of the preview.

    `brought_back` is how many parties an undone import had left out of use.
    """

    party: dict[str, int]
    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    changes: pa.Table
    brought_back: int


def stage(one: Import, progress: Progress) -> Staged:
    """Put in what the import creates: parties with their numbers and rows, sites, links; all of it staged."""
    folder = preview_of(one)
    tables = {name: part(folder, name) for name in ("parties", "sites", "links", "changes", "members", "rows")}
    changes = tables["changes"]
    created = set(changes.filter(pc.equal(changes["state"], PartyState.CREATED))["party_id"].to_pylist())
    pks = _there(one)
    created -= pks.keys()
    rows_of = _rows_by_party(tables["members"], tables["rows"], one)
    new = tables["parties"].filter(
        pc.is_in(tables["parties"]["party_id"], value_set=pa.array(sorted(created), pa.string()))
    )
    tiers = _tiers(tables["links"])
    progress.start("Keeping parties", new.num_rows)
    brought_back = 0
    for chunk in _chunks(new):
        brought_back += _stage_parties(one, chunk, tiers, rows_of, pks)
        progress.advance(len(chunk))
    _stage_sites(one, tables["sites"], pks, progress)
    _stage_links(one, tables["links"], pks, progress)
    _stage_rows_of_known(one, {key: rows for key, rows in rows_of.items() if key not in created}, pks, progress)
    return Staged(pks, tables["parties"], tables["sites"], tables["links"], changes, brought_back)


def _there(one: Import) -> dict[str, int]:
    """Return the primary keys of the organisation's parties by their ids; a merged one's is that of what it went into.

    What a person merged stays merged when a list brings it again.
    """
    parties = Party.objects.filter(organisation=one.organisation)
    live = dict(parties.filter(state=RecordState.LIVE).values_list("uid", "pk"))
    merged = parties.filter(state=RecordState.MERGED).values_list("uid", "pk", "merged_into_id")
    into = {pk: target for _uid, pk, target in merged}
    for uid, pk, _target in merged:
        place: int | None = pk
        while place in into:
            place = into[place]
        if place is not None:
            live[uid] = place
    return live


def _rows_by_party(members: pa.Table, rows: pa.Table, one: Import) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each party that were not taken in before."""
    known = set(
        SourceRow.objects.filter(party__organisation=one.organisation, party__state=RecordState.LIVE).values_list(
            "uid", flat=True
        )
    )
    party_of = dict(zip(members["row_id"].to_pylist(), members["party_id"].to_pylist(), strict=True))
    found: dict[str, list[dict[str, Any]]] = {}
    for chunk in _chunks(rows.select(ROW.names)):
        for row in chunk:
            if row["row_id"] in party_of and row["row_id"] not in known:
                found.setdefault(party_of[row["row_id"]], []).append(row)
    return found


def _tiers(links: pa.Table) -> dict[str, int]:
    """Return the nearest tier in which each party stands, as the list says."""
    tiers: dict[str, int] = {}
    for party_id, tier in zip(links["from_id"].to_pylist(), links["tier"].to_pylist(), strict=True):
        if tier is not None:
            tiers[party_id] = min(tier, tiers.get(party_id, tier))
    return tiers


def _stage_parties(
    one: Import,
    chunk: Sequence[Mapping[str, Any]],
    tiers: Mapping[str, int],
    rows_of: Mapping[str, Sequence[Mapping[str, Any]]],
    pks: dict[str, int],
) -> int:
    """Stage parties that are not in use, and learn their primary keys; return how many were here before."""
    made = [_party(one, row, tiers.get(row["party_id"])) for row in chunk]
    back = coming_back(one, chunk, rows_of)
    new = [party for party in made if party["uid"] not in back]
    _rename_taken(Party, one, new, "pty")
    with transaction.atomic():
        insert(Party, new)
        keys = _keys(one, made)
        take_up([Party(pk=pk, **party) for pk, party in zip(keys, made, strict=True) if party["uid"] in back])
        insert(
            PartyIdentifier,
            [number for pk, row in zip(keys, chunk, strict=True) for number in _identifiers(pk, row)],
        )
        insert(
            SourceRow,
            [
                {"party_id": pk, "import_batch": one.pk, **source_row(source)}
                for pk, row in zip(keys, chunk, strict=True)
                for source in rows_of.get(row["party_id"], ())
            ],
        )
    pks.update((row["party_id"], pk) for pk, row in zip(keys, chunk, strict=True))
    return len(back)


def _keys(one: Import, made: Sequence[Columns]) -> list[int]:
    """Return the primary keys of parties that were just put in."""
    rows = Party.objects.filter(organisation=one.organisation_id, uid__in=[party["uid"] for party in made])
    pks = dict(rows.values_list("uid", "pk"))
    return [pks[party["uid"]] for party in made]


def _party(one: Import, row: Mapping[str, Any], tier: int | None) -> Columns:
    names = [plain(name, 400) for name in row["names"] or ()]
    numbers = [each["value"] for each in row["identifiers"] or ()]
    return {
        **_record(one),
        "uid": row["party_id"],
        "kind": row["kind"],
        "name": plain(row["name"], 400),
        "names": names,
        "folded": plain(row["folded"], 400),
        "legal_form": plain(row["legal_form"], 80) or None,
        "country": row["country"],
        "workforce": list(row["workforce"] or ()),
        "search": search_text(names, numbers),
        "tier": tier,
    }


def _identifiers(pk: int, row: Mapping[str, Any]) -> Iterator[Columns]:
    """Yield the numbers of a party, each once: two that are cut to the length of a column may be the same."""
    found: dict[tuple[str, str], bool | None] = {}
    for each in row["identifiers"] or ():
        found.setdefault((each["scheme"] or "", plain(each["value"], 80)), each["valid"])
    for (scheme, value), valid in found.items():
        yield {"party_id": pk, "scheme": scheme, "value": value, "valid": valid}


def _record(one: Import) -> dict[str, Any]:
    return {"organisation_id": one.organisation_id, "state": RecordState.STAGED.value, "import_batch": one.pk}


def search_text(names: Sequence[str], numbers: Sequence[str]) -> str:
    """Return what a search looks through: the names, as they are and folded, and the numbers."""
    words = {fold(name) for name in names} | {name.lower() for name in names} | {number.lower() for number in numbers}
    return " | ".join(sorted(words)).replace("\0", "")


def source_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of ROW as SourceRow keeps it: its place, and every value that was read."""
    return {
        "uid": row["row_id"],
        "file": plain(row["file"], 255),
        "sheet": plain(row["sheet"], 100),
        "row": row["row"],
        "fields": {
            name: _json(value) for name, value in row.items() if name not in _NOT_FIELDS and value not in (None, [])
        },
    }


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, list):
        return [_json(each) for each in value]
    if isinstance(value, dict):
        return {key: _json(each) for key, each in value.items()}
    return value


def plain(text: str | None, longest: int) -> str:
    """Return a text as a column of the database takes it: without the sign of number zero, not too long."""
    return (text or "").replace("\x00", "")[:longest]


def _stage_sites(one: Import, sites: pa.Table, pks: Mapping[str, int], progress: Progress) -> None:
    there = set(Site.live.filter(organisation=one.organisation).values_list("uid", flat=True))
    new = sites.filter(pc.invert(pc.is_in(sites["site_id"], value_set=pa.array(sorted(there), pa.string()))))
    progress.start("Keeping sites", new.num_rows)
    for chunk in _chunks(new):
        made = [
            {
                **_record(one),
                "uid": row["site_id"],
                "party_id": pks[row["party_id"]],
                "kind": row["kind"],
                **{name: plain(row[name], longest) for name, longest in _LONGEST.items()},
                **{name: row[name] for name in ("country", "latitude", "longitude", "workers")},
            }
            for row in chunk
        ]
        _rename_taken(Site, one, made, "sit")
        with transaction.atomic():
            insert(Site, made)
        progress.advance(len(chunk))


def _stage_links(one: Import, links: pa.Table, pks: Mapping[str, int], progress: Progress) -> None:
    there = set(Link.live.filter(organisation=one.organisation).values_list("uid", flat=True))
    new = links.filter(pc.invert(pc.is_in(links["link_id"], value_set=pa.array(sorted(there), pa.string()))))
    progress.start("Keeping links", new.num_rows)
    for chunk in _chunks(new):
        made = [_link(one, row, pks) for row in chunk if _joins_two(row, pks)]
        _rename_taken(Link, one, made, "lnk")
        with transaction.atomic():
            insert(Link, made)
        progress.advance(len(chunk))


def _joins_two(row: Mapping[str, Any], pks: Mapping[str, int]) -> bool:
    """Say whether a link starts at a party and does not end there too, as it may where both ends were merged."""
    return row["from_id"] != BUYER_ID and pks.get(row["to_id"]) != pks[row["from_id"]]


def _link(one: Import, row: Mapping[str, Any], pks: Mapping[str, int]) -> Columns:
    to_self = row["to_id"] == BUYER_ID
    return {
        **_record(one),
        "uid": row["link_id"],
        "from_party_id": pks[row["from_id"]],
        "to_party_id": None if to_self or row["to_id"] is None else pks[row["to_id"]],  # null: nobody knows to whom
        "to_self": to_self,
        **{name: row[name] for name in _OF_LINKS},
    }


def _rename_taken(model: type[Record], one: Import, made: Sequence[Columns], prefix: str) -> None:
    """Give another id to what has the id of a record that was withdrawn: that one stays as it is.

    Those that an undone import left and that are the same are not among `made`: see `earlier`.
    """
    taken = model._default_manager.filter(organisation=one.organisation, uid__in=[each["uid"] for each in made])
    uids = set(taken.values_list("uid", flat=True))
    for each in made:
        if each["uid"] in uids:
            each["uid"] = content_id(prefix, each["uid"], "import", str(one.pk))  # type: ignore[arg-type]


def _stage_rows_of_known(
    one: Import, rows_of: Mapping[str, Sequence[Mapping[str, Any]]], pks: Mapping[str, int], progress: Progress
) -> None:
    rows = [(pks[party_id], row) for party_id, rows in rows_of.items() for row in rows]
    progress.start("Keeping rows", len(rows))
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        with transaction.atomic():
            insert(StagedRow, [{"of_import_id": one.pk, "party_id": pk, **source_row(row)} for pk, row in chunk])
        progress.advance(len(chunk))


def _chunks(table: pa.Table) -> Iterator[list[dict[str, Any]]]:
    for batch in table.to_batches(max_chunksize=CHUNK):
        yield batch.to_pylist()


def remove_staged(one: Import) -> None:
    """Remove what an import has staged and not committed, or what an undo has taken out of use, in small steps."""
    staged = {"import_batch": one.pk, "state": RecordState.STAGED}
    _remove(StagedRow.objects.filter(of_import=one))
    for model in (Link, Site):
        _remove(model._default_manager.filter(**staged))
    while numbers := list(Party.objects.filter(**staged).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            held = _held(numbers)
            Party.objects.filter(pk__in=held).update(state=RecordState.WITHDRAWN)
            gone = [number for number in numbers if number not in held]
            SourceRow.objects.filter(party__in=gone)._raw_delete("default")
            PartyIdentifier.objects.filter(party__in=gone)._raw_delete("default")
            _remove_derived(gone)
            Party.objects.filter(pk__in=gone)._raw_delete("default")


def _held(numbers: Sequence[int]) -> set[int]:
    """Return the parties of which something is on record that nothing may remove, such as a rating."""
    held: set[int] = set()
    for model, field in speaking_of_parties():
        if field.remote_field.on_delete in (RESTRICT, PROTECT):
            rows = model._base_manager.filter(**{f"{field.name}__in": numbers})
            held.update(rows.values_list(field.attname, flat=True))
    return held


def _remove(rows: Any) -> None:
    while numbers := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            rows.model._default_manager.filter(pk__in=numbers)._raw_delete("default")


def _remove_derived(numbers: Sequence[int]) -> None:
    """Remove what was worked out from parties that go, such as evidence of an assessment on their country."""
    for model, field in speaking_of_parties():
        rows = model._base_manager.filter(**{f"{field.name}__in": numbers})
        if model not in (SourceRow, PartyIdentifier) and rows.exists():
            rows.delete()


def speaking_of_parties() -> Iterator[tuple[Any, Any]]:
    """Yield every model that has a party, whatever its feature, with the field that names it; not histories."""
    for relation in Party._meta.get_fields(include_hidden=True):
        if (relation.one_to_many or relation.one_to_one) and relation.auto_created and not relation.concrete:
            model: Any = relation.related_model
            if not hasattr(model, "history_id"):
                yield model, relation.field  # type: ignore[union-attr]
