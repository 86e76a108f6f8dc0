"""How risk spreads along links: upstream exposure by noisy-or for triage, and a linear measure that paths can split.

With p the own risk of each party, t what a link carries (0 to 1) and delta what counts one step further away:

    noisy-or   U_b = 1 - prod_j (1 - t_bj P_j)        P_j = 1 - (1 - p_j)(1 - delta U_j)
    linear     r_b = p_b + delta sum_j w_bj r_j       w_bj = t_bj / max(1, sum_j t_bj)

Both are fixed points that sweeps over all links reach from below, so cycles do no harm: the noisy-or stays between 0
and 1, and the linear sum shrinks by delta with every step. Over a bond, such as that of an owner and the owned, nothing
comes back to where it came from: what a hands to b leaves out what b handed to a.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fairlead.risk.spread.graph import BLOCK, Bonds, Floats, Integers, SpreadGraph, in_threads

Doubles = NDArray[np.float64]

#: The largest chance that one link hands on; at 1 its logarithm would have no end.
_NEARLY_CERTAIN: Final = 1 - 1e-15


@dataclass(frozen=True)
class NoisyOr:
    """Upstream exposure of every party (0 to 1), after how many sweeps, and the largest change in the last one."""

    upstream: Doubles
    sweeps: int
    last_change: float


@dataclass(frozen=True)
class Linear:
    """The linear measure: `total` r of every party, of which `own` is its own.

    `scale` is what the weights into each party are multiplied by. `to_second` is what the first of each bond hands over
    before its weight (r without what came from the second), `to_first` the other way.
    """

    total: Doubles
    own: Doubles
    scale: Doubles
    to_second: Doubles
    to_first: Doubles
    sweeps: int
    last_change: float


def noisy_or(graph: SpreadGraph, own: Floats, *, delta: float, sweeps: int, tolerance: float = 0.0) -> NoisyOr:
    """Return the upstream exposure of every party.

    `own` is the own risk by party (0 to 1; 0 where it is not known), `delta` what counts one step further away.
    Ends after so many `sweeps`, or when no exposure changes by more than `tolerance`.
    """
    sweep = _Sweep(graph)
    clear = 1 - own.astype(np.float64)
    hands_on = 1 - clear
    bonds = graph.bonds
    to_second, to_first = hands_on[bonds.first], hands_on[bonds.second]
    upstream, done, change = np.zeros(graph.nodes), 0, 0.0
    while done < sweeps:
        none = sweep.products(hands_on)
        if len(bonds.first):
            none, to_second, to_first = _over_bonds(bonds, none, clear, delta, to_second, to_first)
        done += 1
        fresh = 1 - none
        change = float(np.max(np.abs(fresh - upstream), initial=0.0))
        upstream = fresh
        if change <= tolerance:
            break
        if done < sweeps:
            hands_on = 1 - clear * (1 - delta * upstream)
    return NoisyOr(upstream, done, change)


def _over_bonds(
    bonds: Bonds, none: Doubles, clear: Doubles, delta: float, to_second: Doubles, to_first: Doubles
) -> tuple[Doubles, Doubles, Doubles]:
    """Return the chance that nothing arrives with the bonds counted in, and what each end hands over next.

    What an end hands over is made of everything that arrived at it but over this bond.
    """
    into_second = np.log1p(-np.minimum(bonds.forward * to_second, _NEARLY_CERTAIN))
    into_first = np.log1p(-np.minimum(bonds.back * to_first, _NEARLY_CERTAIN))
    nodes = len(none)
    logs = np.bincount(bonds.second, into_second, nodes) + np.bincount(bonds.first, into_first, nodes)
    without_second = 1 - none[bonds.first] * np.exp(logs[bonds.first] - into_first)
    without_first = 1 - none[bonds.second] * np.exp(logs[bonds.second] - into_second)
    return (
        none * np.exp(logs),
        1 - clear[bonds.first] * (1 - delta * without_second),
        1 - clear[bonds.second] * (1 - delta * without_first),
    )


def linear(graph: SpreadGraph, own: Floats, *, delta: float, sweeps: int, tolerance: float = 0.0) -> Linear:
    """Return the linear measure of every party; arguments as for `noisy_or`.

    It is a sum and no probability, and may pass 1. It is the sum over all ways through the graph that end at the party,
    of the own risk where the way begins, times delta and the weight of each step.
    """
    sweep = _Sweep(graph)
    base = own.astype(np.float64)
    bonds = graph.bonds
    scale = weight_scale(graph)
    total, to_second, to_first = base.copy(), base[bonds.first], base[bonds.second]
    done, change = 0, 0.0
    while done < sweeps:
        came = sweep.sums(total) * scale
        done += 1
        if len(bonds.first):
            into_second = bonds.forward * to_second * scale[bonds.second]
            into_first = bonds.back * to_first * scale[bonds.first]
            came += np.bincount(bonds.second, into_second, graph.nodes)
            came += np.bincount(bonds.first, into_first, graph.nodes)
            to_second = base[bonds.first] + delta * (came[bonds.first] - into_first)
            to_first = base[bonds.second] + delta * (came[bonds.second] - into_second)
        fresh = base + delta * came
        change = float(np.max(np.abs(fresh - total), initial=0.0))
        total = fresh
        if change <= tolerance:
            break
    return Linear(total, base, scale, to_second, to_first, done, change)


def weight_scale(graph: SpreadGraph) -> Doubles:
    """Return by party what makes the weights of the links into it sum to 1 at most."""
    sums = _Sweep(graph).sums(np.ones(graph.nodes))
    bonds = graph.bonds
    sums += np.bincount(bonds.second, bonds.forward, graph.nodes) + np.bincount(bonds.first, bonds.back, graph.nodes)
    return 1 / np.maximum(1, sums)


class _Sweep:
    """One pass over all one-way links, block by block, each block whole rows and a thread's own.

    What a link carries is found in the precision of its weight (float32 spares a quarter of the time), products and
    sums in float64.
    """

    def __init__(self, graph: SpreadGraph) -> None:
        self._graph = graph
        self._rows = graph.linked
        self._starts = graph.start[self._rows]
        self._ends = graph.start[self._rows + 1]
        self._blocks = _row_blocks(self._starts, len(graph.giver))

    def products(self, hands_on: Doubles) -> Doubles:
        """Return by party prod_j (1 - t_j P_j) over the links into it: the chance that nothing arrives."""
        out = np.ones(self._graph.nodes)

        def reduced(carried: Floats, starts: Integers) -> Doubles:
            product: Doubles = np.multiply.reduceat(np.subtract(1, carried, dtype=np.float64), starts)
            return product

        self._reduce(hands_on, out, reduced)
        return out

    def sums(self, values: Doubles) -> Doubles:
        """Return by party sum_j t_j r_j over the links into it."""
        out = np.zeros(self._graph.nodes)

        def reduced(carried: Floats, starts: Integers) -> Doubles:
            total: Doubles = np.add.reduceat(carried, starts, dtype=np.float64)
            return total

        self._reduce(values, out, reduced)
        return out

    def _reduce(self, values: Doubles, out: Doubles, reduced: Callable[[Floats, Integers], Doubles]) -> None:
        giver, weight = self._graph.giver, self._graph.weight
        precise = values.astype(weight.dtype, copy=False)

        def work(low: int, high: int) -> None:
            start, end = int(self._starts[low]), int(self._ends[high - 1])
            carried = precise.take(giver[start:end])
            carried *= weight[start:end]
            out[self._rows[low:high]] = reduced(carried, self._starts[low:high] - start)

        in_threads(work, self._blocks)


def _row_blocks(starts: Integers, links: int) -> Sequence[tuple[int, int]]:
    """Return ranges of rows with about a block of links each."""
    if not len(starts):
        return []
    cuts = np.unique(np.append(np.searchsorted(starts, np.arange(0, links, BLOCK)), len(starts)))
    return list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
