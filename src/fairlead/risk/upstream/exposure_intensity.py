"""How much forced labour a unit of output carries, by cell of an input-output table: the row s, with its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from fairlead.errors import InvalidTable
from fairlead.model.input_output import Floats, InputOutputTable
from fairlead.reference import load_csv
from fairlead.risk.upstream.country_term import country_terms
from fairlead.risk.upstream.industries import TableCodes
from fairlead.risk.upstream.parameters import UpstreamParameters


@dataclass(frozen=True)
class Intensity:
    """The intensity row.

    `per_unit` has for each cell the people in forced labour per unit of output, as the spread implies it: good for
    ratios, not for counts. `people` is the same times output, which sums to the branches' world counts. `unknown`
    names regions of which nothing is known (they get the world's average) and industries without a branch (they get
    none).
    """

    per_unit: Floats
    people: Floats
    unknown_regions: tuple[str, ...]
    unknown_industries: tuple[str, ...]


def exposure_intensity(
    table: InputOutputTable, codes: TableCodes, parameters: UpstreamParameters, as_of: date
) -> Intensity:
    """Spread the world's forced labour in each branch over the cells of the table.

        people(c, i) = V(b) w(c, i) exp(t(c)) / sum over cells of b,      s(c, i) = people(c, i) / output(c, i)

    V(b) is the world's count in branch b; w the people at work, taken as the country's population times the cell's
    share of its labour cost (or value added, where the table has no labour cost); t the rating's country term within
    its bounds, and for a rest of the world the average of exp(t) over its people. Every country is given the same
    split within a branch. Raises InvalidTable when no region or no branch of the table is known.
    """
    people_of, odds = _of_regions(table, codes, parameters, as_of)
    known = people_of > 0
    if not known.any():
        raise InvalidTable(
            f"No region of the table {table.name} is known, so forced labour cannot be spread over it.",
            do="Name the country of each region in your copy of the reference table io_regions.",
        )
    odds = np.where(known, odds, np.average(odds[known], weights=people_of[known]))
    people_of = np.where(known, people_of, 0.0)
    labour = _labour(table)
    by_region = np.bincount(table.region, weights=labour, minlength=len(table.regions))
    # an unknown region gets as many people for its labour cost as the known ones have
    rate = people_of[known].sum() / max(by_region[known].sum(), 1e-300)
    people_of = np.where(known, people_of, rate * by_region)
    per_labour = np.divide(people_of * odds, by_region, out=np.zeros_like(by_region), where=by_region > 0)
    weight = labour * per_labour[table.region]
    people, without = _spread(table, codes, parameters, weight)
    per_unit = np.divide(people, table.output, out=np.zeros_like(people), where=table.output > 0)
    unknown = tuple(region for region, is_known in zip(table.regions, known, strict=True) if not is_known)
    return Intensity(per_unit, people, unknown, without)


def _labour(table: InputOutputTable) -> Floats:
    """Return labour cost by cell, else value added: output less what is bought."""
    if table.labour is not None and table.labour.sum() > 0:
        return np.where(table.output > 0, table.labour, 0.0)
    bought = table.inputs @ np.ones(table.cells, dtype=table.inputs.dtype)
    return np.asarray(np.maximum(1.0 - bought, 0.0) * table.output, dtype=np.float64)


def _of_regions(
    table: InputOutputTable, codes: TableCodes, parameters: UpstreamParameters, as_of: date
) -> tuple[Floats, Floats]:
    """Return population and odds of each region; a country that is split has its people shared by output."""
    population = {row["iso3"]: float(row["thousands"]) for row in load_csv("io_population")}
    terms = country_terms(sorted(population), as_of)
    low, high = parameters.country_term
    odds = {iso3: np.exp(min(max(term or 0.0, low), high)) for iso3, term in terms.items()}
    output = np.bincount(table.region, weights=table.output, minlength=len(table.regions))
    found = [
        _people_and_odds((iso3,) if iso3 else codes.within[place], population, odds)
        for place, iso3 in enumerate(codes.iso3)
    ]
    people = np.array([one for one, _ in found])
    for place, iso3 in enumerate(codes.iso3):
        same = [other for other, code in enumerate(codes.iso3) if iso3 and code == iso3]
        if len(same) > 1:
            people[place] *= output[place] / max(output[same].sum(), 1e-300)
    return people, np.array([one for _, one in found])


def _people_and_odds(
    members: tuple[str, ...], population: Mapping[str, float], odds: Mapping[str, float]
) -> tuple[float, float]:
    people = [population[iso3] for iso3 in members if iso3 in population]
    if not people:
        return 0.0, 1.0
    return sum(people), float(np.average([odds[iso3] for iso3 in members if iso3 in population], weights=people))


def _spread(
    table: InputOutputTable, codes: TableCodes, parameters: UpstreamParameters, weight: Floats
) -> tuple[Floats, tuple[str, ...]]:
    """Return the people by cell, and the industries whose branch is not known."""
    branches = [parameters.branch_of(isic[0]) if isic else None for isic in codes.isic]
    if not any(branches):
        raise InvalidTable(
            f"No industry of the table {table.name} is known, so forced labour cannot be spread over it.",
            do="Name the ISIC codes of each industry in your copy of the reference table io_industries.",
        )
    people = np.zeros(table.cells)
    for branch in parameters.branches:
        industries = [place for place, one in enumerate(branches) if one is branch]
        cells = np.isin(table.industry, industries)
        total = float(weight[cells].sum())
        if total > 0:
            people[cells] = branch.millions * 1e6 * weight[cells] / total
    return people, tuple(name for name, one in zip(codes.names, branches, strict=True) if one is None)
