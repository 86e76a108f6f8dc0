"""A chain that is partly known: mapped suppliers take the place of what the table would guess of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from fairlead.errors import InvalidTable
from fairlead.model.input_output import Floats, InputOutputTable, Ints
from fairlead.risk.upstream.multipliers import MOST_TERMS, TOLERANCE, Tiers, called_for, multipliers


@dataclass(frozen=True)
class MappedParty:
    """One known supplier: its id and name, the cell of the table that it belongs to, and what it is known to buy.

    `inputs` is what it is known to buy per unit of its output, by the place of the seller among the parties.
    """

    party_id: str
    name: str
    cell: int
    inputs: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class Chain:
    """A table with known suppliers beside its cells; ids from `table.cells` on are the suppliers, in their order.

    `own` holds what each supplier still buys from cells of the table, `known` what it buys from other suppliers, both
    per unit of its output (rows are buyers). A cell of the table never buys from a supplier.
    """

    table: InputOutputTable
    parties: tuple[MappedParty, ...]
    own: Any
    known: Any

    @property
    def size(self) -> int:
        """How many cells and suppliers there are."""
        return self.table.cells + len(self.parties)

    def cell_of(self, place: int) -> int:
        """Return the cell of the table that an id stands for or belongs to."""
        return place if place < self.table.cells else self.parties[place - self.table.cells].cell

    def cells(self) -> Ints:
        """Return the cell of every id."""
        return np.concatenate([np.arange(self.table.cells), [party.cell for party in self.parties]]).astype(np.int64)

    def column(self, place: int) -> tuple[Ints, npt.NDArray[Any]]:
        """Return what an id buys per unit of its output: the ids it buys from, and the coefficients."""
        count = self.table.cells
        if place < count:
            return self.table.input_column(place)
        own, known = self.own[place - count], self.known[place - count]
        return np.concatenate([own.indices, known.indices + count]), np.concatenate([own.data, known.data])

    def multipliers(self, intensity: Floats, tolerance: float = TOLERANCE) -> Floats:
        """Return the multiplier of every id: m of the cells by the table's series, then of the suppliers.

        For suppliers m = s + B m_cells + M m, with s that of their cell, B `own` and M `known`; M's rows sum to less
        than 1 as those of the table do, so the sweeps converge on chains with cycles too. Raises InvalidTable where a
        cycle of industries that buy more than they make does not.
        """
        of_cells = multipliers(self.table.inputs, intensity, tolerance)
        if not self.parties:
            return of_cells
        base = intensity[self.cells()[self.table.cells :]] + self.own @ of_cells
        found = base.copy()
        for _ in range(MOST_TERMS):
            before, found = found, base + self.known @ found
            if np.allclose(before, found, rtol=tolerance, atol=0.0):
                return np.concatenate([of_cells, found])
        raise _endless()

    def tiers(self, demand: Floats, count: int, tolerance: float = TOLERANCE) -> Tiers:
        """Return the output that a demand on ids calls for, tier by tier, in `count` tiers and beyond.

        Beyond them the suppliers' part is summed up first, since no cell buys from them; what they buy from cells then
        joins what the cells themselves call for. Raises InvalidTable when a series does not come to an end.
        """
        inputs, split = self.table.inputs, self.table.cells
        outputs = inputs.T
        each = [demand.astype(np.float64)]
        cells, known = demand[:split].astype(inputs.dtype), demand[split:]
        for _ in range(count + 1):
            cells = (outputs @ cells + self.own.T @ known).astype(inputs.dtype)
            known = self.known.T @ known
            each.append(np.concatenate([cells, known]).astype(np.float64))
        *told, rest = each
        least = tolerance * float(np.sum(told))
        of_suppliers = self._suppliers_beyond(rest[split:], least)
        of_cells = called_for(inputs, rest[:split] + self.own.T @ of_suppliers, least)
        return Tiers(np.array(told), np.concatenate([of_cells, of_suppliers]))

    def _suppliers_beyond(self, demand: Floats, least: float) -> Floats:
        total, term = demand.copy(), demand
        for _ in range(MOST_TERMS):
            if float(term.sum()) <= least:
                return total
            term = self.known.T @ term
            total += term
        raise _endless()


def _endless() -> InvalidTable:
    return InvalidTable(
        f"What mapped suppliers buy from each other does not shrink within {MOST_TERMS} steps.",
        do="Look for suppliers that buy nearly everything from each other, and check their amounts.",
    )


def chain_of(table: InputOutputTable, parties: Sequence[MappedParty] = ()) -> Chain:
    """Join known suppliers to a table.

    A supplier buys what its cell buys, but for what is known. A known purchase takes first the place of the purchases
    from the same industry, wherever those would come from, since the table tells best what is needed and the map from
    whom; then, where more is known than the table expects of that industry, that of all else alike. Known purchases
    that come to more than the cell buys in all are scaled down to that.
    """
    rows = [_row(table, party, parties) for party in parties]
    own = sparse.vstack([row for row, _ in rows], format="csr") if rows else sparse.csr_matrix((0, table.cells))
    entries = [(buyer, seller, amount) for buyer, (_, links) in enumerate(rows) for seller, amount in links]
    buyers, sellers, amounts = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(rows), len(rows))
    known = sparse.csr_matrix((np.array(amounts, dtype=np.float64), (buyers, sellers)), shape=shape)
    return Chain(table, tuple(parties), own, known)


def _row(
    table: InputOutputTable, party: MappedParty, parties: Sequence[MappedParty]
) -> tuple[Any, list[tuple[int, float]]]:
    """Return what a supplier buys from cells (1 x n, sparse), and from whom else how much."""
    cells, coefficients = table.input_column(party.cell)
    left = coefficients.astype(np.float64)
    bought, known = float(left.sum()), sum(amount for _, amount in party.inputs)
    scale = min(1.0, bought / known) if known > 0 else 1.0
    links = [(seller, amount * scale) for seller, amount in party.inputs]
    beyond = 0.0
    for seller, amount in links:
        same = table.industry[cells] == table.industry[parties[seller].cell]
        there = float(left[same].sum())
        left[same] *= 1.0 - min(1.0, amount / there) if there > 0 else 1.0
        beyond += max(0.0, amount - there)
    rest = float(left.sum())
    if rest > 0 and beyond > 0:
        left *= max(0.0, 1.0 - beyond / rest)
    row = sparse.csr_matrix((left, cells, [0, len(cells)]), shape=(1, table.cells))
    return row, links
