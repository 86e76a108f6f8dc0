"""Small graphs for the tests of spread, and the formulas written out as slowly as they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from fairlead.model.schemas import LINK
from fairlead.risk.spread.graph import Bonds, SpreadGraph, spread_graph

DELTA = 0.7

Edge = tuple[int, int, float]
Bond = tuple[int, int, float, float]


def graph(nodes: int, edges: Sequence[Edge] = (), bonds: Sequence[Bond] = ()) -> SpreadGraph:
    giver, receiver, weight = (np.array([edge[place] for edge in edges]) for place in range(3))
    first, second, forward, back = (np.array([bond[place] for bond in bonds], float) for place in range(4))
    return spread_graph(
        nodes,
        giver.astype(np.int64),
        receiver.astype(np.int64),
        weight.astype(float),
        Bonds(first.astype(np.int64), second.astype(np.int64), forward, back),
    )


@dataclass(frozen=True)
class Case:
    """A graph as it was drawn, with the own risk of each party."""

    nodes: int
    edges: list[Edge]
    bonds: list[Bond]
    own: np.ndarray = field(repr=False)

    @property
    def graph(self) -> SpreadGraph:
        return graph(self.nodes, self.edges, self.bonds)

    def carriers(self) -> list[tuple[int, int, float, int | None]]:
        """All that carries: giver, receiver, weight, and the bond."""
        carried = [(giver, receiver, weight, None) for giver, receiver, weight in self.edges]
        for place, (first, second, forward, back) in enumerate(self.bonds):
            carried += [(first, second, forward, place), (second, first, back, place)]
        return carried

    def noisy_or(self, sweeps: int) -> list[float]:
        """The noisy-or, message by message: what goes over a bond leaves out what came over it."""
        carriers = self.carriers()
        upstream = [0.0] * self.nodes
        says = [float(self.own[giver]) for giver, *_ in carriers]
        for _ in range(sweeps):
            upstream = [1 - self._none(carriers, says, party, None) for party in range(self.nodes)]
            says = [
                1 - (1 - float(self.own[giver])) * (1 - DELTA * (1 - self._none(carriers, says, giver, bond)))
                for giver, _, _, bond in carriers
            ]
        return upstream

    @staticmethod
    def _none(carriers: Sequence[Any], says: Sequence[float], party: int, without: int | None) -> float:
        none = 1.0
        for (_, receiver, weight, bond), said in zip(carriers, says, strict=True):
            if receiver == party and (without is None or bond != without):
                none *= 1 - weight * said
        return none

    def walks(self, party: int, scale: Mapping[int, float], longest: int) -> list[tuple[tuple[int, ...], float]]:
        """Every way of at most so many steps that ends at the party, with what it brings."""
        found: list[tuple[tuple[int, ...], float]] = []
        open_ways: list[tuple[tuple[int, ...], float, int | None]] = [((party,), 1.0, None)]
        for _ in range(longest):
            further = []
            for way, gain, over in open_ways:
                for giver, receiver, weight, bond in self.carriers():
                    if receiver == way[0] and (over is None or bond != over) and weight:
                        brought = gain * DELTA * weight * scale[receiver]
                        further.append(((giver, *way), brought, bond))
            found += [(way, gain * float(self.own[way[0]])) for way, gain, _ in further]
            open_ways = further
        return found


@st.composite
def cases(draw: st.DrawFn, *, cycles: bool = True, bonds: bool = True, most: int = 6) -> Case:
    """Graphs of a few parties; shares of goods into a party add up to 1 at most."""
    nodes = draw(st.integers(2, most))
    pairs = [(a, b) for a in range(nodes) for b in range(nodes) if a != b and (cycles or a < b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    tied = [(a, b) for a in range(nodes) for b in range(a + 1, nodes) if {(a, b), (b, a)}.isdisjoint(chosen)]
    held = draw(st.lists(st.sampled_from(tied), unique=True, max_size=4)) if tied and bonds else []
    weights = st.sampled_from([0.0, 0.05, 0.2, 0.25, 0.5, 0.9, 1.0])
    own = draw(st.lists(st.sampled_from([0.0, 0.01, 0.05, 0.2, 0.6, 1.0]), min_size=nodes, max_size=nodes))
    into = [max(1, sum(receiver == party for _, receiver in chosen)) for party in range(nodes)]
    return Case(
        nodes,
        [(a, b, draw(weights) / into[b]) for a, b in chosen],
        [(a, b, draw(weights), draw(weights)) for a, b in held],
        np.array(own),
    )


def link_rows(*rows: Mapping[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{"kind": "supplies", **row} for row in rows], schema=LINK)


def supplies(giver: str, receiver: str | None, **values: Any) -> dict[str, Any]:
    return {"from_id": giver, "to_id": receiver, **values}


def rated(**p: float | None) -> pa.Table:
    return pa.table({"subject_id": pa.array(list(p), pa.string()), "p": pa.array(list(p.values()), pa.float64())})


def named(*ids: str) -> pa.Table:
    return pa.table(
        {"party_id": pa.array(ids, pa.string()), "name": pa.array([one.upper() for one in ids], pa.string())}
    )
