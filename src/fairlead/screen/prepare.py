"""Parties and lists made ready for comparison: readings of every name, and what else is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.identity.candidates import NameIndex
from fairlead.identity.compare import Details
from fairlead.identity.name import Reading, abbreviations, read_name, tells_enough
from fairlead.model.vocabulary import PartyKind
from fairlead.read.born import find_born
from fairlead.screen.watch_list import ListEntry, WatchList

#: Three letters are the initials of too many names.
SHORTEST_ABBREVIATION: Final = 4


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the readings of all its names."""

    party_id: str
    readings: tuple[tuple[str, Reading], ...]  # the name as the supplier list has it, and how it is read
    details: Details


@dataclass(frozen=True, slots=True)
class ListedName:
    """One reading of one name of an entry."""

    entry: int
    text: str
    reading: Reading
    weak: bool


class PreparedList:
    """A list as of a day with its index; entries that are listed later, and names that say nothing, are not in it.

    Addresses are kept only where there are others to compare them with.
    """

    def __init__(self, watch_list: WatchList, as_of: date, *, addresses: bool) -> None:
        self.watch_list = watch_list
        self.entries = sorted((entry for entry in watch_list.entries if entry.listed_by(as_of)), key=_order)
        self.details = [_entry_details(entry, addresses) for entry in self.entries]
        every = [name for number, entry in enumerate(self.entries) for name in _listed_names(number, entry)]
        self.names = [name for name in every if tells_enough(name.reading.words)]
        self.index = NameIndex([name.reading.words for name in self.names])
        self.by_whole: Mapping[str, Sequence[ListedName]] = _by_whole(every)
        self.by_abbreviation: Mapping[str, Sequence[ListedName]] = _by_abbreviation(self.names)
        self.by_number: Mapping[str, Sequence[int]] = self._numbers()

    def _numbers(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, details in enumerate(self.details):
            for value in sorted({value for _, value in details.numbers}):
                found[value].append(number)
        return found


def can_be_found(entry: ListEntry) -> bool:
    """Whether any name of an entry says enough to be looked for, by its words or letter by letter."""
    readings = (each for name in entry.names for each in read_name(name.text, entry.kind, entry.country))
    return any(tells_enough(reading.words) or " " in reading.whole for reading in readings)


def prepare_parties(parties: pa.Table, sites: pa.Table | None, rows: pa.Table | None = None) -> list[Party]:
    """Return the parties of a PARTY table in the order of their ids.

    `sites` (SITE) give the addresses and `rows` (FULL_ROW) the dates of birth, if at hand.
    """
    columns = ["party_id", "kind", "name", "names", "country", "identifiers", "row_ids"]
    addresses, born = _addresses(sites), _born(rows)
    described = sorted(parties.select(columns).to_pylist(), key=lambda row: row["party_id"])
    return [_party(row, addresses.get(row["party_id"], ()), born) for row in described]


def _party(row: Mapping[str, Any], addresses: tuple[str, ...], born: Mapping[str, tuple[str, ...]]) -> Party:
    kind = PartyKind(row["kind"] or PartyKind.UNKNOWN)
    names = dict.fromkeys(name for name in (row["name"], *(row["names"] or ())) if name)
    found: dict[tuple[str, ...], tuple[str, Reading]] = {}
    for name in names:
        for reading in read_name(name, kind, row["country"]):
            known = found.get(reading.words)
            if known is None or known[1].partial:
                found[reading.words] = (name, reading)
    numbers = frozenset(
        (number["scheme"] or "", number["value"])
        for number in row["identifiers"] or ()
        if number["value"] and number["valid"] is not False
    )
    dates = tuple(sorted({date for row_id in row["row_ids"] or () for date in born.get(row_id, ())}))
    details = Details(kind, (row["country"],) if row["country"] else (), numbers, addresses, dates)
    return Party(row["party_id"], tuple(found.values()), details)


def _born(rows: pa.Table | None) -> Mapping[str, tuple[str, ...]]:
    """Return the dates of birth by the rows that have one."""
    if rows is None:
        return {}
    said = rows.select(["row_id", "birth_date"]).filter(pc.field("birth_date").is_valid())
    return {row["row_id"]: find_born(row["birth_date"]) for row in said.to_pylist()}


def _addresses(sites: pa.Table | None) -> Mapping[str, tuple[str, ...]]:
    if sites is None:
        return {}
    texts: dict[str, set[str]] = defaultdict(set)
    for row in sites.select(["party_id", "address", "city"]).to_pylist():
        text = ", ".join(part for part in (row["address"], row["city"]) if part)
        if text:
            texts[row["party_id"]].add(text)
    return {party_id: tuple(sorted(found)) for party_id, found in texts.items()}


def _order(entry: ListEntry) -> tuple[str, str, str]:
    return entry.entry_id, entry.name, entry.locator


def _entry_details(entry: ListEntry, addresses: bool) -> Details:
    numbers = frozenset((number.scheme, number.value) for number in entry.identifiers)
    return Details(entry.kind, entry.countries, numbers, entry.addresses if addresses else (), entry.born)


def _listed_names(number: int, entry: ListEntry) -> Iterator[ListedName]:
    """Yield the distinct readings of an entry's names; of two that read the same, the first."""
    seen: set[tuple[tuple[str, ...], bool]] = set()
    for name in entry.names:
        for reading in read_name(name.text, entry.kind, entry.country):
            if (reading.words, False) not in seen and (reading.words, name.weak) not in seen:
                seen.add((reading.words, name.weak))
                yield ListedName(number, name.text, reading, name.weak)


def _by_whole(names: Sequence[ListedName]) -> Mapping[str, Sequence[ListedName]]:
    """Return the names of two and more words by the whole of the name, for those whose words are all common ones."""
    found: dict[str, list[ListedName]] = defaultdict(list)
    for name in names:
        if " " in name.reading.whole:
            found[name.reading.whole].append(name)
    return found


def _by_abbreviation(names: Sequence[ListedName]) -> Mapping[str, Sequence[ListedName]]:
    """Return the names by their initials, where these are four letters or more."""
    found: dict[str, list[ListedName]] = defaultdict(list)
    for name in names:
        for short in abbreviations(name.reading.words):
            if len(short) >= SHORTEST_ABBREVIATION:
                found[short].append(name)
    return found
