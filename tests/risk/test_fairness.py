"""How ratings are spread over regions, what each term contributes, and what a country makes by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.risk import rate, shipped_parameters
from fairlead.risk.fairness import Fairness, fairness
from fairlead.risk.parameters import logit
from fairlead.risk.regions import REGION, UNKNOWN, WORLD
from tests.risk.make import AS_OF, evidence, evidences, link, links, parties, party

COUNTRIES = {"pty_a": "KAZ", "pty_b": "UZB", "pty_c": "DEU", "pty_d": "FRA", "pty_e": None}
FIRMS = parties(*(party(one, country=country) for one, country in COUNTRIES.items()))
CHAIN = links(*(link(one, good="cotton") for one in COUNTRIES))
FACTS = evidences(
    evidence("country_tip_tier", "pty_a", value="2WL", cluster_key="country:KAZ"),
    evidence("country_tip_tier", "pty_b", value="3", cluster_key="country:UZB"),
    evidence("country_tip_tier", "pty_c", value="1", cluster_key="country:DEU"),
    evidence("country_tip_tier", "pty_d", value="2", cluster_key="country:FRA"),
    evidence("workforce_migrant", "pty_a", asserted_by="buyer"),
    evidence("recruitment_debt_reported", "pty_c", asserted_by="union", event_date=AS_OF.isoformat()),
)
RATINGS = rate(FIRMS, CHAIN, FACTS, AS_OF)


def report() -> Fairness:
    return fairness(FIRMS, FACTS, RATINGS, AS_OF)


def test_every_supplier_stands_in_one_group_of_each_grouping() -> None:
    for grouping in {row.grouping for row in report().groups}:
        rows = [row for row in report().groups if row.grouping == grouping]
        assert sum(row.parties for row in rows) == len(COUNTRIES)
        assert all(sum(row.bands) == row.rated for row in rows)


def test_regions_are_those_of_the_united_nations_and_a_supplier_without_country_has_none() -> None:
    by_name = {row.name: row for row in report().groups if row.grouping == REGION}
    assert {name: row.parties for name, row in by_name.items()} == {"Asia": 2, "Europe": 2, UNKNOWN: 1}
    assert by_name[UNKNOWN].rated == 0
    assert by_name[UNKNOWN].mean_p is by_name[UNKNOWN].quantiles is by_name[UNKNOWN].mean_residual is None


def test_a_supplier_whose_row_names_no_country_has_the_country_of_its_evidence() -> None:
    firms = parties(party())
    facts = evidences(evidence("country_tip_tier", value="3", cluster_key="country:TKM"))
    rows = fairness(firms, facts, rate(firms, links(link(good="cotton")), facts, AS_OF), AS_OF).groups
    assert [row.name for row in rows if row.grouping == REGION] == ["Asia"]


def test_the_mean_residual_of_a_region_is_its_place_less_that_of_everybody() -> None:
    groups = report().groups
    asia = next(row for row in groups if row.name == "Asia")
    world = next(row for row in groups if row.grouping == WORLD)
    tiers = {
        row["subject_id"]: sum(term["nats"] for term in row["terms"] if term["name"] == "country_tip_tier")
        for row in RATINGS.to_pylist()
    }
    assert world.mean_residual == pytest.approx(0)
    assert asia.mean_place == pytest.approx((tiers["pty_a"] + tiers["pty_b"]) / 2)
    assert asia.mean_residual == pytest.approx((asia.mean_place or 0) - sum(tiers.values()) / 4)


def test_the_shares_of_the_variance_add_up_to_one_and_the_starting_point_has_none() -> None:
    rows = report().terms
    assert sum(row.variance_share for row in rows) == pytest.approx(1)
    by_name = {row.name: row for row in rows}
    assert by_name["prior"].variance_share == pytest.approx(0)
    assert by_name["prior"].mean == pytest.approx(shipped_parameters().prior.log_odds)
    assert by_name["workforce_migrant"].parties == 1
    means = sum(row.mean for row in rows)
    assert means == pytest.approx(np.mean([logit(p) for p in RATINGS["p"].to_pylist() if p is not None]))


def test_nobody_and_nobody_rated_give_a_report_without_numbers() -> None:
    none = parties()
    empty = fairness(none, evidences(), rate(none, links(), evidences(), AS_OF), AS_OF)
    assert (empty.groups, empty.terms) == ((), ())
    unknown = parties(party())
    rows = fairness(unknown, evidences(), rate(unknown, links(), evidences(), AS_OF), AS_OF).groups
    assert all(row.mean_p is None for row in rows)


@given(st.permutations(range(len(COUNTRIES))))
@settings(max_examples=20)
def test_the_order_of_the_suppliers_does_not_matter(order: list[int]) -> None:
    firms = FIRMS.take(order)
    turned = fairness(firms, FACTS, rate(firms, CHAIN, FACTS, AS_OF), AS_OF)
    for one, other in zip(turned.groups, report().groups, strict=True):
        assert (one.name, one.bands, one.mean_p) == (other.name, other.bands, pytest.approx(other.mean_p))
