"""Joins the owners of ownership data to the parties of a list, and takes over who stands above these."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.identity.normalise import fold, split_legal_form
from fairlead.model.ids import content_id
from fairlead.model.message import Message, message
from fairlead.model.schemas import HOLDING, REVIEW, UNKNOWN_OWNER
from fairlead.model.vocabulary import Decision, PartyKind
from fairlead.read.ownership import OwnershipData
from fairlead.resolve.judgements import Event, JudgementGraph
from fairlead.resolve.ownership_keys import PairKeys
from fairlead.resolve.ownership_links import with_ownership_links
from fairlead.resolve.ownership_nodes import TELLING, Node, nodes_of
from fairlead.resolve.parties import party_table
from fairlead.resolve.party_id import STRONGEST
from fairlead.resolve.resolve import Resolved

Row = Mapping[str, Any]

_DOUBT: Final = 0.5

_SAME_NAME: Final = message(
    "The ownership data name {name}; the list has the same name, and no number or country says that it is the same."
)
_SEVERAL: Final = message("The name or number of {name} in the ownership data fits several parties of the list.")
_CONTRADICTED: Final = message("The name and country of {name} are the same, and the numbers differ.")
_PERSON: Final = message("The ownership data name a person called {name}; a name and a country do not say who it is.")


@dataclass(frozen=True)
class Joined:
    """A resolved list with its owners.

    `parties` and `links` hold the owners too, `holdings` (HOLDING) and `unknown` (UNKNOWN_OWNER) name parties by their
    ids, `possible` pairs of parties that may be one and that a person has to decide, which are also in `review`.
    """

    parties: pa.Table
    links: pa.Table
    review: pa.Table
    holdings: pa.Table
    unknown: pa.Table
    possible: tuple[tuple[str, str], ...] = ()


def join_ownership(
    resolved: Resolved,
    data: OwnershipData | None = None,
    *,
    rows: pa.Table | None = None,
    judgements: Iterable[Event] = (),
) -> Joined:
    """Join ownership data to the parties of a list, by numbers, else by the same name, legal form and country.

    A number or a name that fits several parties, a name without a country, a person's name, and a name whose numbers
    differ join nothing: such pairs are in `review` and `possible`. Of the data only those are taken over who stand
    above a party of the list. The order of the files and of their statements changes nothing.

    `judgements` are what people have decided on such pairs in an earlier run; `rows` (ROW) are those of the list, by
    whose keys the decisions know them.
    """
    if data is None or not data.holdings.num_rows + data.unknown.num_rows:
        return Joined(resolved.parties, resolved.links, resolved.review, resolved.holdings, UNKNOWN_OWNER.empty_table())
    parties = resolved.parties.to_pylist()
    nodes = nodes_of(data)
    joins = _Joins(parties, resolved.holdings, data.holdings, nodes)
    joins.by_number()
    joins.by_name()
    in_doubt = {pair.party_id for pair in joins.doubtful}
    keys = PairKeys(rows, [row for row in parties if row["party_id"] in in_doubt], nodes)
    joins.by_judgement(JudgementGraph.of(judgements), keys)
    above = joins.above()
    ids = joins.party_ids(above)
    holdings = pa.concat_tables([resolved.holdings, _with_ids(data.holdings, ("from_id", "to_id"), ids, HOLDING)])
    unknown = _with_ids(data.unknown, ("owned_id",), joins.joined_ids(), UNKNOWN_OWNER)
    added = [_party(nodes[node], ids[nodes[node].owner_ids[0]]) for node in above if node not in joins.joined]
    possible = joins.possible_pairs(ids)
    return Joined(
        party_table([*joins.filled(parties), *added]),
        with_ownership_links(resolved.links, holdings),
        pa.concat_tables([resolved.review, _review(possible, parties, nodes, keys)]),
        holdings,
        unknown,
        tuple(sorted({(pair.party_id, pair.other_id) for pair in possible})),
    )


# ---- who is who --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Pair:
    party_id: str
    node_id: str
    reason: Message
    other_id: str = ""


class _Joins:
    """Which party of the list each node is, `joined`, and which it may be, `doubtful`."""

    def __init__(
        self, parties: Sequence[Row], list_holdings: pa.Table, holdings: pa.Table, nodes: Mapping[str, Node]
    ) -> None:
        self.joined: dict[str, str] = {}
        self.doubtful: list[_Pair] = []
        self._parties = {str(row["party_id"]): row for row in parties}
        self._nodes = nodes
        self._node_of = {owner_id: node.node_id for node in nodes.values() for owner_id in node.owner_ids}
        self._holdings = [
            (self._node_of[holder], self._node_of[held])
            for holder, held in zip(holdings["from_id"].to_pylist(), holdings["to_id"].to_pylist(), strict=True)
        ]
        self._list_holdings = set(
            zip(list_holdings["from_id"].to_pylist(), list_holdings["to_id"].to_pylist(), strict=True)
        )

    def by_number(self) -> None:
        """Join nodes and parties that share a number, where only one party has it and one node."""
        holder_of: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for party_id, row in self._parties.items():
            for one in row["identifiers"] or ():
                if one["valid"] is not False and TELLING.fullmatch(one["scheme"] or ""):
                    holder_of[one["scheme"], one["value"]].add(party_id)
        for node in self._nodes.values():
            found = set().union(*(holder_of.get(number, set()) for number in node.numbers))
            if len(found) == 1:
                self.joined[node.node_id] = found.pop()
            self.doubtful += [_Pair(party_id, node.node_id, _SEVERAL) for party_id in sorted(found)]

    def by_name(self) -> None:
        """Join by the same name, form and country where that fits one party and one node; the rest is doubtful."""
        fits = self._same_names()
        nearest = self._nearest(fits)
        owned = self._owned_by_node(fits)
        for node_id, party_ids in sorted(fits.items()):
            node = self._nodes[node_id]
            for party_id in sorted(party_ids):
                alone = (node_id, party_id) in nearest
                reason = self._doubt(node, self._parties[party_id], alone=alone, owned=owned.get(node_id, set()))
                if reason is None:
                    self.joined[node_id] = party_id
                else:
                    self.doubtful.append(_Pair(party_id, node_id, reason))

    def by_judgement(self, graph: JudgementGraph, keys: PairKeys) -> None:
        """Join what people have judged the same, and take away what they have judged different."""
        if not graph.judgements:
            return
        still: list[_Pair] = []
        same: dict[str, set[str]] = {}
        for pair in self.doubtful:
            decision = keys.decision(graph, pair.party_id, pair.node_id)
            if decision is Decision.SAME:
                same.setdefault(pair.node_id, set()).add(pair.party_id)
            elif decision is not Decision.DIFFERENT:
                still.append(pair)
        for node_id, found in same.items():
            if len(found) == 1:
                self.joined[node_id] = found.pop()
            else:
                still += [pair for pair in self.doubtful if pair.node_id == node_id and pair.party_id in found]
        self.doubtful = [pair for pair in still if pair.node_id not in self.joined or pair.node_id not in same]

    def _same_names(self) -> dict[str, set[str]]:
        """Return for each node that is not joined the parties that have one of its names with that legal form."""
        known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for party_id, row in self._parties.items():
            for name in dict.fromkeys([row["name"], *(row["names"] or ())]):
                split = split_legal_form(name, row["country"])
                if split.usable:
                    known[split.folded, split.legal_form or ""].add(party_id)
        telling = _rarest_words(folded for folded, _ in known)
        taken = set(self.joined.values())
        places = {row["country"] for row in self._parties.values()}
        fits: dict[str, set[str]] = {}
        for node in self._nodes.values():
            if node.node_id in self.joined:
                continue
            for name in node.names:
                if telling.isdisjoint(fold(name).split()):  # most names of a long file are nobody's here
                    continue
                for place in {node.country, None} if node.country else places:  # LLP is ТОО in Kazakhstan
                    split = split_legal_form(name, place)
                    if split.usable:
                        fits.setdefault(node.node_id, set()).update(
                            known.get((split.folded, split.legal_form or ""), ())
                        )
        return {node_id: here for node_id, found in fits.items() if (here := self._here(node_id, found - taken))}

    def _here(self, node_id: str, found: set[str]) -> set[str]:
        """Leave out parties of another country, which are others of the same name."""
        country = self._nodes[node_id].country
        return {one for one in found if not country or self._parties[one]["country"] in (None, country)}

    def _nearest(self, fits: Mapping[str, set[str]]) -> set[tuple[str, str]]:
        """Return the pairs in which neither side has another that fits as well; the same country fits better."""
        pairs = [(node_id, party_id) for node_id, party_ids in fits.items() for party_id in party_ids]
        near = [pair for pair in pairs if self._same_country(*pair)]
        nodes, parties = ({pair[side] for pair in near} for side in (0, 1))
        far = [pair for pair in pairs if pair[0] not in nodes and pair[1] not in parties]
        return {*_one_to_one(near), *_one_to_one(far)}

    def _same_country(self, node_id: str, party_id: str) -> bool:
        country = self._nodes[node_id].country
        return country is not None and self._parties[party_id]["country"] == country

    def _owned_by_node(self, fits: Mapping[str, set[str]]) -> dict[str, set[str]]:
        """Return, of the nodes in doubt, the parties of the list that they own according to the data."""
        owned: defaultdict[str, set[str]] = defaultdict(set)
        for holder, held in self._holdings:
            if holder in fits and held in self.joined:
                owned[holder].add(self.joined[held])
        return owned

    def _doubt(self, node: Node, party: Row, *, alone: bool, owned: set[str]) -> Message | None:
        """Return why a node and a party of the same name are not taken for one, None where they are."""
        party_id = str(party["party_id"])
        if not alone:
            return _SEVERAL
        if any((party_id, one) in self._list_holdings for one in owned):
            return None  # list and data both name it as owner of the same party
        if PartyKind.PERSON in (node.kind, party["kind"]):
            return _PERSON
        schemes = defaultdict(set)
        for one in party["identifiers"] or ():
            if one["valid"] is not False:
                schemes[one["scheme"]].add(one["value"])
        if any(schemes[scheme] and value not in schemes[scheme] for scheme, value in node.numbers):
            return _CONTRADICTED
        return None if party["country"] and node.country else _SAME_NAME

    # ---- what follows from it ---------------------------------------------------------------------------------

    def above(self) -> list[str]:
        """Return the nodes that are joined or in doubt with a party, and everybody above them, in order."""
        holders: defaultdict[str, list[str]] = defaultdict(list)
        for holder, held in self._holdings:
            holders[held].append(holder)
        reached = set(self.joined)
        reached |= {pair.node_id for pair in self.doubtful if pair.node_id in self._nodes}
        frontier = sorted(reached)
        while frontier:
            found = {holder for held in frontier for holder in holders.get(held, ())} - reached
            reached |= found
            frontier = list(found)
        return sorted(reached)

    def joined_ids(self) -> dict[str, str]:
        """Return the party of the list for each id of the data that is joined to one."""
        return {
            owner_id: party_id
            for node_id, party_id in self.joined.items()
            for owner_id in self._nodes[node_id].owner_ids
        }

    def party_ids(self, above: Iterable[str]) -> dict[str, str]:
        """Return a party's id for each id of the data: that of the list's party, or a new one."""
        new = {
            owner_id: _party_id(self._nodes[node_id])
            for node_id in above
            for owner_id in self._nodes[node_id].owner_ids
        }
        return {**new, **self.joined_ids()}

    def possible_pairs(self, ids: Mapping[str, str]) -> list[_Pair]:
        """Return the doubtful pairs with both ids."""
        return [
            _Pair(pair.party_id, pair.node_id, pair.reason, ids[self._nodes[pair.node_id].owner_ids[0]])
            for pair in self.doubtful
        ]

    def filled(self, parties: Iterable[Row]) -> list[dict[str, Any]]:
        """Return the parties; those only named in a column of the list get what the data say of them."""
        node_of = {party_id: self._nodes[node_id] for node_id, party_id in self.joined.items()}
        return [
            _filled(row, node_of[row["party_id"]]) if row["party_id"] in node_of and not row["row_ids"] else dict(row)
            for row in parties
        ]


def _rarest_words(names: Iterable[str]) -> set[str]:
    """Return of every name the word that the fewest names have: a name without any of them is none of these."""
    words = [name.split() for name in names]
    counts = Counter(word for name in words for word in set(name))
    return {min(name, key=lambda word: (counts[word], -len(word), word)) for name in words}


def _one_to_one(pairs: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Return the pairs whose two members are in no other pair."""
    left, right = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    return (pair for pair in pairs if left[pair[0]] == right[pair[1]] == 1)


