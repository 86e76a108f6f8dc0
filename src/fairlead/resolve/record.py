"""One record per distinct way a list writes a supplier, with everything about it that is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.engine import Engine, given_or_opened
from fairlead.identity.address import NO_ADDRESS, Address, parse_address
from fairlead.identity.normalise import SplitName, fold, phonetic, split_legal_form
from fairlead.model.schemas import PARTICULARS
from fairlead.model.vocabulary import PartyKind
from fairlead.resolve.own_country import without_country
from fairlead.resolve.person import Person, is_person, read_person

#: The columns of a row that say who and where it is; rows that agree in all of them are one record.
IDENTITY: Final = (
    "name", "other_names", "address", "city", "region", "country", "latitude", "longitude", "identifiers",
)  # fmt: skip
#: What else is part of it where the table has it: the postcode on its own, and what is said of a person.
FURTHER: Final = ("postcode", *PARTICULARS.names)
#: Whom it belongs to or supplies; these help where a row says nothing of where it is.
AFFILIATION: Final = ("parent", "customer", "subcontracts_for")

#: So many distinct rows are read at once.
SAID_AT_A_TIME: Final = 10_000


@dataclass(frozen=True)
class Record:
    """What a list says of one supplier in one way, and the rows that say it.

    `together` is False where the rows agree in nothing but a name (and city and country): they are compared
    as one but never merged by themselves. `identifiers` are (scheme, value) without those that are invalid.
    `names` are the folded names with their words sorted, `sounds` the words by their sound.
    """

    row_ids: tuple[str, ...]
    together: bool
    name: SplitName
    names: tuple[str, ...]
    sounds: tuple[str, ...]
    address: Address
    city: str | None
    region: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    identifiers: tuple[tuple[str, str], ...]
    affiliations: frozenset[str]  # folded names of the parent and of the customer it supplies
    person: Person | None = None

    @property
    def kind(self) -> str:
        """The kind of the settings by which it is compared."""
        return "organisation" if self.person is None else "person"

    @property
    def content(self) -> tuple[str, ...]:
        """What the record says, for an order that does not depend on where it stood in a file."""
        place = (self.country or "", self.city or "", " ".join((*self.address.words, *self.address.numbers)))
        return (self.name.folded, self.name.legal_form or "", *place, str(self.identifiers), self.row_ids[0])


def make_records(rows: pa.Table, engine: Engine | None = None) -> list[Record]:
    """Return the distinct records of a ROW table, in an order that does not depend on the order of the rows.

    The names and addresses of long tables are read where `engine` shares them out to.
    """
    table = _columns(rows)
    groups = list(_said_the_same(table).values())
    row_ids = rows["row_id"].to_pylist()
    affiliations = list(zip(*(table[column].to_pylist() for column in AFFILIATION), strict=True))
    said = table.select((*IDENTITY, *FURTHER, "kind")).take(pa.array((places[0] for places in groups), pa.int64()))
    parts = [said.slice(first, SAID_AT_A_TIME) for first in range(0, len(groups), SAID_AT_A_TIME)]
    with given_or_opened(engine) as opened:
        read = chain.from_iterable(opened.map_parts(_read, None, parts))
    records: list[Record] = []
    for places, first in zip(groups, read, strict=True):
        for part in [places] if first.together else _by_affiliation(places, affiliations):
            names = {fold(name) for place in part for name in affiliations[place] if name}
            records.append(
                replace(
                    first,
                    row_ids=tuple(sorted(row_ids[place] for place in part)),
                    together=first.together or bool(names and first.city and first.name.usable),
                    affiliations=frozenset(names),
                )
            )
    return sorted(records, key=lambda record: record.content)


def _columns(rows: pa.Table) -> pa.Table:
    """Return the columns that make a record, null where the table lacks one; of the kind only whether a person."""
    wanted = (*IDENTITY, *FURTHER, *AFFILIATION)
    nothing = pa.nulls(rows.num_rows)
    columns = {name: rows[name] if name in rows.column_names else nothing for name in wanted}
    kind = rows["kind"] if "kind" in rows.column_names else pa.nulls(rows.num_rows, pa.string())
    person = pc.if_else(pc.equal(kind, PartyKind.PERSON.value), kind, None)
    return pa.table({**columns, "kind": person})


def _said_the_same(table: pa.Table) -> Mapping[tuple[Any, ...], list[int]]:
    """Return the places of the rows by what they say of who and where they are."""
    columns = [
        list(map(_hashable, table[name].to_pylist()))
        if pa.types.is_list(table.schema.field(name).type)
        else table[name].to_pylist()
        for name in (*IDENTITY, *FURTHER, "kind")
        if table[name].null_count < table.num_rows
    ]
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, said in enumerate(zip(*columns, strict=True)):
        groups.setdefault(said, []).append(place)
    return groups


def _read(_: None, said: pa.Table) -> list[Record]:
    """Read what rows say of who and where they are, here or in another process."""
    return [_record(row) for row in said.to_pylist()]


def _by_affiliation(places: Sequence[int], affiliations: Sequence[tuple[str | None, ...]]) -> list[list[int]]:
    parts: dict[tuple[str | None, ...], list[int]] = {}
    for place in places:
        parts.setdefault(affiliations[place], []).append(place)
    return list(parts.values())


def _hashable(value: Any) -> Any:
    if isinstance(value, list):  # an empty list says as little as none at all
        return (
            None
            if not value
            else tuple(sorted(str(sorted(item.items())) if isinstance(item, dict) else str(item) for item in value))
        )
    return value


def _record(said: Mapping[str, Any]) -> Record:
    """Make a record of what one row says, without its rows and affiliations."""
    country = said["country"]
    name = split_legal_form(said["name"], country)
    others = [split_legal_form(other, country) for other in said["other_names"] or ()]
    usable = [one for one in (name, *others) if one.usable]
    sounds = {phonetic(word) for one in usable for word in one.folded.split()}
    address = _address(said)
    identifiers = {(one["scheme"], one["value"]) for one in said["identifiers"] or () if one["valid"] is not False}
    located = bool(address.house or address.words) or said["latitude"] is not None
    person = read_person(said) if is_person(said, name.legal_form) else None
    return Record(
        row_ids=(),
        together=bool(identifiers) or (name.usable and (located or (person is not None and person.told_apart))),
        name=name,
        names=tuple(sorted({" ".join(sorted(one.folded.split())) for one in usable})),
        sounds=tuple(sorted(sounds)),
        address=address,
        city=_place(said["city"]),
        region=_place(said["region"]),
        country=country,
        latitude=said["latitude"],
        longitude=said["longitude"],
        identifiers=tuple(sorted(identifiers)),
        affiliations=frozenset(),
        person=person,
    )


def _address(said: Mapping[str, Any]) -> Address:
    """Take the address apart; where the list has the postcode in a column of its own, that is no number of a house."""
    postcode = fold(said["postcode"] or "").replace(" ", "")
    if not postcode:
        return _beyond_the_city(without_country(parse_address(said["address"]), said["country"]), said)
    parts = (said["address"] or "").split(", ")
    if said["postcode"] in parts:
        parts.remove(said["postcode"])
    address = without_country(parse_address(", ".join(parts)), said["country"])
    return replace(_beyond_the_city(address, said), postcode=postcode)


def _place(text: str | None) -> str | None:
    """Return a city or region by the sound of its words, without `city`, `город` or `область`."""
    return " ".join(parse_address(text).words) or None


def _beyond_the_city(address: Address, said: Mapping[str, Any]) -> Address:
    """An address that only repeats the city or region is none."""
    known = {word for part in ("city", "region") for word in (_place(said[part]) or "").split()}
    return address if address.house or set(address.words) - known else NO_ADDRESS
