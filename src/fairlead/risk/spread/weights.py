"""What a link for goods carries: the giver's share of what the receiver gets, as far as the links tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Sums of shares that are over 1 by less are rounding.
_ROUNDING: Final = 1e-6


class Basis(StrEnum):
    """What the weight of a link rests on."""

    SHARE = "share"  # the share that the link states
    SPEND = "spend"  # its part of the spend in its currency
    EVEN = "even"  # nothing is stated: even parts
    RULE = "rule"  # the kind of link, by risk_spread.yaml


BASES: Final = tuple(Basis)


@dataclass(frozen=True)
class Parts:
    """The part of each link (0 to 1), its basis (a place in BASES), and whose stated shares passed 1 together."""

    part: Doubles
    basis: Integers
    over: Integers


def parts_of_whole(of: Integers, parties: int, share: Doubles, amount: Doubles, currency: Integers) -> Parts:
    """Divide what each party gets (or gives) among its links.

    `of` is the party whose whole is divided, by link; `share` the stated share (0 to 1, NaN where none is stated);
    `amount` the spend (NaN where unknown) in the currency with the number `currency`. A stated share counts as it
    stands; where they pass 1 together they are brought down to 1. What they leave is divided among the other links:
    evenly among groups of one currency, by their number of links, because amounts in different currencies cannot be
    compared; within a group by amount; evenly among links without an amount. The parts of one party never pass 1.
    """
    stated = ~np.isnan(share)
    given = np.bincount(of, np.where(stated, share, 0.0), parties)
    over = np.flatnonzero(given > 1 + _ROUNDING)
    part = np.where(stated, share, 0.0) / np.maximum(1, given)[of]
    basis = np.full(len(of), BASES.index(Basis.SHARE))
    open_links = np.flatnonzero(~stated)
    if len(open_links):
        left = np.maximum(0, 1 - given)
        divided, by_amount = _divided(of[open_links], parties, amount[open_links], currency[open_links])
        part[open_links] = left[of[open_links]] * divided
        basis[open_links] = np.where(by_amount, BASES.index(Basis.SPEND), BASES.index(Basis.EVEN))
    return Parts(part, basis, over)


def _divided(of: Integers, parties: int, amount: Doubles, currency: Integers) -> tuple[Doubles, NDArray[np.bool_]]:
    """Return each link's part of the rest, and whether an amount decided it; an amount of 0 or less is not known."""
    known = amount > 0
    groups = np.where(known, currency, -1) + 1
    _, group = np.unique(of * (groups.max() + 1) + groups, return_inverse=True)
    links = np.bincount(of, minlength=parties)[of]
    of_group = np.bincount(group)[group] / links
    sums = np.bincount(group, np.where(known, amount, 1.0))
    return of_group * np.where(known, amount, 1.0) / sums[group], known
