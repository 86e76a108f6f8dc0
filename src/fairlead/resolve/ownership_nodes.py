"""The parties that ownership data speak of: those that share a number of a register are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.vocabulary import PartyKind
from fairlead.read.ownership import OwnershipData

Row = Mapping[str, Any]

_LEI: Final = "LEI:"
#: Schemes whose numbers tell one party from all others: of a country's or the world's register, not a publisher's own.
TELLING: Final = re.compile(r"LEI|DUNS|GLN|IMO|OSID|CID|RA[0-9]{6}|[A-Z]{2}-[A-Z0-9][A-Z0-9_-]*")
#: What a party is called of which the data give nothing but that it is there.
_NOT_NAMED: Final = "(not named)"


@dataclass(frozen=True)
class Node:
    """One party of the data: the ids by which the files know it, and what they say of it."""

    node_id: str
    owner_ids: tuple[str, ...]
    kind: PartyKind
    names: tuple[str, ...]
    country: str | None
    numbers: frozenset[tuple[str, str]]  # without those that are invalid
    identifiers: tuple[tuple[str, str, bool | None], ...]

    @property
    def name(self) -> str:
        """What it is called: its first name, else its LEI."""
        lei = next((value for scheme, value in sorted(self.numbers) if scheme == "LEI"), None)
        return self.names[0] if self.names else f"LEI {lei}" if lei else _NOT_NAMED


def nodes_of(data: OwnershipData) -> dict[str, Node]:
    """Return the parties of the data that own or are owned; those that share a number are one."""
    needed = {
        owner_id
        for table, columns in ((data.holdings, ("from_id", "to_id")), (data.unknown, ("owned_id",)))
        for column in columns
        for owner_id in table[column].unique().to_pylist()
    }
    owners = data.owners.filter(pc.is_in(data.owners["owner_id"], value_set=pa.array(sorted(needed), pa.string())))
    said: dict[str, list[Row]] = {owner_id: [] for owner_id in sorted(needed)}
    for row in owners.select(["owner_id", "kind", "names", "country", "identifiers"]).to_pylist():
        said[row["owner_id"]].append(row)
    leader = _same_numbers(said)
    groups: dict[str, list[str]] = {}
    for owner_id in said:
        groups.setdefault(_root(leader, owner_id), []).append(owner_id)
    return {
        node_id: _node(node_id, members, [row for member in members for row in said[member]])
        for node_id, members in groups.items()
    }


def _same_numbers(said: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    leader = {owner_id: owner_id for owner_id in said}
    holder_of: dict[tuple[str, str], str] = {}
    for owner_id, rows in said.items():
        for number in _numbers(owner_id, rows):
            other = holder_of.setdefault(number, owner_id)
            one, two = sorted((_root(leader, owner_id), _root(leader, other)))
            leader[two] = one
    return leader


def _root(leader: dict[str, str], owner_id: str) -> str:
    while leader[owner_id] != owner_id:
        leader[owner_id] = leader[leader[owner_id]]
        owner_id = leader[owner_id]
    return owner_id


def _numbers(owner_id: str, rows: Iterable[Row]) -> set[tuple[str, str]]:
    found = {
        (one["scheme"], one["value"])
        for row in rows
        for one in row["identifiers"] or ()
        if one["valid"] is not False and TELLING.fullmatch(one["scheme"] or "")
    }
    return found | ({("LEI", owner_id.removeprefix(_LEI))} if owner_id.startswith(_LEI) else set())


def _node(node_id: str, owner_ids: Sequence[str], rows: Sequence[Row]) -> Node:
    numbers = frozenset().union(*(_numbers(owner_id, ()) for owner_id in owner_ids), _numbers("", rows))
    kinds = sorted({row["kind"] for row in rows} - {PartyKind.UNKNOWN})
    kind = PartyKind(kinds[0]) if kinds else PartyKind.COMPANY if numbers else PartyKind.UNKNOWN
    stated = {(one["scheme"], one["value"]): one["valid"] for row in rows for one in row["identifiers"] or ()}
    stated |= {number: True for number in numbers if number[0] == "LEI"}
    countries = sorted({row["country"] for row in rows if row["country"]})
    return Node(
        node_id,
        tuple(owner_ids),
        kind,
        tuple(dict.fromkeys(name for row in rows for name in row["names"] or ())),
        countries[0] if len(countries) == 1 else None,
        numbers,
        tuple((scheme, value, valid) for (scheme, value), valid in sorted(stated.items())),
    )
