"""Walks the chain from one point, tier by tier, and says what is drawn: nodes in columns, lines, folded groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from fairlead.web.chain.asked import Asked
from fairlead.web.chain.link_words import LINE_OF, Line
from fairlead.web.chain.neighbours import SELF, Behind, Given, Step, behind, givers, receivers
from fairlead.web.chain.rings import in_rings
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party

#: Nodes that are drawn at once, groups among them.
NODES_AT_MOST: Final = 60
#: Of those a party gives to, so many stand in the column at the right.
_RECEIVERS_SHOWN: Final = 6
#: Lines that a folded group has.
_LINES_OF_GROUP: Final = 12
#: The key of the organisation among the nodes.
SELF_KEY: Final = "self"


@dataclass
class Node:
    """A party, the organisation or a folded group; `column` is 0 at the start, higher to the left, -1 at the right."""

    key: str
    name: str
    column: int
    party: int = SELF
    uid: str = ""
    kind: str = ""
    country: str | None = None
    band: str | None = None
    assessed: bool = False
    behind: Behind = field(default_factory=Behind)
    folded: bool = False
    itself: bool = False  # one of its links leads to itself

    @property
    def organisation(self) -> bool:
        """Whether it is the organisation itself."""
        return self.key == SELF_KEY

    @property
    def unmapped(self) -> bool:
        """Whether nobody is known who supplies it."""
        return not self.organisation and self.behind.goods == 0

    @property
    def unmapped_share(self) -> float | None:
        """The share (0 to 1) of what it buys whose supplier is not known; null where shares are not known."""
        shares = self.behind.shares
        return 1 - shares if shares is not None and not self.behind.more and 0 < shares < 0.995 else None  # noqa: PLR2004


@dataclass(frozen=True)
class Group:
    """What of a column is folded: how many before and after those shown, by band; `more` where not all were read."""

    column: int
    before: int
    after: int
    bands: tuple[tuple[str, int], ...]
    more: bool
    batch: int
    receivers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its key among the nodes."""
        return f"group{self.column}"


@dataclass(frozen=True)
class Edge:
    """A line from who gives to who receives, all links of one sort between the two together."""

    giver: str
    receiver: str
    line: Line
    kinds: tuple[str, ...]
    goods: tuple[str, ...] = ()
    share: float | None = None
    ring: bool = False


@dataclass
class Walked:
    """What is drawn."""

    start: Node
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def columns(self) -> Mapping[int, Sequence[Node]]:
        """The nodes by column, from the right to the left."""
        ordered = sorted(self.nodes, key=lambda node: node.column)
        return {column: list(nodes) for column, nodes in groupby(ordered, key=lambda node: node.column)}

    def node(self, key: str) -> Node | None:
        """Return the node of a key."""
        return next((node for node in self.nodes if node.key == key), None)


def walk(organisation: Organisation, start: Party | None, view: Asked) -> Walked:
    """Walk from a party, or from the organisation where it is null: one query or two for each tier, two more in all."""
    first = _of_party(start, 0) if start else Node(SELF_KEY, organisation.name, 0)
    walked = Walked(first, [first])
    places = {first.party: first}
    links: list[Given] = []
    if start is not None:
        links += _right(walked, places, receivers(organisation, start.pk, view.narrowed), organisation.name)
    shown = (NODES_AT_MOST - 1 - (_RECEIVERS_SHOWN + 1 if start else 0)) // view.tiers - 1
    for column in range(1, view.tiers + 1):
        open_ = [node.party for node in walked.nodes if node.column == column - 1 and node.uid not in view.folded]
        step = givers(organisation, open_, view.narrowed)
        links += step.links
        _left(walked, places, step, column, (shown, view.page(column)))
    _count_behind(walked, view)
    walked.edges = in_rings(_edges(links, places))
    return walked


def _of_party(party: Party, column: int) -> Node:
    return Node(
        party.uid, party.name, column, party.pk, party.uid, party.kind, party.country, party.band, party.assessed
    )


def _of_link(link: Given, column: int) -> Node:
    return Node(
        link.uid, link.name, column, link.party, link.uid, link.party_kind, link.country, link.band, link.assessed
    )


def _right(walked: Walked, places: dict[int, Node], step: Step, organisation: str) -> list[Given]:
    """Place those to whom the start gives; return the links."""
    organisation_itself = any(link.receiver == SELF and not link.uid for link in step.links)
    others = {link.party: link for link in step.links if link.uid and link.party not in places}
    ordered = sorted(others.values(), key=lambda link: (link.rank, link.name, link.party))
    kept = ordered[: _RECEIVERS_SHOWN - organisation_itself]
    if organisation_itself:
        places[SELF] = Node(SELF_KEY, organisation, -1)
        walked.nodes.append(places[SELF])
    for link in kept:
        places[link.party] = _of_link(link, -1)
        walked.nodes.append(places[link.party])
    left = ordered[len(kept) :]
    if left:
        walked.groups.append(Group(-1, 0, len(left), _by_band(left), bool(step.more), 0, (walked.start.key,)))
    return list(step.links)


def _left(walked: Walked, places: dict[int, Node], step: Step, column: int, batch: tuple[int, int]) -> None:
    """Place one tier: those to look at first, the rest in a group. Who has a place already keeps it."""
    size, page = batch
    new: dict[int, Given] = {}
    for link in step.links:
        if link.party not in places and (link.party not in new or (link.share or 0) > (new[link.party].share or 0)):
            new[link.party] = link
    ordered = sorted(new.values(), key=lambda link: (link.rank, -(link.share or 0), link.name, link.party))
    page = min(page, max(0, (len(ordered) - 1) // size))
    kept = ordered[page * size : (page + 1) * size]
    for link in kept:
        places[link.party] = _of_link(link, column)
        walked.nodes.append(places[link.party])
    shown = {link.party for link in kept}
    left = [link for link in ordered if link.party not in shown]
    if left or step.more:
        to = {link.receiver for link in step.links if link.party not in places} | set(step.more)
        names = [places[one].key for one in sorted(to) if one in places][:_LINES_OF_GROUP]
        after = max(0, len(ordered) - (page + 1) * size)
        walked.groups.append(Group(column, page * size, after, _by_band(left), bool(step.more), page, tuple(names)))


def _by_band(links: Iterable[Given]) -> tuple[tuple[str, int], ...]:
    counts: defaultdict[str, int] = defaultdict(int)
    for link in links:
        counts[(link.band or "no_data") if link.assessed else "not_assessed"] += 1
    return tuple(sorted(counts.items()))


def _count_behind(walked: Walked, view: Asked) -> None:
    counted = behind([node.party for node in walked.nodes if node.party])
    for node in walked.nodes:
        node.behind = counted.get(node.party, Behind())
        node.folded = node.uid in view.folded


def _edges(links: Iterable[Given], places: Mapping[int, Node]) -> list[Edge]:
    """Return one line for all links of one sort between two nodes that are drawn."""
    found: defaultdict[tuple[str, str, Line], list[Given]] = defaultdict(list)
    for link in links:
        if link.giver in places and link.receiver in places:
            if link.giver == link.receiver:
                places[link.giver].itself = True
            else:
                found[places[link.giver].key, places[link.receiver].key, LINE_OF[link.kind]].append(link)
    return [
        Edge(
            giver,
            receiver,
            line,
            kinds=tuple(sorted({link.kind for link in each})),
            goods=tuple(sorted({link.good for link in each if link.good}))[:3],
            share=max((link.share for link in each if link.share is not None), default=None),
        )
        for (giver, receiver, line), each in sorted(found.items())
    ]