def _party_id(node: Node) -> str:
    """Return the id of a party that only the data know: of its strongest number, else of its name and where it is."""
    if node.numbers:
        scheme, value = min(node.numbers, key=lambda one: (one[0] not in STRONGEST, one))
        return content_id("pty", scheme, value)
    return content_id("pty", "owner", *node.owner_ids)


def _party(node: Node, party_id: str) -> dict[str, Any]:
    split = split_legal_form(node.name, node.country)
    return {
        "party_id": party_id,
        "kind": node.kind,
        "name": node.name,
        "names": list(node.names) or [node.name],
        "folded": split.folded,
        "legal_form": split.legal_form,
        "country": node.country,
        "identifiers": _identifiers(node),
        "workforce": [],
        "row_ids": [],
    }


def _filled(row: Row, node: Node) -> dict[str, Any]:
    numbers = {(one["scheme"], one["value"]) for one in row["identifiers"] or ()}
    return {
        **row,
        "kind": row["kind"] if node.kind is PartyKind.UNKNOWN else node.kind,
        "names": sorted({*(row["names"] or ()), *node.names}),
        "country": row["country"] or node.country,
        "identifiers": [
            *(row["identifiers"] or ()),
            *(one for one in _identifiers(node) if (one["scheme"], one["value"]) not in numbers),
        ],
    }


