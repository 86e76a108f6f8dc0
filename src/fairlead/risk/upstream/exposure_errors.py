"""Errors of the exposure: lognormal factors by region and industry, drawn with a seed, and the bounds they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.risk.upstream.parameters import UpstreamParameters


@dataclass(frozen=True)
class Estimate:
    """A value with the bounds of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """The share of the exposure that one country, industry or cell has; `key` are its codes in the table."""

    key: tuple[str, ...]
    name: str
    share: Estimate


class Draws:
    """Draws of the errors: one factor exp(sd z) for each region and one for each industry, in every draw.

    A sum over cells is drawn as sum_c sum_i f_c f_i e_ci, with e the matrix of regions and industries. The same seed
    gives the same draws.
    """

    def __init__(self, table: InputOutputTable, parameters: UpstreamParameters) -> None:
        generator = np.random.default_rng(parameters.seed)
        self._table = table
        self._bounds = ((1 - parameters.interval) / 2, (1 + parameters.interval) / 2)
        shape = parameters.draws
        self._region = np.exp(parameters.country_ln_sd * generator.standard_normal((shape, len(table.regions))))
        self._industry = np.exp(parameters.industry_ln_sd * generator.standard_normal((shape, len(table.industries))))

    def _matrix(self, values: Floats) -> Floats:
        matrix = np.zeros((len(self._table.regions), len(self._table.industries)))
        np.add.at(matrix, (self._table.region, self._table.industry), values)
        return matrix

    def _totals(self, matrix: Floats) -> Floats:
        return np.asarray(np.einsum("dr,dr->d", self._region, self._industry @ matrix.T))

    def _estimate(self, value: float, drawn: Floats) -> Estimate:
        low, high = np.quantile(drawn, self._bounds)
        return Estimate(value, float(low), float(high))

    def ratio(self, carried: Floats, world: Floats) -> Estimate:
        """Return the ratio of two sums over cells, with its bounds."""
        value = float(carried.sum() / world.sum())
        return self._estimate(value, self._totals(self._matrix(carried)) / self._totals(self._matrix(world)))

    def shares(
        self,
        carried: Floats,
        group: npt.NDArray[np.int64],
        keys: Sequence[tuple[str, ...]],
        names: Sequence[str],
        shown: int,
    ) -> tuple[Share, ...]:
        """Return the largest groups' shares of what is carried, with their bounds."""
        sums = np.bincount(group, weights=carried, minlength=len(keys))
        whole = self._totals(self._matrix(carried))
        order = [int(place) for place in np.argsort(-sums, kind="stable")[:shown] if sums[place] > 0]
        return tuple(
            Share(
                keys[place],
                names[place],
                self._estimate(
                    float(sums[place] / carried.sum()),
                    self._totals(self._matrix(np.where(group == place, carried, 0.0))) / whole,
                ),
            )
            for place in order
        )
