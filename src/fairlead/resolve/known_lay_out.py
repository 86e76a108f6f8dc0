"""What new rows say of parties, known ones and new ones, laid out under the ids that these have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fairlead.resolve.known_rows import KnownParties
from fairlead.resolve.links import holding_table, link_table, named_id, named_parties
from fairlead.resolve.parties import Group, party_row, party_table, place_of_site, site_rows, site_table
from fairlead.resolve.resolve import with_providers

Row = Mapping[str, Any]


@dataclass(frozen=True)
class LaidOut:
    """The tables PARTY, SITE, LINK and HOLDING of what new rows say."""

    parties: pa.Table
    sites: pa.Table
    links: pa.Table
    holdings: pa.Table


def lay_out(
    by_id: Mapping[str, Row], party_of: Mapping[str, str], classification: pa.Table, known: KnownParties
) -> LaidOut:
    """Lay out what the rows (of ROW, by id) say of the parties that `party_of` names for each of them.

    A place that a known party has already keeps its site's id, and who is named in a column is found among those that
    are known and those that are new alike.
    """
    in_order = [by_id[row_id] for row_id in sorted(by_id)]
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in in_order:
        members[party_of[row["row_id"]]].append(row)
    groups = {party_id: Group(tuple(rows)) for party_id, rows in members.items()}
    parties = [party_row(party_id, group) for party_id, group in groups.items()]
    named = named_parties([*_with_names(known), *parties])
    classified = {row["row_id"]: row for row in classification.to_pylist()}
    links = link_table(in_order, party_of, classified, named)
    return LaidOut(
        party_table([*with_providers(parties, links), *named.added.values()]),
        site_table(_sites(groups, known.sites)),
        links,
        holding_table(in_order, party_of, named),
    )


def _with_names(known: KnownParties) -> list[dict[str, Any]]:
    columns = ["party_id", "name", "names", "folded", "legal_form", "country", "row_ids"]
    found: list[dict[str, Any]] = known.parties.select(columns).to_pylist()
    return [{**row, "names": row["names"] or [row["name"]]} for row in found if row["name"]]


def _sites(groups: Mapping[str, Group], sites: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the sites of the rows; where a known party works at the same place already, under that site's id."""
    there: dict[tuple[str, ...], str] = {}
    for site in sites.sort_by("site_id").to_pylist():
        if site["party_id"] in groups:
            key = (site["party_id"], site["country"] or "", *place_of_site(site))
            there.setdefault(key, site["site_id"])
    for party_id, group in groups.items():
        for site in site_rows(party_id, group):
            key = (party_id, site["country"] or "", *place_of_site(site))
            yield {**site, "site_id": there.get(key, site["site_id"])}


def named_before(
    known: KnownParties, groups: Mapping[str, Sequence[str]], by_id: Mapping[str, Row]
) -> Mapping[str, str]:
    """Return for new parties that are known already by name alone the ids under which they are known.

    `groups` has the ids of the rows of each new party. A party that was only named in a column, as a customer, say, has
    no rows and no number; it is the new party of that name where there is exactly one.
    """
    only_named = [row for row in _with_names(known) if not row["row_ids"] and _is_only_named(row)]
    if not only_named:
        return {}
    new = [party_row(party_id, Group(tuple(by_id[one] for one in rows))) for party_id, rows in groups.items()]
    bare = {row["party_id"] for row in only_named}
    named = named_parties([*(row for row in _with_names(known) if row["party_id"] not in bare), *new])
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for row in only_named:
        found = {named.listed(name, row["country"]) for name in row["names"]} - {None}
        if len(found) == 1:
            claims[str(found.pop())].add(row["party_id"])
    return {
        party_id: next(iter(claimed))
        for party_id, claimed in claims.items()
        if party_id in groups and len(claimed) == 1
    }


def _is_only_named(row: Row) -> bool:
    """Say whether a party's id is that of a party which is only named in a column."""
    return bool(row["party_id"] == named_id(row["folded"] or "", row["legal_form"], row["country"]))