def _identifiers(node: Node) -> list[dict[str, Any]]:
    return [{"scheme": scheme, "value": value, "valid": valid} for scheme, value, valid in node.identifiers]


def _with_ids(table: pa.Table, columns: Sequence[str], ids: Mapping[str, str], schema: pa.Schema) -> pa.Table:
    """Return the rows whose ids in these columns are all known, with the parties' ids in their place."""
    old = pa.array(list(ids), pa.string())
    new = pa.array(list(ids.values()), pa.string())
    for column in columns:
        place = schema.get_field_index(column)
        table = table.set_column(place, schema.field(place), pc.take(new, pc.index_in(table[column], value_set=old)))
    for column in columns:
        table = table.filter(table[column].is_valid())
    if len(columns) > 1:
        table = table.filter(pc.not_equal(table[columns[0]], table[columns[1]]))
    return table.cast(schema)


def _review(pairs: Sequence[_Pair], parties: Sequence[Row], nodes: Mapping[str, Node], keys: PairKeys) -> pa.Table:
    by_id = {row["party_id"]: row for row in parties}
    rows = {
        (pair.party_id, pair.other_id): {
            "left_party_id": pair.party_id,
            "right_party_id": pair.other_id,
            "left_row_id": next(iter(by_id[pair.party_id]["row_ids"] or ()), None),
            "left_key": keys.of_party(pair.party_id)[0],
            "right_key": keys.of_node(pair.node_id),
            "left_name": by_id[pair.party_id]["name"],
            "right_name": nodes[pair.node_id].name,
            "probability": _DOUBT,
            "reason": Message(pair.reason.template, {"name": nodes[pair.node_id].name}).to_arrow(),
        }
        for pair in sorted(pairs, key=lambda one: (one.party_id, one.other_id, one.reason.template))
    }
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=REVIEW)
