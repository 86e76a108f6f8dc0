"""Turns coefficients by seller into inputs by buyer, checked on the way; what no series can follow is set to 0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import Corrections, Floats

#: Coefficients below this are left out; a table of 9,800 cells loses less than a millionth of its flow by it.
SMALLEST_COEFFICIENT: Final = 1e-8

#: Negative flows are set to 0; if they come to more than this share of all output, the table is refused. Balancing and
#: changes of stocks leave some in most published tables; what they shift stays below the balance's own tolerance.
MOST_NEGATIVE: Final = 0.01

AS_PUBLISHED: Final = "Use the file as published; a table that was edited or cut cannot be used."

#: So many rows are worked on at a time.
_ROWS: Final = 1_000

#: Places in a matrix with more entries than this need more than 32 bits.
_MOST_NARROW: Final = 2**31 - 1


@dataclass
class _Tally:
    """What a first pass over the coefficients finds: entries by buyer, the diagonal, and negatives."""

    entries: npt.NDArray[np.int64]
    diagonal: Floats
    negative_flows: int = 0
    negative_value: float = 0.0
    largest: tuple[float, int, int] = field(default=(0.0, 0, 0))  # value, seller, buyer


def transposed(coefficients: Any, output: Floats, names: Sequence[str], file: str) -> tuple[Any, Corrections]:
    """Return the transpose of A in compressed sparse rows of float32, and what was corrected.

    `coefficients` is A (n x n, dense or sparse), `output` has n values, not negative, `names` are those of the cells.
    A negative coefficient is set to 0, a buyer without output buys nothing, and nor does one that buys its whole output
    or more from itself (A_jj >= 1), since no series over it ends. A is gone through twice, a piece at a time: once to
    count, once to put each entry in its place, so that no more than A and its transpose are held.
    Raises InvalidTable when a value is missing, or negative flows come to more than 1% of all output.
    """
    tally = _Tally(np.zeros(len(output), dtype=np.int64), np.zeros(len(output)))
    for start, part in _pieces(coefficients):
        _check_holes(part, start, names, file)
        _count_negatives(part, start, output, tally)
        tally.diagonal[start : start + part.shape[0]] = part.diagonal(start)
        tally.entries += np.bincount(_cleaned(part, output > 0).indices, minlength=len(output))
    share = tally.negative_value / max(float(output.sum()), 1e-300)
    if share > MOST_NEGATIVE:
        _, seller, buyer = tally.largest
        raise InvalidTable(
            f"has negative flows that come to {share:.1%} of all output; the largest is what {names[buyer]} buys from "
            f"{names[seller]}.",
            where=Where(file=file, row=seller + 1, column=names[buyer]),
            do=AS_PUBLISHED,
        )
    circular = (tally.diagonal >= 1.0) & (output > 0)
    tally.entries[circular] = 0
    inputs = _placed(coefficients, tally.entries, (output > 0) & ~circular)
    return inputs, Corrections(tally.negative_flows, share, int(circular.sum()))


def _pieces(coefficients: Any) -> Iterator[tuple[int, Any]]:
    """Yield rows of A as compressed sparse rows of float32, with the number of the first."""
    for start in range(0, coefficients.shape[0], _ROWS):
        part = coefficients[start : start + _ROWS]
        part = part.tocsr() if sparse.issparse(part) else sparse.csr_matrix(np.asarray(part))
        yield start, part.astype(np.float32)


def _check_holes(part: Any, start: int, names: Sequence[str], file: str) -> None:
    missing = ~np.isfinite(part.data)
    if missing.any():
        at = int(np.flatnonzero(missing)[0])
        seller, buyer = start + _row_of(part, at), int(part.indices[at])
        raise InvalidTable(
            f"what {names[buyer]} buys from {names[seller]} is missing.",
            where=Where(file=file, row=seller + 1, column=names[buyer]),
            do=AS_PUBLISHED,
        )


def _row_of(part: Any, at: int) -> int:
    return int(np.searchsorted(part.indptr, at, side="right")) - 1


def _count_negatives(part: Any, start: int, output: Floats, tally: _Tally) -> None:
    places = np.flatnonzero(part.data < 0)
    if not len(places):
        return
    values = -part.data[places].astype(np.float64) * output[part.indices[places]]
    tally.negative_flows += int(np.count_nonzero(values))
    tally.negative_value += float(values.sum())
    at = int(places[np.argmax(values)])
    tally.largest = max(tally.largest, (float(values.max()), start + _row_of(part, at), int(part.indices[at])))


def _cleaned(part: Any, buys: npt.NDArray[np.bool_]) -> Any:
    """Return a piece without what is negative or next to nothing, and without the columns of those who buy nothing."""
    part.data[(part.data < SMALLEST_COEFFICIENT) | ~buys[part.indices]] = 0.0
    part.eliminate_zeros()
    return part


def _placed(coefficients: Any, entries: npt.NDArray[np.int64], buys: npt.NDArray[np.bool_]) -> Any:
    """Return the transpose of the cleaned coefficients; `entries` says how many each buyer has."""
    indptr = np.concatenate([[0], np.cumsum(entries)])
    narrow = np.int32 if indptr[-1] <= _MOST_NARROW else np.int64
    sellers, values = np.empty(indptr[-1], dtype=narrow), np.empty(indptr[-1], dtype=np.float32)
    free = indptr[:-1].copy()
    for start, part in _pieces(coefficients):
        columns = _cleaned(part, buys).tocsc()
        lengths = np.diff(columns.indptr)
        places = np.arange(columns.nnz) + np.repeat(free - columns.indptr[:-1], lengths)
        sellers[places] = columns.indices + start
        values[places] = columns.data
        free += lengths
    return sparse.csr_matrix((values, sellers, indptr.astype(narrow)), shape=coefficients.shape, copy=False)
