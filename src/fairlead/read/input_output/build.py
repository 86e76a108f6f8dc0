"""Makes an input-output table from flows or coefficients, and refuses what is none: empty, with holes, no balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from fairlead.errors import InvalidTable, Where
from fairlead.model.input_output import Corrections, Floats, InputOutputTable, Ints
from fairlead.read.input_output.transpose import AS_PUBLISHED, MOST_NEGATIVE, transposed

#: Industries that buy more than they make, beyond this share of it, may have so much of all output; small ones that are
#: subsidised stand in several published tables, and change no multiplier by much.
OVERSPENT: Final = 0.01
OVERSPENT_OUTPUT: Final = 0.001

#: So far may all output be from the sum of what is bought of it, as a share; published tables differ by rounding.
UNBALANCED: Final = 0.02

#: Output that no file tells is found in steps, until one changes no more than this share of it; so many at most.
CLOSE_ENOUGH: Final = 1e-6
MOST_STEPS: Final = 2_000

#: Output of more than so many times final demand has no end; in published tables it is about twice as large.
MOST_OUTPUT: Final = 1_000.0


@dataclass(frozen=True)
class Labels:
    """The region and industry codes of each cell, in the order of the table."""

    regions: Sequence[str]
    industries: Sequence[str]

    def named(self) -> list[str]:
        """Return the name of each cell for messages: its region and industry."""
        return [f"{region} {industry}" for region, industry in zip(self.regions, self.industries, strict=True)]

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
) -> InputOutputTable:
    """Check a table and put it together.

    `coefficients` is A (n x n, row i sells to column j, per unit of j's output), dense or sparse; `output`,
    `final_demand` and `labour` have n values in the table's unit.
    Negative flows and outputs are set to 0 and counted, and columns of cells without output are emptied: see
    `transposed`. Raises InvalidTable when nothing is in it, a value is missing, negative values come to more than 1% of
    all output, or output does not cover what is bought.
    """
    _check_shapes(coefficients, len(output), final_demand, labels, origin)
    _check_holes(output, "output", labels, origin)
    _check_holes(final_demand, "final demand", labels, origin)
    if labour is not None:
        _check_holes(labour, "labour cost", labels, origin)
    output, negative = _without_negatives(output, labels, origin)
    inputs, found = transposed(coefficients, output, labels.named(), origin.file)
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
        labour=None if labour is None else np.maximum(labour, 0.0),
        corrections=replace(
            found,
            negative_flows=found.negative_flows + negative.negative_flows,
            negative_share=found.negative_share + negative.negative_share,
        ),
    )


def coefficients_of(flows: npt.NDArray[Any], output: Floats) -> npt.NDArray[np.float32]:
    """Return A_ij = Z_ij / x_j; a column without output is empty."""
    per_unit = np.divide(1.0, output, out=np.zeros_like(output), where=output > 0)
    return (flows * per_unit).astype(np.float32)


def output_of(coefficients: npt.NDArray[np.float32], final_demand: Floats, file: str) -> Floats:
    """Return the output x = y + Ay + AAy + ... that a final demand y calls for, in the unit of y.

    What an industry buys from itself is solved for in each step, x <- (y + (A - diag A) x) / (1 - diag A), which ends
    soon where industries buy nearly everything from themselves. Raises InvalidTable when it does not come to an end.
    """
    diagonal = coefficients.diagonal().astype(np.float64)
    if np.all(diagonal < 1.0):
        output = np.asarray(final_demand, dtype=np.float64)
        most = MOST_OUTPUT * float(np.abs(output).sum())
        for _ in range(MOST_STEPS):
            if float(np.abs(output).sum()) > most:
                break
            bought = np.asarray(coefficients @ output.astype(np.float32), dtype=np.float64)
            following = (final_demand + bought - diagonal * output) / (1.0 - diagonal)
            if float(np.abs(following - output).sum()) <= CLOSE_ENOUGH * float(np.abs(following).sum()):
                return following
            output = following
    raise InvalidTable(
        "has coefficients (A.txt) but no output (x.txt), and none can be found that they would lead to.",
        where=Where(file=file),
        do="Give the whole archive or folder as published.",
    )


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
    seen: set[str] = set()
    for cell, name in enumerate(labels.named()):
        if name in seen:
            raise InvalidTable(f"names {name} twice.", where=Where(file=origin.file, row=cell + 1), do=AS_PUBLISHED)
        seen.add(name)
    if not np.any(coefficients.data if sparse.issparse(coefficients) else coefficients):
        raise InvalidTable("is empty: no industry buys anything.", where=Where(file=origin.file))


def _cell(labels: Labels, cell: int) -> str:
    return f"{labels.regions[cell]} {labels.industries[cell]}"


def _check_holes(values: Floats, what: str, labels: Labels, origin: Origin) -> None:
    missing = ~np.isfinite(values)
    if missing.any():
        cell = int(np.flatnonzero(missing)[0])
        raise InvalidTable(
            f"{_cell(labels, cell)} has no {what}.", where=Where(file=origin.file, row=cell + 1), do=AS_PUBLISHED
        )


def _without_negatives(output: Floats, labels: Labels, origin: Origin) -> tuple[Floats, Corrections]:
    """Return output with 0 where it is negative, and what that came to. Raises InvalidTable when it is too much."""
    negative = output < 0
    kept = np.where(negative, 0.0, output)
    share = float(-output[negative].sum() / max(kept.sum(), 1e-300))
    if share > MOST_NEGATIVE:
        cell = int(np.argmin(output))
        raise InvalidTable(
            f"{_cell(labels, cell)} has a negative output, and all of them come to {share:.1%} of the rest.",
            where=Where(file=origin.file, row=cell + 1),
            do=AS_PUBLISHED,
        )
    return kept, Corrections(int(negative.sum()), share)


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
            do=AS_PUBLISHED,
        )
    sold = np.asarray(inputs.T @ output.astype(np.float32), dtype=np.float64) + final_demand
    apart = float(np.abs(sold - output).sum() / max(output.sum(), 1e-300))
    if apart > UNBALANCED:
        raise InvalidTable(
            f"does not balance: what is bought of all products differs from their output by {apart:.1%}.",
            where=Where(file=origin.file),
            do=AS_PUBLISHED,
        )
