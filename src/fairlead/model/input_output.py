"""A multi-regional input-output table: what each industry of each region buys from each other, per unit of output."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Corrections:
    """What of a published table was set to 0 when it was added, so that a series over it comes to an end.

    `negative_flows` is how many flows and outputs were negative, and `negative_share` what they came to as a share of
    all output; `circular` how many industries buy their whole output or more from themselves: their purchases are left
    out.
    """

    negative_flows: int = 0
    negative_share: float = 0.0
    circular: int = 0


@dataclass(frozen=True)
class InputOutputTable:
    """One table of one year; a cell is one industry of one region, and there are n of them.

    `inputs` is the transpose of the technical coefficients A, as scipy's compressed sparse rows of float32: row j
    holds what cell j buys from each cell i per unit of its output, A_ij. Stored so, the sums of the transposed series
    and the columns that structural paths walk over are both read from one place in memory.
    `output` (x), `final_demand` (what all final users buy of the cell's product) and `labour` (compensation of
    employees, or where the publisher gives only that, value added; None where it gives neither) have n values in
    `unit`; where stocks fell by more than final users bought, `final_demand` is 0.
    """

    scheme: str  # which codes the regions and industries are in: wiod2013, icio, exiobase3_ixi, exiobase3_pxp, ...
    year: int | None
    edition: str
    unit: str
    licence: str
    sha256: str
    regions: tuple[str, ...]  # each once, in the order of the table
    industries: tuple[str, ...]
    region: Ints = field(repr=False)  # of each cell, its place in `regions`
    industry: Ints = field(repr=False)
    inputs: Any = field(repr=False)
    output: Floats = field(repr=False)
    final_demand: Floats = field(repr=False)
    labour: Floats | None = field(repr=False, default=None)
    corrections: Corrections = Corrections()

    @property
    def cells(self) -> int:
        """How many industries of all regions there are, n."""
        return len(self.output)

    @property
    def name(self) -> str:
        """The name under which the table is kept: its codes and its year."""
        return f"{self.scheme}-{self.year}" if self.year else self.scheme

    def input_column(self, cell: int) -> tuple[Ints, npt.NDArray[np.float32]]:
        """Return what a cell buys per unit of its output: the cells it buys from, and the coefficients A_ij."""
        start, end = self.inputs.indptr[cell], self.inputs.indptr[cell + 1]
        return self.inputs.indices[start:end], self.inputs.data[start:end]

    def label(self, cell: int) -> tuple[str, str]:
        """Return the codes of a cell's region and industry."""
        return self.regions[int(self.region[cell])], self.industries[int(self.industry[cell])]
