"""Where, in tiers that nobody has mapped, the exposure behind a purchase probably sits, by input-output analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from fairlead.errors import OptionError
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.risk.upstream.exposure_errors import Draws, Estimate, Share
from fairlead.risk.upstream.exposure_intensity import Intensity, exposure_intensity
from fairlead.risk.upstream.industries import Product, TableCodes, table_codes
from fairlead.risk.upstream.mapped_chain import Chain, chain_of
from fairlead.risk.upstream.multipliers import Tiers
from fairlead.risk.upstream.parameters import IndexBand, UpstreamParameters, shipped_upstream_parameters
from fairlead.risk.upstream.structural_paths import Paths, structural_paths

#: Tiers that are told apart, and how small a path may be, where the user does not say.
TIERS: Final = 6
PATH_TOLERANCE: Final = 1e-4


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
    know. `names` are those of the table's industries by their codes, `interval` the share of draws within all bounds.
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
    names: Mapping[str, str]
    interval: float
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
    called_for = chain.tiers(demand, tiers)
    per_unit = intensity.per_unit[chain.cells()]
    if float(called_for.total @ per_unit) <= 0:
        raise OptionError(
            "Nothing in the table stands behind this purchase, so its exposure cannot be told (no data).",
            do="Choose another sector or another table.",
        )
    paths = structural_paths(chain.column, per_unit, multiplier, demand, tolerance=tolerance, count=tiers)
    place = _place(table, multiplier[: table.cells], float(demand @ multiplier) / float(demand.sum()))
    return _told(product, codes, intensity, chain, demand, called_for, paths, place, parameters, shown)


def _told(
    product: Product,
    codes: TableCodes,
    intensity: Intensity,
    chain: Chain,
    demand: Floats,
    called_for: Tiers,
    paths: Paths,
    place: float,
    parameters: UpstreamParameters,
    shown: int,
) -> Exposure:
    """Lay out what was computed: sums by tier, country and industry, with their bounds."""
    table, cells = chain.table, chain.cells()
    per_unit = intensity.per_unit[cells]
    of_ids = called_for.total * per_unit
    carried = np.asarray(np.bincount(cells, weights=of_ids, minlength=table.cells), dtype=np.float64)
    total = float(of_ids.sum())
    draws = Draws(table, parameters)
    regions, industries = [(one,) for one in table.regions], [(one,) for one in table.industries]
    countries = [iso3 or region for iso3, region in zip(codes.iso3, table.regions, strict=True)]
    in_rest = np.array([not iso3 for iso3 in codes.iso3])[table.region]
    return Exposure(
        product=product,
        index=draws.ratio(carried / demand.sum(), intensity.people / table.final_demand.sum()),
        place=place,
        band=next(band for band in parameters.bands if place >= band.from_share),
        by_tier=tuple(float(one @ per_unit) / total for one in (*called_for.each, called_for.beyond)),
        by_country=draws.shares(carried, table.region, regions, countries, shown),
        by_industry=draws.shares(carried, table.industry, industries, codes.names, shown),
        hot_spots=_hot_spots(draws, carried, table, codes, shown),
        chains=tuple(_chain_share(chain, paths, node) for node in paths.largest(shown)),
        paths=len(paths),
        paths_covered=paths.covered,
        mapped=float(of_ids[table.cells :].sum()) / total,
        rest=float(carried[in_rest].sum()) / total,
        unknown=(*intensity.unknown_regions, *intensity.unknown_industries),
        names=dict(zip(table.industries, codes.names, strict=True)),
        interval=parameters.interval,
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


def _hot_spots(
    draws: Draws, carried: Floats, table: InputOutputTable, codes: TableCodes, shown: int
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
