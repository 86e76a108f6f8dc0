"""Parties that are known already, as rows: so they are compared with new rows by the same code as rows of one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.ids import content_id
from fairlead.model.schemas import FULL_ROW, LINK, SITE
from fairlead.model.vocabulary import PartyKind
from fairlead.resolve.judgements import Event
from fairlead.resolve.judgements.event import PersonJudgement
from fairlead.resolve.record_key import keys_by_row

Row = Mapping[str, Any]

_PLACE: Final = ("address", "city", "region", "country", "latitude", "longitude")
_NOWHERE: Final[Row] = dict.fromkeys(_PLACE)


@dataclass(frozen=True)
class KnownParties:
    """What is known already: parties (PARTY), their sites (SITE) and links (LINK).

    `rows` (ROW, or FULL_ROW where what tells persons apart was kept) are those from which the parties were made, as
    far as they are still at hand. Without them a party is compared by its names, numbers and places.
    """

    parties: pa.Table
    sites: pa.Table = field(default_factory=SITE.empty_table)
    links: pa.Table = field(default_factory=LINK.empty_table)
    rows: pa.Table | None = None


@dataclass(frozen=True)
class KnownRows:
    """Known parties as rows (FULL_ROW): the party of each row id, and the keys of rows that stand for judged records.

    `real` are the ids of rows of a list; the others were made here and stand in no list.
    """

    rows: pa.Table
    party_of: Mapping[str, str]
    keys_of: Mapping[str, str]
    real: frozenset[str]


def rows_of_known(known: KnownParties, events: Iterable[Event] = ()) -> KnownRows:
    """Return rows that say what is known of each party: its own where they are at hand, else one for each of its sites.

    A party of whom more is known than its rows say, such as a number entered by hand, has a row for each site too. What
    people have judged of a party (`events`), whatever its record said then, holds for the party as it is now.
    """
    parties = known.parties.select(
        ["party_id", "kind", "name", "names", "country", "identifiers", "row_ids"]
    ).to_pylist()
    own = _own_rows(known.rows, parties)
    sites = _sites(known.sites)
    said = _said(own)
    made = [row for party in parties if _says_more(party, said) for row in _rows(party, sites)]
    party_of = {row["row_id"]: row["party_id"] for row in made}
    listed = {row_id: party["party_id"] for party in parties for row_id in party["row_ids"] or ()}
    party_of |= {row_id: listed[row_id] for row_id in own["row_id"].to_pylist()}
    rows = pa.concat_tables([own, _table(made)])
    copies, keys_of = _judged(rows, party_of, tuple(events))
    for copy, party_id in copies:
        party_of[copy["row_id"]] = party_id
    rows = pa.concat_tables([rows, pa.Table.from_pylist([copy for copy, _ in copies], schema=FULL_ROW)])
    return KnownRows(rows, party_of, keys_of, frozenset(own["row_id"].to_pylist()))


def _own_rows(rows: pa.Table | None, parties: Sequence[Row]) -> pa.Table:
    """Return the rows of known parties that are at hand, each once, with the columns of FULL_ROW."""
    if rows is None or not rows.num_rows:
        return FULL_ROW.empty_table()
    wanted = pa.array({row_id for party in parties for row_id in party["row_ids"] or ()}, pa.string())
    rows = rows.filter(pc.is_in(rows["row_id"], value_set=wanted)).sort_by("row_id")
    ids = rows["row_id"].to_pylist()
    rows = rows.filter(pa.array([place == 0 or ids[place - 1] != ids[place] for place in range(len(ids))], pa.bool_()))
    nothing = pa.nulls(rows.num_rows)
    columns = [rows[name] if name in rows.column_names else nothing for name in FULL_ROW.names]
    return pa.table([column.cast(kind.type) for column, kind in zip(columns, FULL_ROW, strict=True)], schema=FULL_ROW)


def _said(own: pa.Table) -> Mapping[str, tuple[set[str], set[tuple[str, str]]]]:
    """Return the names and the numbers that each row says."""
    columns = (own[name].to_pylist() for name in ("row_id", "name", "other_names", "identifiers"))
    return {
        row_id: ({name, *(others or ())}, {(one["scheme"], one["value"]) for one in numbers or ()})
        for row_id, name, others, numbers in zip(*columns, strict=True)
    }


def _says_more(party: Row, said: Mapping[str, tuple[set[str], set[tuple[str, str]]]]) -> bool:
    """Say whether more is known of a party than the rows of it that are at hand say."""
    own = [said[row_id] for row_id in party["row_ids"] or () if row_id in said]
    if len(own) < max(1, len(party["row_ids"] or ())):
        return True
    names = set().union(*(names for names, _ in own))
    numbers = set().union(*(numbers for _, numbers in own))
    known = {(one["scheme"], one["value"]) for one in party["identifiers"] or ()}
    return not ({party["name"], *(party["names"] or ())} <= names and known <= numbers)


def _sites(sites: pa.Table) -> Mapping[str, list[Row]]:
    """Return the places of each party, in the order of the sites' ids."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for site in sites.select(["site_id", "party_id", *_PLACE]).sort_by("site_id").to_pylist():
        found[site["party_id"]].append(site)
    return found


def _rows(party: Row, sites: Mapping[str, Sequence[Row]]) -> Iterator[dict[str, Any]]:
    """Yield a row for each place of a party; one without a place where none is known."""
    said = {
        "name": party["name"],
        "other_names": sorted({*(party["names"] or ())} - {party["name"]}),
        "kind": party["kind"] if party["kind"] == PartyKind.PERSON else None,
        "identifiers": party["identifiers"] or [],
    }
    places = sites.get(party["party_id"]) or [_NOWHERE]
    for number, place in enumerate(places):
        where = {column: place[column] for column in _PLACE}
        yield {
            **said,
            **where,
            "country": place["country"] or party["country"],
            "row_id": content_id("row", "known", party["party_id"], str(number)),
            "party_id": party["party_id"],
        }


def _table(made: Sequence[Row]) -> pa.Table:
    """Lay the rows out column by column: they fill few of the many columns."""
    filled = ("row_id", "name", "other_names", "kind", *_PLACE, "identifiers")
    return pa.table(
        [
            pa.array([row[column.name] for row in made], column.type)
            if column.name in filled
            else pa.nulls(len(made), column.type)
            for column in FULL_ROW
        ],
        schema=FULL_ROW,
    )


def _judged(
    rows: pa.Table, party_of: Mapping[str, str], events: Sequence[Event]
) -> tuple[list[tuple[dict[str, Any], str]], dict[str, str]]:
    """Return further rows for records that people judged as a known party's, each with its party, and their keys.

    A party may say other things now than the record that was judged; what was decided holds all the same, unless the
    record is now another party's.
    """
    known = set(party_of.values())
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for one in events:
        if isinstance(one, PersonJudgement) and one.left.party_id != one.right.party_id:
            for side in (one.left, one.right):
                if side.party_id in known:
                    seen[side.key].add(side.party_id)
    if not seen:
        return [], {}
    taken = set(keys_by_row(rows).values())
    first: dict[str, int] = {}
    for place, row_id in enumerate(rows["row_id"].to_pylist()):
        first.setdefault(party_of[row_id], place)
    copies, keys_of = [], {}
    for key, party_ids in sorted(seen.items()):
        if key in taken or len(party_ids) > 1:
            continue
        party_id = next(iter(party_ids))
        row_id = content_id("row", "known", party_id, key)
        copies.append(({**rows.slice(first[party_id], 1).to_pylist()[0], "row_id": row_id}, party_id))
        keys_of[row_id] = key
    return copies, keys_of
