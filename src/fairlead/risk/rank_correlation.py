"""Kendall's tau-b: how far two orders of the same things agree, in time that grows hardly faster than their number."""

from __future__ import annotations

import math

import numpy as np

from fairlead.risk.arrays import Floats, Ints


def kendall_tau_b(x: Floats, y: Floats) -> float:
    """Return Kendall's tau-b of two arrays of values, 1 where they order alike, -1 where the one reverses the other.

    tau_b = (P - Q) / sqrt((n0 - n1) (n0 - n2)) with P and Q the concordant and discordant pairs, n0 = n (n - 1) / 2,
    and n1 and n2 the pairs tied in x and in y (Kendall 1945). It is 1 where there is nothing to order in either.
    """
    count = len(x)
    pairs = count * (count - 1) / 2
    order = np.lexsort((y, x))
    first, second = _codes(x)[order], _codes(y)[order]
    tied_x, tied_y = _tied(first), _tied(second)
    tied_both = _tied(first * (int(second.max(initial=0)) + 1) + second)
    discordant = _inversions(second)
    concordant = pairs - tied_x - tied_y + tied_both - discordant
    scale = math.sqrt((pairs - tied_x) * (pairs - tied_y))
    if scale == 0:
        return 1.0 if tied_x == tied_y else 0.0
    return float((concordant - discordant) / scale)


def _codes(values: Floats) -> Ints:
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _tied(codes: Ints) -> float:
    counts = np.unique(codes, return_counts=True)[1].astype(np.float64)
    return float((counts * (counts - 1) / 2).sum())


def _inversions(codes: Ints) -> float:
    """Return how many pairs stand in the wrong order, by merging blocks of doubling length from the bottom up."""
    count = len(codes)
    if count == 0:
        return 0.0
    block, found, span = 1, 0.0, int(codes.max()) + 1
    values, place = codes, np.arange(count)
    while block < count:
        half, pair = place // block, place // (2 * block)
        keyed = pair * span + values
        right = half % 2 == 1
        left_sorted = keyed[~right]  # each block is sorted, and so are the left blocks one after the other
        of_pair = pair[right]
        ends = np.searchsorted(left_sorted, (of_pair + 1) * span, side="left")
        found += float((ends - np.searchsorted(left_sorted, keyed[right], side="right")).sum())
        values = np.sort(keyed, kind="stable") - pair * span
        block *= 2
    return found
