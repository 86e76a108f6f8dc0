"""The arithmetic of dependent evidence: each further piece of a cluster counts less, and clusters have caps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc

from fairlead.risk.arrays import Floats, Ints


def discount(subject: Ints, cluster: Ints, nats: Floats, dependence: float) -> Floats:
    """Return the factor (1 - rho)^(j - 1) of each piece of evidence, where j is its rank (see `ranks`).

    With this the sum over a cluster never falls when a piece that raises it is added.
    """
    return np.asarray((1.0 - dependence) ** (ranks(subject, cluster, nats) - 1))


def ranks(subject: Ints, cluster: Ints, nats: Floats) -> Ints:
    """Return the rank j of each piece, from 1: by |nats| from the largest, in its subject, cluster and sign.

    The sign matters because what lowers the estimate is no copy of what raises it. Pieces that weigh the same keep
    their order.
    """
    if len(nats) == 0:
        return np.ones(0, dtype=np.int64)
    negative = nats < 0
    order = np.lexsort((-np.abs(nats), negative, cluster, subject))
    new = np.ones(len(order), dtype=bool)
    same = [column[order][1:] == column[order][:-1] for column in (subject, cluster, negative)]
    new[1:] = ~(same[0] & same[1] & same[2])
    starts = np.flatnonzero(new)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = 1 + np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    return rank


def totals(group: Ints, values: Floats, count: int) -> Floats:
    """Return the sum of the values in each of `count` groups, which are numbered from 0."""
    return np.asarray(np.bincount(group, weights=values, minlength=count), dtype=np.float64)


def places(array: Any) -> Ints:
    """Return for each text of an Arrow array its place among the distinct texts, in their order."""
    encoded = array.dictionary_encode()
    place = np.empty(len(encoded.dictionary), dtype=np.int64)
    place[pc.sort_indices(encoded.dictionary).to_numpy()] = np.arange(len(place))
    return np.asarray(place[encoded.indices.to_numpy()], dtype=np.int64)


def cap_sides(group: Ints, nats: Floats, cap: float) -> Floats:
    """Return the factor that holds the positive and the negative sum of each group within the cap, each by itself.

    `group` numbers the groups from 0; pieces of one side of one group are scaled alike.
    """
    factor = np.ones(len(nats))
    for side in (nats > 0, nats < 0):
        sums = totals(group[side], np.abs(nats[side]), int(group.max(initial=-1)) + 1)
        over = np.divide(cap, sums, out=np.ones_like(sums), where=sums > cap)
        factor[side] = over[group[side]]
    return factor


def cap_total(group: Ints, nats: Floats, low: float, high: float) -> Floats:
    """Return the factor that holds the sum of each group between `low` (below 0) and `high` (above 0)."""
    sums = totals(group, nats, int(group.max(initial=-1)) + 1)
    bound = np.clip(sums, low, high)
    factor = np.divide(bound, sums, out=np.ones_like(sums), where=bound != sums)
    return np.asarray(factor[group])


def levelled_off(values: Floats, start: float, end: float) -> Floats:
    """Return how much is taken from each value so that it levels off between `start` and `end`; 0 or less.

    A value x above the start s becomes s + g (1 - exp(-(x - s) / g)) with g = end - s: it still grows with x, from
    the slope 1 at the start, and never passes the end.
    """
    gap = end - start
    above = np.maximum(0.0, values - start)
    return np.asarray(-gap * np.expm1(-above / gap) - above)


def numbered(*columns: Ints) -> tuple[Ints, Ints]:
    """Return a number from 0 for each distinct combination of the columns, row by row, and the first row of each."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        key = key * (int(column.max(initial=0)) + 1) + column
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    _, first = np.unique(key, return_index=True)
    return key, first.astype(np.int64)
