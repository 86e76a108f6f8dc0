"""The chain as a graph that fits on a page: who stands in which tier, and what is folded into groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from fairlead.language import Language
from fairlead.model.ids import BUYER_ID
from fairlead.model.vocabulary import LinkKind
from fairlead.report.case import Case

#: So many of the boxes are single parties where not all have room; the others are left for groups.
SHARE_SINGLE: Final = 2 / 3

#: What the key of a group begins with.
GROUP: Final = "group-"

#: Names listed when a folded group is opened.
NAMES_LISTED: Final = 60

_GOODS: Final = frozenset({LinkKind.SUPPLIES, LinkKind.SUBCONTRACTS})
_LABOUR: Final = frozenset({LinkKind.RECRUITS_FOR, LinkKind.SECONDS_TO})
#: Groups of those who supply nothing themselves.
_NO_GOODS: Final = frozenset({"labour_provider", "owner"})

_OWNERSHIP: Final = frozenset({LinkKind.OWNS, LinkKind.CONTROLS, LinkKind.OPERATES})


@dataclass
class Node:
    """One box: a party or a group of parties, its column (0 is the buyer) and its part of the column."""

    key: str
    name: str
    column: int
    role: str  # buyer, supplier, labour_provider, owner, group
    band: str | None = None
    members: tuple[str, ...] = ()
    upstream_unknown: bool = False
    customer_unknown: bool = False


@dataclass(frozen=True)
class Edge:
    """One line from who gives to who receives; `kind` is supplies, recruits_for or owns."""

    giver: str
    receiver: str
    kind: str


@dataclass
class Chain:
    """The graph that is drawn, and what the title says of it."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    first_tier: int = 0
    first_tier_mapped: int = 0


@dataclass
class _Links:
    """The links of an assessment by what they are."""

    customers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tier: dict[str, int] = field(default_factory=dict)
    sector: dict[str, str] = field(default_factory=dict)
    open_end: set[str] = field(default_factory=set)
    serves: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    owns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def supplied(self) -> frozenset[str]:
        """Those of whom a supplier of their own is known."""
        return frozenset(one for customers in self.customers.values() for one in customers) - {BUYER_ID}

    @cached_property
    def direct(self) -> frozenset[str]:
        """Those who supply the buyer itself."""
        return frozenset(giver for giver, customers in self.customers.items() if BUYER_ID in customers)

    @cached_property
    def served_by(self) -> Mapping[str, Sequence[str]]:
        """Who recruits for each party."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for provider, served in sorted(self.serves.items()):
            for one in served:
                found[one].append(provider)
        return found

    @classmethod
    def of(cls, case: Case) -> _Links:
        links = cls()
        columns = ["from_id", "to_id", "kind", "tier", "sector"]
        for link in case.assessment.links.select(columns).to_pylist():
            links.add(**link)
        return links

    def add(self, *, from_id: str, to_id: str | None, kind: str, tier: int | None, sector: str | None) -> None:
        if kind in _LABOUR and to_id:
            self.serves[from_id].append(to_id)
        elif kind in _OWNERSHIP and to_id:
            self.owns[from_id].append(to_id)
        elif kind in _GOODS:
            if tier is not None:
                self.tier[from_id] = min(tier, self.tier.get(from_id, tier))
            if sector and sector < self.sector.get(from_id, "~"):
                self.sector[from_id] = sector
            if to_id is None:
                self.open_end.add(from_id)
            elif to_id not in self.customers[from_id]:
                self.customers[from_id].append(to_id)


def chain_of(language: Language, case: Case, most: int) -> Chain:
    """Return the graph to draw: at most `most` boxes, what is most telling one by one, the rest in groups."""
    drawing = _Drawing.of(language, case)
    drawing.add_single(drawing.chosen(most))
    drawing.add_groups(most)
    links = drawing.links
    return Chain(
        nodes=drawing.nodes,
        edges=_edges(links, drawing.box),
        first_tier=len(links.direct),
        first_tier_mapped=len(links.direct & links.supplied),
    )


@dataclass
class _Drawing:
    """The boxes so far; `box` says for each party in which box it is drawn."""

    language: Language
    case: Case
    links: _Links
    columns: Mapping[str, int]
    nodes: list[Node] = field(default_factory=list)
    box: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, language: Language, case: Case) -> _Drawing:
        links = _Links.of(case)
        drawing = cls(language, case, links, _columns(case, links))
        drawing.nodes.append(Node(BUYER_ID, language.gettext("Your organisation"), 0, "buyer"))
        drawing.box[BUYER_ID] = BUYER_ID
        return drawing

    @property
    def known(self) -> Iterator[str]:
        """Those who take part in the chain, in the order of the work list."""
        links = self.links
        return (one for one in self.case.order if one in self.columns or one in links.serves or one in links.owns)

    def chosen(self, most: int) -> Sequence[str]:
        """Choose who is drawn alone: in the order of the work list, each with those between it and the buyer."""
        everybody = list(self.known)
        if len(everybody) < most:
            return everybody
        room, chosen = int(most * SHARE_SINGLE), dict[str, None]()
        for party in everybody:
            company = [one for one in (*self.way_to_buyer(party), *self.providers_of(party)) if one not in chosen]
            if len(chosen) + len(company) <= room:
                chosen.update(dict.fromkeys(company))
            if len(chosen) == room:
                break
        return list(chosen)

    def way_to_buyer(self, party: str) -> Sequence[str]:
        """Return a party and, one after the other, whom it supplies or serves, up to the buyer."""
        links, way = self.links, [party]
        while True:
            next_ = [*links.customers.get(way[-1], ()), *links.serves.get(way[-1], ()), *links.owns.get(way[-1], ())]
            onwards = [one for one in next_ if one in self.columns and one not in way]
            if BUYER_ID in next_ or not onwards:
                return way
            way.append(min(onwards, key=lambda one: (self.columns[one], one)))

    def providers_of(self, party: str) -> Sequence[str]:
        """Return who recruits for a party."""
        return self.links.served_by.get(party, ())

    def add_single(self, ids: Collection[str]) -> None:
        """Add a box for each of these parties, in the order of the work list."""
        names = {party_id: row["name"] for party_id, row in self.case.parties(ids).items()}
        links = self.links
        for party in sorted(ids, key=self.case.place.__getitem__):
            role = self.role(party)
            node = Node(party, names[party], self.column(party), role, self.case.bands[party])
            node.upstream_unknown = role == "supplier" and party not in links.supplied
            node.customer_unknown = role == "supplier" and not links.customers.get(party)
            self.nodes.append(node)
            self.box[party] = party

    def add_groups(self, most: int) -> None:
        """Fold everybody else into groups by column and sector; the smallest groups of a column are joined."""
        groups = self.folded(most - len(self.nodes))
        self.add_single([members[0] for members in groups.values() if len(members) == 1])
        for (column, about), members in sorted(groups.items()):
            if len(members) > 1:
                key = f"{GROUP}{column}-{about or 'unknown'}"
                title = _group_title(self.language, about, len(members))
                unknown = about not in _NO_GOODS
                self.nodes.append(Node(key, title, column, "group", members=tuple(members), upstream_unknown=unknown))
                self.box.update(dict.fromkeys(members, key))

    def folded(self, room: int) -> Mapping[tuple[int, str], list[str]]:
        """Return who is not drawn yet, by column and sector, in no more groups than there is room for."""
        groups: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for party in self.known:
            if party not in self.box:
                role = self.role(party)
                about = self.links.sector.get(party, "") if role == "supplier" else role
                groups[self.column(party), about].append(party)
        if len(groups) <= room:
            return groups
        largest = sorted(groups, key=lambda key: (-len(groups[key]), key))
        kept = set(largest[: max(0, room - len({column for column, _ in groups}))])
        joined: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        for key in sorted(groups):
            joined[key if key in kept else (key[0], "others")].extend(groups[key])
        return joined

    def role(self, party: str) -> str:
        """Say as what a party is drawn."""
        if party in self.columns:
            return "supplier"
        return "labour_provider" if party in self.links.serves else "owner"

    def column(self, party: str) -> int:
        """Return a party's column; who provides labour or owns stands one further off than those served."""
        if party in self.columns:
            return self.columns[party]
        served = [*self.links.serves.get(party, ()), *self.links.owns.get(party, ())]
        return 1 + min((self.columns.get(one, 1) for one in served), default=1)


