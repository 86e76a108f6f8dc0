"""Structural paths: the single chains of buyers and sellers that carry most of a demand's exposure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fairlead.model.input_output import Floats, Ints

#: Gives what a cell buys per unit of its output: the cells it buys from, and the coefficients.
Column = Callable[[int], tuple[Ints, npt.NDArray[Any]]]


@dataclass(frozen=True)
class Paths:
    """Every node of the tree of chains whose subtree carries more than the tolerance, the first ones the roots.

    A node is one chain of purchases, told by its last cell and the node before it (-1 for a root). Its `weight` is
    the output called for at its end, `own` what the end carries itself (weight x intensity) and `subtree` what it
    carries with all that lies above it (weight x multiplier), both as shares of the demand's total.
    """

    parent: Ints
    cell: Ints
    tier: Ints
    weight: Floats
    own: Floats
    subtree: Floats

    def __len__(self) -> int:
        return len(self.cell)

    @property
    def covered(self) -> float:
        """Which share of the total the ends of the chains carry."""
        return float(self.own.sum())

    def chain(self, node: int) -> tuple[int, ...]:
        """Return the cells of a chain, from the product bought to the cell at its end."""
        cells = []
        while node >= 0:
            cells.append(int(self.cell[node]))
            node = int(self.parent[node])
        return tuple(reversed(cells))

    def largest(self, count: int) -> list[int]:
        """Return the nodes whose ends carry most, the largest first; of equals the one with fewer tiers."""
        order = np.lexsort((self.cell, self.tier, -self.own))
        return [int(node) for node in order[:count]]


def structural_paths(
    column: Column, intensity: Floats, multiplier: Floats, demand: Floats, *, tolerance: float, count: int
) -> Paths:
    """Return all chains up to `count` tiers whose subtree carries at least `tolerance` of the demand's total.

    From a node with weight w at cell j the purchase from cell i, with all that lies above it, carries exactly
    w A_ij m_i. So a purchase below the tolerance can be left out with its whole subtree, and nothing at or above it is
    missed. Since w m_j is at most the total, only purchases with A_ij m_i >= tolerance x m_j can ever count: each
    column is cut to those when it is first visited, there are at most 1 / tolerance of them, and no other column is
    looked at. `multiplier` has to belong to `intensity` and the table.
    """
    total = float(demand @ multiplier)
    nodes = _Nodes(intensity, multiplier, total)
    if total <= 0:
        return nodes.paths()
    roots = np.flatnonzero(demand)
    roots = roots[demand[roots] * multiplier[roots] >= tolerance * total]
    roots = roots[np.argsort(-demand[roots] * multiplier[roots], kind="stable")]
    nodes.add(np.full(len(roots), -1), roots, 0, demand[roots])
    columns: dict[int, tuple[Ints, Floats, Floats]] = {}
    start = 0
    for tier in range(1, count + 1):
        level = nodes.slice(start)
        start += len(level)
        for node, cell, weight in level:
            if cell not in columns:
                columns[cell] = _cut(column(cell), multiplier, tolerance * float(multiplier[cell]))
            sellers, coefficients, carried = columns[cell]
            keep = int(np.searchsorted(-carried, -tolerance * total / weight, side="right"))
            if keep:
                nodes.add(np.full(keep, node), sellers[:keep], tier, weight * coefficients[:keep])
    return nodes.paths()


def _cut(bought: tuple[Ints, npt.NDArray[Any]], multiplier: Floats, least: float) -> tuple[Ints, Floats, Floats]:
    """Return a column's purchases that carry at least `least`, the largest first: sellers, A_ij, A_ij m_i."""
    sellers, coefficients = bought
    carried = coefficients * multiplier[sellers]
    kept = np.flatnonzero((carried >= least) & (carried > 0))
    order = kept[np.argsort(-carried[kept], kind="stable")]
    return (
        np.asarray(sellers[order], dtype=np.int64),
        coefficients[order].astype(np.float64),
        np.asarray(carried[order], dtype=np.float64),
    )


class _Nodes:
    """Collects nodes, tier after tier."""

    def __init__(self, intensity: Floats, multiplier: Floats, total: float) -> None:
        self._intensity = intensity
        self._multiplier = multiplier
        self._total = total
        self._parts: list[tuple[Ints, Ints, Ints, Floats]] = []
        self._count = 0

    def add(self, parent: Ints, cell: Ints, tier: int, weight: Floats) -> None:
        self._parts.append((parent, cell, np.full(len(cell), tier), weight))
        self._count += len(cell)

    def slice(self, start: int) -> list[tuple[int, int, float]]:
        """Return number, cell and weight of the nodes from `start` on."""
        found: list[tuple[int, int, float]] = []
        place = 0
        for _, cell, _, weight in self._parts:
            if place >= start:
                numbers = range(place, place + len(cell))
                found.extend(zip(numbers, cell.tolist(), weight.tolist(), strict=True))
            place += len(cell)
        return found

    def paths(self) -> Paths:
        empty: tuple[Any, ...] = (np.zeros(0, dtype=np.int64),) * 3 + (np.zeros(0),)
        columns = [np.concatenate(parts) for parts in zip(*self._parts, strict=True)] if self._parts else list(empty)
        parent, cell, tier, weight = columns
        total = self._total or 1.0
        own = weight * self._intensity[cell] / total
        return Paths(parent, cell, tier, weight, own, weight * self._multiplier[cell] / total)
