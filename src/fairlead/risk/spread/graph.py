"""The links between parties as sparse arrays by receiver, in one order whatever the order of the rows."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fairlead.errors import LinkError, Where
from fairlead.model.message import message

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

#: Links that are worked on at a time: their values stay in the processor's own memory.
BLOCK: Final = 1 << 16
#: More threads than this only wait for memory.
_MOST_THREADS: Final = 8
_KEY_BITS: Final = 64


@dataclass(frozen=True)
class Bonds:
    """Pairs of parties that carry risk to each other, such as an owner and the owned, each pair once.

    `forward` is what goes from `first` to `second`, `back` the other way (0 to 1). What a party handed over a bond
    never comes back to it over the same bond.
    """

    first: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    second: Integers = field(default_factory=lambda: np.empty(0, np.int64))
    forward: Floats = field(default_factory=lambda: np.empty(0))
    back: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True)
class SpreadGraph:
    """One-way links by receiver (compressed rows), and bonds.

    The links into party b are those from start[b] to start[b + 1]: `giver` holds their other ends in ascending order,
    `weight` what they carry (0 to 1). `self_links` were set aside: a party that supplies itself says nothing of others.
    """

    nodes: int
    start: Integers
    giver: Integers
    weight: Floats
    bonds: Bonds
    self_links: int

    @property
    def linked(self) -> Integers:
        """The parties with at least one link into them, ascending."""
        return np.flatnonzero(self.start[1:] > self.start[:-1])


def spread_graph(
    nodes: int, giver: Integers, receiver: Integers, weight: Floats, bonds: Bonds | None = None
) -> SpreadGraph:
    """Sort links by receiver and giver into sparse arrays; links between the same two are added up, to 1 at most.

    `giver` and `receiver` are numbers of parties from 0 to `nodes` - 1; `weight` keeps its precision (float32 or
    float64). The result does not depend on the order of the links. Raises LinkError for a weight that is negative,
    over 1 or missing, and for an end that is no party.
    """
    _refuse_bad_links(nodes, giver, receiver, weight)
    itself = giver == receiver
    self_links = int(np.count_nonzero(itself))
    if self_links:
        kept = ~itself
        giver, receiver, weight = giver[kept], receiver[kept], weight[kept]
    order = _order(nodes, giver, receiver)
    start, sorted_giver, sorted_weight, same = _sorted_links(nodes, giver, receiver, weight, order)
    if len(same):
        _add_up(sorted_weight, same)
    return SpreadGraph(nodes, start, sorted_giver, sorted_weight, bonds or Bonds(), self_links)


def _refuse_bad_links(nodes: int, giver: Integers, receiver: Integers, weight: Floats) -> None:
    if not len(weight):
        return
    low, high = weight.min(), weight.max()
    if not (low >= 0 and high <= 1):
        row = int(np.flatnonzero(~((weight >= 0) & (weight <= 1)))[0])
        raise LinkError(
            message("a share of {value} cannot be; shares lie between 0 and 1.", value=str(weight[row])),
            where=Where(row=row + 1, column="share"),
            do=message("Correct the share, or leave it out where it is not known."),
        )
    for name, ends in (("giver", giver), ("receiver", receiver)):
        if ends.min() < 0 or ends.max() >= nodes:
            row = int(np.flatnonzero((ends < 0) | (ends >= nodes))[0])
            raise LinkError(
                message("{number} is no party; there are {count} of them.", number=str(ends[row]), count=str(nodes)),
                where=Where(row=row + 1, column=name),
                do=message("Add the party, or correct the link."),
            )


@dataclass(frozen=True)
class _Order:
    """Links in their order: keys that hold (receiver, giver, place) in as many bits, or just the places."""

    keys: NDArray[np.uint64]
    node_bits: int
    place_bits: int


def _order(nodes: int, giver: Integers, receiver: Integers) -> _Order:
    """Sort links by receiver and giver, both packed with the link's place into one number, which sorts fastest.

    Where 64 bits do not hold all three, links are sorted by giver first and then, in that order, by receiver; the
    keys then hold receiver and place only.
    """
    node_bits, place_bits = max(1, (nodes - 1).bit_length()), max(1, len(giver).bit_length())
    if 2 * node_bits + place_bits <= _KEY_BITS:
        return _Order(_packed([receiver, giver], node_bits, place_bits), node_bits, place_bits)
    mask = np.uint64((1 << place_bits) - 1)
    by_giver = (_packed([giver], node_bits, place_bits) & mask).astype(np.int64)
    keys = _packed([receiver[by_giver]], node_bits, place_bits)
    places = by_giver[(keys & mask).astype(np.int64)]
    return _Order(places.astype(np.uint64), 0, place_bits)


def _packed(fields: list[Integers], node_bits: int, place_bits: int) -> NDArray[np.uint64]:
    keys = np.empty(len(fields[0]), np.uint64)

    def pack(low: int, high: int) -> None:
        part = fields[0][low:high].astype(np.uint64)
        for further in fields[1:]:
            part <<= np.uint64(node_bits)
            part |= further[low:high].astype(np.uint64)
        part <<= np.uint64(place_bits)
        part |= np.arange(low, high, dtype=np.uint64)
        keys[low:high] = part

    in_threads(pack, _cuts(len(keys)))
    keys.sort()
    return keys


def _sorted_links(
    nodes: int, giver: Integers, receiver: Integers, weight: Floats, order: _Order
) -> tuple[Integers, Integers, Floats, Integers]:
    """Return start, giver and weight in order, and the places that hold the same two parties as the place before."""
    count = len(order.keys)
    kind = np.int32 if nodes <= np.iinfo(np.int32).max else np.int64
    sorted_giver: Integers = np.empty(count, kind)
    sorted_weight: Floats = np.empty(count, weight.dtype)
    mask = np.uint64((1 << order.place_bits) - 1)
    same: dict[int, Integers] = {}

    def gather(low: int, high: int) -> None:
        keys = order.keys[max(low - 1, 0) : high]
        places = (keys & mask).astype(np.int64)
        if order.node_bits:
            pairs = keys >> np.uint64(order.place_bits)
            givers = (pairs & np.uint64((1 << order.node_bits) - 1)).astype(kind)
            again = pairs[1:] == pairs[:-1]
        else:
            givers, receivers = giver[places], receiver[places]
            again = (givers[1:] == givers[:-1]) & (receivers[1:] == receivers[:-1])
        skip = low - max(low - 1, 0)
        sorted_giver[low:high] = givers[skip:]
        sorted_weight[low:high] = weight[places[skip:]]
        if again.any():
            same[low] = np.flatnonzero(again) + max(low - 1, 0) + 1

    in_threads(gather, _cuts(count))
    start = np.zeros(nodes + 1, np.int64)
    if order.node_bits:
        shift = np.uint64(order.node_bits + order.place_bits)
        edges = np.arange(nodes, dtype=np.uint64) << shift
        start[:-1] = np.searchsorted(order.keys, edges)
        start[-1] = count
    else:
        np.cumsum(np.bincount(receiver, minlength=nodes), out=start[1:])
    return start, sorted_giver, sorted_weight, np.concatenate([same[low] for low in sorted(same)] or [_NONE])


_NONE: Final = np.empty(0, np.int64)


def _add_up(weight: Floats, same: Integers) -> None:
    """Give the first link between two parties the sum of all of theirs, to 1 at most, and the others nothing.

    The weights are added in ascending order, so that the sum does not depend on the order of the rows.
    """
    fresh = np.flatnonzero(np.diff(same, prepend=-1) > 1)
    first = same[fresh] - 1
    counts = np.diff(np.append(fresh, len(same))) + 1
    group = np.repeat(np.arange(len(first)), counts)
    inside = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
    places = first[group] + inside
    values = weight[places].astype(np.float64)
    values = values[np.lexsort((values, group))]
    sums = np.add.reduceat(values, np.cumsum(counts) - counts)
    weight[same] = 0
    weight[first] = np.minimum(sums, 1)


def _cuts(count: int) -> list[tuple[int, int]]:
    edges = [*range(0, count, BLOCK), count]
    return list(itertools.pairwise(edges))


def in_threads(work: Callable[[int, int], None], parts: Iterable[tuple[int, int]]) -> None:
    """Do `work(low, high)` for every part, several at a time; the parts must not touch each other's results."""
    parts = list(parts)
    threads = min(os.cpu_count() or 1, _MOST_THREADS, len(parts))
    if threads <= 1:
        for low, high in parts:
            work(low, high)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(lambda part: work(*part), parts):
            pass
