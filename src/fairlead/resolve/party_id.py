"""Ids of parties: hashes of what the rows of a party say, so that they stay the same from run to run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.normalise import SplitName, fold, split_legal_form
from fairlead.model.ids import content_id
from fairlead.resolve.record import Record

#: Identifiers that name a party best, the best first; others follow in alphabetical order.
STRONGEST: Final = ("LEI",)

#: What an id is made of: a scheme and a number, or a name and a place.
_Content = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameRows:
    """The rows that are one party, in the order of their ids, and the content that its id is made of."""

    row_ids: tuple[str, ...]
    content: _Content


def same_rows(clusters: Iterable[Sequence[int]], records: Sequence[Record], rows: pa.Table) -> list[SameRows]:
    """Return the rows of each party; `clusters` are places in `records`, which come from the ROW table `rows`.

    The rows of a record that agree in nothing but a name are a party each.
    """
    contents = _Contents(rows)
    found: list[SameRows] = []
    for members in clusters:
        content = contents.of([records[member] for member in members])
        one = records[members[0]]
        if len(members) == 1 and not one.together:
            found += [SameRows((row_id,), content) for row_id in one.row_ids]
        else:
            found.append(SameRows(tuple(sorted(row for member in members for row in records[member].row_ids)), content))
    return found


def party_ids(groups: Sequence[SameRows], taken: Collection[str] = ()) -> list[str]:
    """Return an id for every party: a hash of its strongest valid identifier, else of its name and place.

    The place is country, city and address of the row that comes first by content. Where two parties would
    get the same id, the ones after the first (by content) also hash their rows; so does one whose id is among
    `taken`, those of other parties.
    """
    ids: dict[int, str] = {}
    taken = set(taken)
    for place in sorted(range(len(groups)), key=lambda one: (groups[one].content, groups[one].row_ids[0])):
        group = groups[place]
        party_id = content_id("pty", *group.content)
        if party_id in taken:
            party_id = content_id("pty", *group.content, *group.row_ids)
        taken.add(party_id)
        ids[place] = party_id
    return [ids[place] for place in range(len(groups))]


def id_of_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the id that a party of these rows of ROW has where no other would get the same."""
    said = list(rows)
    valid = {number for row in said for number in _valid(row["identifiers"])}
    named = (_named(split_legal_form(row["name"], row["country"]), row) for row in said)
    return content_id("pty", *(_strongest(valid) if valid else min(named)))


class _Contents:
    """What the ids of parties are made of, read from the rows column by column: a long list has no row of its own."""

    def __init__(self, rows: pa.Table) -> None:
        self._columns = {name: rows[name].to_pylist() for name in ("city", "address", "country", "identifiers")}
        self._places = {row_id: place for place, row_id in enumerate(rows["row_id"].to_pylist())}

    def of(self, records: Sequence[Record]) -> _Content:
        """Return the content of a party of these records; the rows of a record say the same in these columns."""
        said = [self._row(record.row_ids[0]) for record in records]
        valid = {number for row in said for number in _valid(row["identifiers"])}
        if valid:
            return _strongest(valid)
        return min(_named(record.name, row) for record, row in zip(records, said, strict=True))

    def _row(self, row_id: str) -> Mapping[str, Any]:
        place = self._places[row_id]
        return {name: column[place] for name, column in self._columns.items()}


def _valid(identifiers: Sequence[Mapping[str, Any]] | None) -> set[tuple[str, str]]:
    return {(one["scheme"], one["value"]) for one in identifiers or () if one["valid"]}


def _strongest(valid: set[tuple[str, str]]) -> _Content:
    return min(valid, key=lambda one: (one[0] not in STRONGEST, one))


def _named(name: SplitName, row: Mapping[str, Any]) -> _Content:
    place = (row["country"] or "", fold(row["city"] or ""), fold(row["address"] or ""))
    return (name.folded, name.legal_form or "", *place)
