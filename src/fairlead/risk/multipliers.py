"""Multipliers and tiers of an input-output table: what a unit of each product carries in all tiers above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fairlead.errors import InvalidTable
from fairlead.model.input_output import Floats

#: The series ends where a further tier adds no more than this share to any product's multiplier.
TOLERANCE: Final = 1e-6

#: A productive table falls below the tolerance long before; one that does not has no finite multipliers.
MOST_TIERS: Final = 2_000


def multipliers(inputs: Any, intensity: Floats, tolerance: float = TOLERANCE) -> Floats:
    """Return m = s + sA + sAA + ..., what one unit of each product carries in all tiers, its own maker included.

    `inputs` is the transpose of A (scipy CSR, n x n), `intensity` is s (n, any unit per unit of output, not negative).
    One pass of the transposed series, m' = s' + A's' + A'A's' + ..., gives the multiplier of every product; the
    inverse is never formed, and no more than two vectors are held beside the table. Terms are added in float64.
    Raises InvalidTable when the series does not come to an end.
    """
    term = intensity.astype(inputs.dtype)
    total = intensity.astype(np.float64)
    for _ in range(MOST_TIERS):
        term = inputs @ term
        total += term
        if bool(np.all(term <= tolerance * total)):
            return total
    raise InvalidTable(
        f"What is bought upstream does not shrink within {MOST_TIERS} tiers, so the table has no multipliers.",
        do="Add the table as published.",
    )


@dataclass(frozen=True)
class Tiers:
    """Output that a demand calls for, tier by tier.

    `each` has one row for the demand itself and one for every tier above it; `beyond` is what all tiers further up
    come to. All are in the unit of the demand, by cell.
    """

    each: npt.NDArray[Any]
    beyond: Floats

    @property
    def total(self) -> Floats:
        """All output called for: x = y + Ay + AAy + ... = (I - A)^-1 y."""
        return np.asarray(self.each.sum(axis=0) + self.beyond, dtype=np.float64)


def tiers(inputs: Any, demand: Floats, count: int, tolerance: float = TOLERANCE) -> Tiers:
    """Return the output that a demand y calls for in `count` tiers (y, Ay, AAy, ...), and in all tiers beyond.

    Raises InvalidTable when the series does not come to an end.
    """
    outputs = inputs.T
    each = [demand.astype(np.float64)]
    term = demand.astype(inputs.dtype)
    for _ in range(count):
        term = outputs @ term
        each.append(term.astype(np.float64))
    beyond = np.zeros(len(demand))
    whole = float(sum(float(np.abs(one).sum()) for one in each))
    for _ in range(MOST_TIERS):
        term = outputs @ term
        beyond += term
        if float(np.abs(term).sum()) <= tolerance * whole:
            return Tiers(np.array(each), beyond)
    raise InvalidTable(
        f"What is bought upstream does not shrink within {MOST_TIERS} tiers.", do="Add the table as published."
    )
