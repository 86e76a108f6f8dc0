"""Multipliers and tiers of an input-output table: what a unit of each product carries in all tiers above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fairlead.errors import InvalidTable
from fairlead.model.input_output import Floats

#: The series ends where a further term adds no more than this share to any product's multiplier.
TOLERANCE: Final = 1e-6

#: A productive table falls below the tolerance long before; one that does not has no finite multipliers.
MOST_TERMS: Final = 2_000


def multipliers(inputs: Any, intensity: Floats, tolerance: float = TOLERANCE) -> Floats:
    """Return m = s + sA + sAA + ..., what one unit of each product carries in all tiers, its own maker included.

    `inputs` is the transpose of A (scipy CSR, n x n), `intensity` is s (n, any unit per unit of output, not negative).
    One transposed series gives the multiplier of every product; the inverse is never formed, and no more than a few
    vectors are held beside the table. What an industry buys from itself is summed up beforehand: with a the diagonal
    of A and B the rest, m = s' + s'B' + s'B'B' + ... for s' = s / (1 - a) and B' = B / (1 - a) by columns. That is the
    same sum in another order, and ends soon where an industry buys nearly everything from itself. Terms are added up
    in double precision. Raises InvalidTable when the series does not come to an end.
    """
    diagonal, kept = _self_purchases(inputs)
    term = kept * intensity.astype(inputs.dtype)
    total: Floats = term.astype(np.float64)
    for _ in range(MOST_TERMS):
        # what rounding leaves of a difference of two equal sums may be a little below 0
        term = np.maximum(inputs @ term - diagonal * term, 0.0) * kept
        total += term
        if bool(np.all(term <= tolerance * total)):
            return total
    raise InvalidTable(f"What is bought upstream does not shrink within {MOST_TERMS} steps.", do=_AS_PUBLISHED)


def _self_purchases(matrix: Any) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the diagonal a of A, and 1 / (1 - a)."""
    diagonal = matrix.diagonal()
    if not bool(np.all(diagonal < 1.0)):
        raise InvalidTable("An industry buys its whole output from itself.", do=_AS_PUBLISHED)
    return diagonal, (1.0 / (1.0 - diagonal)).astype(matrix.dtype)


_AS_PUBLISHED: Final = "Add the table as published."


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

    `inputs` is the transpose of A. What is beyond is (I - A)^-1 applied to the tier after the last, by the same series
    as in `multipliers`; it ends where a term comes to `tolerance` of all that was called for.
    Raises InvalidTable when the series does not come to an end.
    """
    outputs = inputs.T
    each = [demand.astype(np.float64)]
    term = demand.astype(inputs.dtype)
    for _ in range(count):
        term = outputs @ term
        each.append(term.astype(np.float64))
    known = np.array(each)
    return Tiers(known, called_for(inputs, outputs @ term, tolerance * float(known.sum())))


def called_for(inputs: Any, demand: npt.NDArray[Any], least: float) -> Floats:
    """Return (I - A)^-1 y for a demand y that is not negative, up to terms that come to `least` in all cells together.

    `inputs` is the transpose of A. Raises InvalidTable when the series does not come to an end.
    """
    outputs = inputs.T
    diagonal, kept = _self_purchases(inputs)
    term = demand.astype(inputs.dtype) * kept
    total: Floats = term.astype(np.float64)
    for _ in range(MOST_TERMS):
        if float(term.sum()) <= least:
            return total
        term = np.maximum(outputs @ term - diagonal * term, 0.0) * kept
        total += term
    raise InvalidTable(f"What is bought upstream does not shrink within {MOST_TERMS} steps.", do=_AS_PUBLISHED)
