"""Where, in tiers that nobody has mapped, the exposure behind a purchase probably sits, by input-output analysis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from fairlead.errors import OptionError
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.risk.exposure_intensity import exposure_intensity
from fairlead.risk.industries import Product, TableCodes, table_codes
from fairlead.risk.mapped_chain import Chain, chain_of
from fairlead.risk.structural_paths import Paths, structural_paths
from fairlead.risk.upstream_parameters import IndexBand, UpstreamParameters, shipped_upstream_parameters

#: Tiers that are told apart, and how small a path may be, where the user does not say.
TIERS: Final = 6
PATH_TOLERANCE: Final = 1e-4


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


@dataclass(frozen=True)
class ChainShare:
    """One chain of purchases: its steps from the product bought to the end, and the end's share of the exposure.

    A step is a region and an industry of the table; `mapped` holds the ids of known suppliers, empty for a modelled
    step.
    """

    steps: tuple[tuple[str, str], ...]
    mapped: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Exposure:
    """What stands behind a purchase.

    `index` is the exposure per unit of spend, where 1 is that of the world's average final demand; `place` the share of
    the world's final demand that carries less, and `band` how that is told. Shares are of the purchase's exposure:
    `by_tier` for the maker of the product, each tier above and, last, all beyond; `by_country`, `by_industry` and
    `hot_spots` (region and industry) the largest first. `mapped` is the share that known suppliers carry, `rest` the
    share in regions that are rests of the world, `paths_covered` that of all chains found, of which `chains` are the
    largest, and `paths` how many there are. `unknown` names regions and industries that the reference pack does not
    know.
    """

    product: Product
    index: Estimate
    place: float
    band: IndexBand
    by_tier: tuple[float, ...]
    by_country: tuple[Share, ...]
    by_industry: tuple[Share, ...]
    hot_spots: tuple[Share, ...]
    chains: tuple[ChainShare, ...]
    paths: int
    paths_covered: float
    mapped: float
    rest: float
    unknown: tuple[str, ...]
    version: str


def upstream_exposure(
    table: InputOutputTable,
    find: Callable[[TableCodes], Product],
    as_of: date,
    *,
    mapped: Callable[[TableCodes, Product], tuple[Chain, Floats]] | None = None,
    tiers: int = TIERS,
    tolerance: float = PATH_TOLERANCE,
    shown: int = 10,
    parameters: UpstreamParameters | None = None,
) -> Exposure:
    """Return what stands behind a purchase from a country's industry.

    `find` gives the cells bought from, `mapped` the chain with known suppliers and the demand on its ids, where there
    are any. `tiers` are told apart, chains are followed that far and down to `tolerance` of the total, and `shown` of
    each list are given. Errors are lognormal by country and by industry; the bounds of shares and of the index come
    from draws of them, the same for the world's average, so that what all have in common drops out.
    Raises OptionError when the purchase carries nothing, and what `find` and `exposure_intensity` raise.
    """
    if tiers < 1 or not 0 < tolerance < 1:
        raise OptionError("Tiers must be at least 1, and the tolerance between 0 and 1.")
    parameters = parameters or shipped_upstream_parameters()
    codes = table_codes(table)
    product = find(codes)
    intensity = exposure_intensity(table, codes, parameters, as_of)
    if mapped:
        chain, demand = mapped(codes, product)
    else:
        chain, demand = chain_of(table), _demand(table.cells, product)
    multiplier = chain.multipliers(intensity.per_unit)
    per_unit = intensity.per_unit[chain.cells()]
    called_for = chain.tiers(demand, tiers)
    total = float(called_for.total @ per_unit)
    if total <= 0:
        raise OptionError(
            "Nothing in the table stands behind this purchase, so its exposure cannot be told (no data).",
            do="Choose another sector or another table.",
        )
    paths = structural_paths(chain.column, per_unit, multiplier, demand, tolerance=tolerance, count=tiers)
    carried = np.asarray(
        np.bincount(chain.cells(), weights=called_for.total * per_unit, minlength=table.cells), dtype=np.float64
    )
    draws = _Draws(table, parameters)
    average = intensity.people.sum() / table.final_demand.sum()
    place = _place(table, multiplier[: table.cells], total / demand.sum())
    each = [float(one @ per_unit) / total for one in called_for.each]
    known = (called_for.total * per_unit)[table.cells :]
    return Exposure(
        product=product,
        index=draws.ratio(
            carried / demand.sum(), intensity.people / table.final_demand.sum(), total / demand.sum() / average
        ),
        place=place,
        band=next(band for band in parameters.bands if place >= band.from_share),
        by_tier=(*each, float(called_for.beyond @ per_unit) / total),
        by_country=draws.shares(
            carried, table.region, [(region,) for region in table.regions], _countries(codes, table), shown
        ),
        by_industry=draws.shares(carried, table.industry, [(one,) for one in table.industries], codes.names, shown),
        hot_spots=_hot_spots(draws, carried, table, codes, shown),
        chains=tuple(_chain_share(chain, paths, node) for node in paths.largest(shown)),
        paths=len(paths),
        paths_covered=paths.covered,
        mapped=float(known.sum()) / total,
        rest=float(carried[np.isin(table.region, [p for p, iso3 in enumerate(codes.iso3) if not iso3])].sum()) / total,
        unknown=(*intensity.unknown_regions, *intensity.unknown_industries),
        version=parameters.version,
    )


def _demand(count: int, product: Product) -> Floats:
    demand = np.zeros(count)
    demand[product.cells] = product.shares
    return demand


def _place(table: InputOutputTable, multiplier: Floats, own: float) -> float:
    """Return the share of the world's final demand whose multiplier is below `own`."""
    below = table.final_demand[multiplier < own].sum()
    return float(below / table.final_demand.sum())


def _countries(codes: TableCodes, table: InputOutputTable) -> Sequence[str]:
    return [iso3 or region for iso3, region in zip(codes.iso3, table.regions, strict=True)]


def _hot_spots(
    draws: _Draws, carried: Floats, table: InputOutputTable, codes: TableCodes, shown: int
) -> tuple[Share, ...]:
    keys = [table.label(cell) for cell in range(table.cells)]
    names = [codes.names[place] for place in table.industry.tolist()]
    return draws.shares(carried, np.arange(table.cells), keys, names, shown)


def _chain_share(chain: Chain, paths: Paths, node: int) -> ChainShare:
    places = paths.chain(node)
    count = chain.table.cells
    return ChainShare(
        steps=tuple(chain.table.label(chain.cell_of(place)) for place in places),
        mapped=tuple(chain.parties[place - count].party_id if place >= count else "" for place in places),
        share=float(paths.own[node]),
    )


class _Draws:
    """Draws of the errors: one factor exp(sd z) for each region and one for each industry, in every draw."""

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

    def ratio(self, carried: Floats, world: Floats, value: float) -> Estimate:
        """Return the ratio of two sums over cells, with its bounds."""
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
