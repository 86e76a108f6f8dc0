"""Makes an input-output table from flows or coefficients, and refuses what is none: holes, negatives, no balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import Floats, InputOutputTable, Ints

#: Coefficients below this are left out; a table of 9,800 cells loses less than a millionth of its flow by it.
SMALLEST_COEFFICIENT: Final = 1e-8

#: A negative flow of at most this share of the buyer's output is taken for rounding by the publisher and set to 0.
ROUNDING: Final = 1e-6

#: Industries that buy more than they make, beyond this share of it, may have so much of all output; small ones that are
#: subsidised stand in several published tables, and change no multiplier by much.
OVERSPENT: Final = 0.01
OVERSPENT_OUTPUT: Final = 0.001

#: So far may all output be from the sum of what is bought of it, as a share; published tables differ by rounding.
UNBALANCED: Final = 0.02

#: So many rows are worked on at a time.
_ROWS: Final = 2_000


@dataclass(frozen=True)
class Labels:
    """The region and industry codes of each cell, in the order of the table."""

    regions: Sequence[str]
    industries: Sequence[str]

    def factorised(self) -> tuple[tuple[str, ...], Ints, tuple[str, ...], Ints]:
        """Return the distinct regions and each cell's place among them, and the same of industries."""
        return (*_places(self.regions), *_places(self.industries))


@dataclass(frozen=True)
class Origin:
    """Where a table comes from: `file` for messages, and what stands in the description of the table."""

    file: str
    scheme: str
    sha256: str
    licence: str
    edition: str = ""
    year: int | None = None
    unit: str = ""


def table_from(
    coefficients: Any,
    output: Floats,
    final_demand: Floats,
    labels: Labels,
    origin: Origin,
    *,
    labour: Floats | None = None,
    dropped: float = 0.0,
) -> InputOutputTable:
    """Check a table and put it together.

    `coefficients` is A (n x n, row i sells to column j, per unit of j's output), dense or sparse; `output`,
    `final_demand` and `labour` have n values in the table's unit. Columns of cells without output are emptied.
    Raises InvalidTable when nothing is in it, a value is missing or negative, or output does not cover what is bought.
    """
    count = len(output)
    _check_shapes(coefficients, count, final_demand, labels, origin)
    _check_vector(output, "output", labels, origin, negative=False)
    _check_vector(final_demand, "final demand", labels, origin, negative=True)
    inputs = _transposed(coefficients, output, labels, origin)
    _check_balance(inputs, output, final_demand, labels, origin)
    regions, region, industries, industry = labels.factorised()
    return InputOutputTable(
        scheme=origin.scheme,
        year=origin.year,
        edition=origin.edition,
        unit=origin.unit,
        licence=origin.licence,
        sha256=origin.sha256,
        regions=regions,
        industries=industries,
        region=region,
        industry=industry,
        inputs=inputs,
        output=output,
        final_demand=np.maximum(final_demand, 0.0),
        labour=None if labour is None else np.maximum(np.nan_to_num(labour), 0.0),
        dropped=dropped,
    )


def coefficients_of(flows: npt.NDArray[Any], output: Floats) -> npt.NDArray[np.float32]:
    """Return A_ij = Z_ij / x_j; a column without output is empty."""
    per_unit = np.divide(1.0, output, out=np.zeros_like(output), where=output > 0)
    return (flows * per_unit).astype(np.float32)