def _columns(case: Case, links: _Links) -> Mapping[str, int]:
    """Return the column of every party that supplies something: one more than the nearest customer's, else its tier."""
    columns: dict[str, int] = {}
    frontier = [BUYER_ID]
    suppliers: defaultdict[str, list[str]] = defaultdict(list)
    for giver, receivers in links.customers.items():
        for receiver in receivers:
            suppliers[receiver].append(giver)
    depth = 0
    while frontier:
        depth += 1
        found = sorted({giver for receiver in frontier for giver in suppliers[receiver]} - columns.keys())
        columns.update(dict.fromkeys(found, depth))
        frontier = found
    for party in sorted({*links.customers, *links.open_end, *suppliers} - columns.keys() - {BUYER_ID}):
        columns[party] = max(1, links.tier.get(party, 1))
    return columns


def _group_title(language: Language, about: str, count: int) -> str:
    special = {
        "": language.gettext("Sector not known"),
        "others": language.gettext("Others"),
        "labour_provider": language.gettext("Labour providers"),
        "owner": language.gettext("Owners"),
    }
    return f"{special.get(about) or language.sector(about)} · {language.number(count)}"


def _edges(links: _Links, box: Mapping[str, str]) -> list[Edge]:
    """Return the lines to draw: all between single boxes; from a group, or into one, only the most frequent."""
    ways = (
        (LinkKind.SUPPLIES, links.customers),
        (LinkKind.RECRUITS_FOR, links.serves),
        (LinkKind.OWNS, links.owns),
    )
    edges = []
    for kind, many in ways:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for giver in many.keys() & box.keys():
            counts[box[giver]].update(box[one] for one in many[giver] if box.get(one, box[giver]) != box[giver])
        for giver, receivers in counts.items():
            single = [one for one in receivers if not one.startswith(GROUP)] if not giver.startswith(GROUP) else []
            largest = sorted(receivers, key=lambda one: (-receivers[one], one))[:1]
            edges += [Edge(giver, receiver, str(kind)) for receiver in single or largest]
    return sorted(edges, key=lambda edge: (edge.giver, edge.receiver, edge.kind))
