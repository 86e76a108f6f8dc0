"""The world's counts are spread over countries and industries: by people, by what labour costs, by the country term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fairlead.errors import InvalidReference, InvalidTable
from fairlead.reference import load_csv, load_yaml
from fairlead.risk.facts import ReferenceTables
from fairlead.risk.upstream.country_term import country_terms
from fairlead.risk.upstream.exposure_intensity import exposure_intensity
from fairlead.risk.upstream.industries import table_codes
from fairlead.risk.upstream.parameters import shipped_upstream_parameters, upstream_parameters_from
from tests.input_output import FLOWS, OUTPUT, small_table

AS_OF = date(2026, 6, 1)
PARAMETERS = shipped_upstream_parameters()


def test_the_people_of_a_branch_are_the_worlds_count() -> None:
    table = small_table()
    found = exposure_intensity(table, table_codes(table), PARAMETERS, AS_OF)
    farming = table.industry == table.industries.index("A01")
    assert found.people[farming].sum() == pytest.approx(2.1e6)
    assert found.people[~farming].sum() == pytest.approx(3.2e6)
    assert found.per_unit == pytest.approx(found.people / OUTPUT)
    assert (found.unknown_regions, found.unknown_industries) == ((), ())


def test_two_countries_share_a_branch_by_people_labour_and_the_country_term() -> None:
    table = small_table()
    found = exposure_intensity(table, table_codes(table), PARAMETERS, AS_OF)
    people = {row["iso3"]: float(row["thousands"]) for row in load_csv("io_population")}
    terms = country_terms(["KAZ", "BGD"], AS_OF)
    added = OUTPUT - FLOWS.sum(axis=0)
    expected = [
        people[iso3] * np.exp(np.clip(terms[iso3], -1.5, 1.0)) * added[cell] / added[cell : cell + 2].sum()
        for iso3, cell in (("KAZ", 0), ("BGD", 2))
    ]
    assert found.people[0] / found.people[2] == pytest.approx(expected[0] / expected[1], rel=1e-5)


def test_labour_cost_counts_before_value_added() -> None:
    table = small_table(labour=np.array([1.0, 3.0, 1.0, 1.0]))
    plain = small_table(labour=np.array([1.0, 1.0, 1.0, 1.0]))
    moved, even = (exposure_intensity(one, table_codes(one), PARAMETERS, AS_OF).people for one in (table, plain))
    assert moved[0] / moved[2] == pytest.approx(even[0] / even[2] / 2)


def test_the_country_term_is_the_ratings_own_and_bounded() -> None:
    countries = [row["iso3"] for row in load_csv("countries")]
    terms = {iso3: term for iso3, term in country_terms(countries, AS_OF).items() if term is not None}
    assert len(terms) > 150
    assert min(terms.values()) >= -1.5 - 1e-9
    assert max(terms.values()) <= 1.0 + 1e-9
    assert terms["NOR"] < terms["TUR"] < terms["PRK"]


def test_a_country_of_which_nothing_is_known_has_no_term() -> None:
    assert country_terms(["KAZ"], AS_OF, tables=ReferenceTables()) == {"KAZ": None}


def test_a_region_that_is_not_known_gets_the_worlds_average_and_is_named() -> None:
    table = replace(small_table(), regions=("KAZ", "reg2"))
    found = exposure_intensity(table, table_codes(table), PARAMETERS, AS_OF)
    assert found.unknown_regions == ("reg2",)
    # the same people for its labour cost, and the same odds, as the only region known
    assert found.people[2] / found.people[0] == pytest.approx(
        (OUTPUT - FLOWS.sum(axis=0))[2] / (OUTPUT - FLOWS.sum(axis=0))[0], rel=1e-5
    )


def test_an_industry_that_is_not_known_carries_nothing_and_is_named() -> None:
    table = replace(small_table(), industries=("A01", "widgets"))
    found = exposure_intensity(table, table_codes(table), PARAMETERS, AS_OF)
    assert found.unknown_industries == ("widgets",)
    assert found.people[[1, 3]].tolist() == [0, 0]


def test_a_table_of_which_nothing_is_known_is_refused() -> None:
    regions = replace(small_table(), regions=("reg1", "reg2"))
    with pytest.raises(InvalidTable, match="io_regions"):
        exposure_intensity(regions, table_codes(regions), PARAMETERS, AS_OF)
    industries = replace(small_table(), industries=("widgets", "gadgets"))
    with pytest.raises(InvalidTable, match="io_industries"):
        exposure_intensity(industries, table_codes(industries), PARAMETERS, AS_OF)


def test_branches_and_what_is_left_out_are_the_estimates_total_as_far_as_it_is_split() -> None:
    counted = sum(branch.millions for branch in PARAMETERS.branches) + PARAMETERS.left_out_millions
    assert counted == pytest.approx(15.7)
    assert "Global Estimates" in PARAMETERS.citation


def test_every_division_of_isic_belongs_to_one_branch() -> None:
    divisions = {row["code"] for row in load_csv("isic4") if len(row["code"]) == 2}
    for division in divisions:
        assert sum(division in branch.divisions for branch in PARAMETERS.branches) == 1, division


@pytest.mark.parametrize(
    "change",
    [
        {"interval": 1.5},
        {"branches": [{"branch": "mining", "millions": -1, "divisions": ["05"]}]},
        {"bands": [{"band": "low", "from": 0.5, "name": "low"}]},
        {"country_term": [1.0]},
    ],
)
def test_wrong_numbers_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidReference, match=r"upstream\.yaml"):
        upstream_parameters_from({**load_yaml("upstream"), **change})
