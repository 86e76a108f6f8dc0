"""The paths that carry the linear measure to a party, the weightiest first, found exactly.

The linear measure of a party is the sum over all ways through the graph that end there. A way that has been followed
back to party a with the weight g can still bring g r_a in all, because r_a sums up everything behind a and a itself. So
the search opens what can bring most first, and stops when nothing unopened can bring more than the least of the paths
found.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np

from fairlead.risk.spread.exposure import Linear
from fairlead.risk.spread.graph import SpreadGraph


@dataclass(frozen=True)
class Path:
    """A way from the party where the risk lies to the one that it reaches.

    `parties` are the numbers of the parties on it, the origin first; `weights` what each step carries (scaled, before
    delta); `contribution` what it brings to the linear measure of the last party.
    """

    parties: tuple[int, ...]
    weights: tuple[float, ...]
    contribution: float


@dataclass(frozen=True)
class Paths:
    """The weightiest paths into a party, and whether the search could prove that there are no weightier ones."""

    found: tuple[Path, ...]
    proven: bool


@dataclass(frozen=True)
class _Inflow:
    """What comes into a party, the most first: from whom, by what weight, how much in all, whether over a bond."""

    giver: tuple[int, ...]
    weight: tuple[float, ...]
    brings: tuple[float, ...]
    bonded: tuple[bool, ...]


@dataclass(frozen=True)
class _Way:
    """A way followed back from a party: parties from the last to the first, weights, delta and weights multiplied."""

    parties: tuple[int, ...]
    weights: tuple[float, ...]
    gain: float
    over_bond: bool


class PathSearch:
    """Finds paths in one graph; what comes into a party is sorted once and kept."""

    def __init__(self, graph: SpreadGraph, measure: Linear, *, delta: float, most: int, search: int) -> None:
        """Take a graph and its linear measure, found with the same `delta`.

        `most` is how many paths to find for a party, `search` after how many steps the best so far are taken.
        """
        self._graph, self._measure, self._delta = graph, measure, delta
        self._most, self._search = most, search
        self._inflows: dict[int, _Inflow] = {}
        self._into = _bonds_into(graph)

    def into(self, party: int) -> Paths:
        """Return the weightiest paths into a party.

        Paths of the same weight come in the order of their parties. A path may pass a party twice where links form a
        cycle: that is part of the sum.
        """
        best: list[tuple[float, tuple[int, ...], Path]] = []
        start = _Way((party,), (), 1.0, False)
        heap: list[tuple[float, tuple[int, ...], int, _Way]] = []
        most = self._most
        self._open(heap, start, 0)
        for _ in range(self._search):
            if not heap or (len(best) >= most and -heap[0][0] <= best[most - 1][2].contribution):
                return Paths(tuple(path for _, _, path in best[:most]), True)
            _, _, place, way = heapq.heappop(heap)
            self._open(heap, way, place + 1)
            further = self._further(way, place)
            contribution = further.gain * float(self._measure.own[further.parties[-1]])
            if contribution > 0:
                path = Path(further.parties[::-1], further.weights[::-1], contribution)
                best = sorted([*best, (-contribution, path.parties, path)], key=lambda one: one[:2])[:most]
            self._open(heap, further, 0)
        return Paths(tuple(path for _, _, path in best), False)

    def _open(self, heap: list[tuple[float, tuple[int, ...], int, _Way]], way: _Way, place: int) -> None:
        """Put the first link at or after `place` into the end of a way on the heap, but none back over its bond."""
        inflow = self._inflow(way.parties[-1])
        while (
            place < len(inflow.giver)
            and way.over_bond
            and inflow.bonded[place]
            and inflow.giver[place] == way.parties[-2]
        ):
            place += 1
        if place < len(inflow.giver):
            can_bring = way.gain * self._delta * inflow.brings[place]
            if can_bring > 0:
                heapq.heappush(heap, (-can_bring, (*way.parties, inflow.giver[place]), place, way))

    def _further(self, way: _Way, place: int) -> _Way:
        inflow = self._inflow(way.parties[-1])
        weight = inflow.weight[place]
        return _Way(
            (*way.parties, inflow.giver[place]),
            (*way.weights, weight),
            way.gain * self._delta * weight,
            inflow.bonded[place],
        )

    def _inflow(self, party: int) -> _Inflow:
        if party not in self._inflows:
            self._inflows[party] = self._sorted_inflow(party)
        return self._inflows[party]

    def _sorted_inflow(self, party: int) -> _Inflow:
        low, high = self._graph.start[party], self._graph.start[party + 1]
        givers, weights = self._graph.giver[low:high].astype(np.int64), self._graph.weight[low:high].astype(np.float64)
        hands_on = self._measure.total[givers]
        bonded = self._into.get(party, ())
        givers = np.append(givers, np.array([giver for giver, _, _ in bonded], np.int64))
        weights = np.append(weights, [weight for _, weight, _ in bonded]) * self._measure.scale[party]
        brings = weights * np.append(hands_on, [self._handed(bond, forward) for _, _, (bond, forward) in bonded])
        over_bond = np.arange(len(givers)) >= high - low
        order = np.lexsort((givers, -brings))
        # The search takes one more at each step, and one may be passed over.
        order = order[brings[order] > 0][: self._search + 1]
        return _Inflow(
            tuple(givers[order].tolist()),
            tuple(weights[order].tolist()),
            tuple(brings[order].tolist()),
            tuple(over_bond[order].tolist()),
        )

    def _handed(self, bond: int, forward: bool) -> float:
        return float((self._measure.to_second if forward else self._measure.to_first)[bond])


def _bonds_into(graph: SpreadGraph) -> dict[int, list[tuple[int, float, tuple[int, bool]]]]:
    """Return by party the bonds that carry something into it: from whom, by what weight, which bond and way."""
    into: dict[int, list[tuple[int, float, tuple[int, bool]]]] = {}
    bonds = graph.bonds
    columns = (one.tolist() for one in (bonds.first, bonds.second, bonds.forward, bonds.back))
    for place, (first, second, forward, back) in enumerate(zip(*columns, strict=True)):
        into.setdefault(second, []).append((first, forward, (place, True)))
        into.setdefault(first, []).append((second, back, (place, False)))
    return into