def _places(codes: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    distinct = {code: place for place, code in enumerate(dict.fromkeys(codes))}
    return tuple(distinct), np.array([distinct[code] for code in codes], dtype=np.int64)


def _check_shapes(coefficients: Any, count: int, final_demand: Floats, labels: Labels, origin: Origin) -> None:
    shape = coefficients.shape
    if count == 0 or 0 in shape:
        raise InvalidTable("has no industries.", where=Where(file=origin.file), do="Give the table as published.")
    if shape != (count, count) or len(final_demand) != count or len(labels.regions) != count:
        raise InvalidTable(
            f"has {shape[0]} rows and {shape[1]} columns of industries, output of {count} and final demand of "
            f"{len(final_demand)}; these belong to different tables.",
            where=Where(file=origin.file),
        )
    if len(set(zip(labels.regions, labels.industries, strict=True))) != count:
        raise InvalidTable("names an industry of a region twice.", where=Where(file=origin.file))
    if not np.any(coefficients.data if sparse.issparse(coefficients) else coefficients):
        raise InvalidTable("is empty: no industry buys anything.", where=Where(file=origin.file))


def _cell(labels: Labels, cell: int) -> str:
    return f"{labels.regions[cell]} {labels.industries[cell]}"


def _check_vector(values: Floats, what: str, labels: Labels, origin: Origin, *, negative: bool) -> None:
    for wrong, how in ((~np.isfinite(values), "has no"), ((values < 0) & (not negative), "has a negative")):
        if wrong.any():
            cell = int(np.flatnonzero(wrong)[0])
            raise InvalidTable(
                f"{_cell(labels, cell)} {how} {what}.", where=Where(file=origin.file, row=cell + 1), do=_AS_PUBLISHED
            )


_AS_PUBLISHED: Final = "Use the file as published; a table that was edited or cut cannot be used."


def _transposed(coefficients: Any, output: Floats, labels: Labels, origin: Origin) -> Any:
    """Return the transpose in compressed sparse rows of float32, checked for holes and negatives on the way."""
    used = (output > 0).astype(np.float32)
    parts = []
    for start in range(0, len(output), _ROWS):
        part = coefficients[start : start + _ROWS]
        part = part.tocsr() if sparse.issparse(part) else sparse.csr_matrix(np.asarray(part))
        part = part.astype(np.float32)
        _check_cells(part, start, labels, origin)
        part.data[(part.data < SMALLEST_COEFFICIENT) | (used[part.indices] == 0)] = 0.0
        part.eliminate_zeros()
        parts.append(part)
    inputs = sparse.vstack(parts, format="csr").tocsc().T
    inputs.sort_indices()
    return inputs


def _check_cells(part: Any, start: int, labels: Labels, origin: Origin) -> None:
    for wrong, what in ((~np.isfinite(part.data), "is missing"), (part.data < -ROUNDING, "is negative")):
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            row = start + int(np.searchsorted(part.indptr, at, side="right")) - 1
            raise InvalidTable(
                f"what {_cell(labels, int(part.indices[at]))} buys from {_cell(labels, row)} {what}.",
                where=Where(file=origin.file, row=row + 1, column=_cell(labels, int(part.indices[at]))),
                do=_AS_PUBLISHED,
            )


def _check_balance(inputs: Any, output: Floats, final_demand: Floats, labels: Labels, origin: Origin) -> None:
    """Raise where an industry buys more than it makes, or what is bought of all products is not what is made."""
    bought = inputs @ np.ones(len(output), dtype=np.float32)
    over = bought > 1.0 + OVERSPENT
    if output[over].sum() > OVERSPENT_OUTPUT * output.sum():
        cell = int(np.flatnonzero(over)[np.argmax(output[over])])
        raise InvalidTable(
            f"does not balance: {int(over.sum())} industries buy more than they make, such as {_cell(labels, cell)} "
            f"({bought[cell]:.2f} for each unit of output).",
            where=Where(file=origin.file, row=cell + 1),
            do=_AS_PUBLISHED,
        )
    sold = np.asarray(inputs.T @ output.astype(np.float32), dtype=np.float64) + final_demand
    apart = float(np.abs(sold - output).sum() / max(output.sum(), 1e-300))
    if apart > UNBALANCED:
        raise InvalidTable(
            f"does not balance: what is bought of all products differs from their output by {apart:.1%}.",
            where=Where(file=origin.file),
            do=_AS_PUBLISHED,
        )
