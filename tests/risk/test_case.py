"""Cases rated by what was known or true in their year."""

from __future__ import annotations

import csv
import itertools
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.language import Language
from fairlead.read.cases import Case, read_cases
from fairlead.risk import RatedCase, rate_cases

EMPTY = Case(2, (), None, None, None, None, (), (), None)
WORKFORCES = ("migrant", "agency", "tied_visa", "state_scheme", "on_site_housing", "artisanal")


def case(country: str | None = "KAZ", year: int | None = 2022, **said: object) -> Case:
    return replace(EMPTY, country=country, year=year, **said)  # type: ignore[arg-type]


def rated(*cases: Case) -> list[RatedCase]:
    return rate_cases(cases)


def p(one: Case) -> float:
    (found,) = rated(one)
    assert found.p is not None
    return found.p


def told(found: RatedCase) -> str:
    return " ".join(Language("en").render(reason.text) for reason in found.reasons)


def test_a_practice_that_has_ended_shows() -> None:
    then, at_the_end, now = (p(case("UZB", year, product="cotton", hs=("5201",))) for year in (2013, 2019, 2024))
    assert min(then, at_the_end) > 2 * now


def test_a_practice_that_has_begun_shows() -> None:
    before, after = (p(case("CHN", year, product="garlic", region="Xinjiang")) for year in (2010, 2021))
    assert after > 2 * before


def test_a_listing_counts_in_its_year_and_what_comes_later_the_less_the_later_it_comes() -> None:
    listed, two_before, long_before = (p(case("MYS", year, product="rubber gloves")) for year in (2022, 2019, 2004))
    assert listed > two_before > long_before


def test_a_raw_material_that_is_processed_where_it_grows_stands_for_its_good() -> None:
    (sugar,) = rated(case("DOM", product="raw sugar", hs=("1701",)))
    assert "is made where its raw material Sugarcane grows" in told(sugar)


def test_the_law_that_ties_permits_counts_where_mostly_migrants_work_and_not_in_offices() -> None:
    sites, offices = rated(case("ARE", product="building construction"), case("ARE", product="software"))
    assert "the law ties their stay" in told(sites)
    assert "the law ties" not in told(offices)


def test_the_reasons_are_the_terms_with_the_heaviest_first_and_what_was_read() -> None:
    (found,) = rated(case("PER", product="gold", hs=("7108",), workforce=("artisanal",)))
    nats = [reason.nats for reason in found.reasons if reason.nats is not None]
    assert [abs(each) for each in nats[:-1]] == sorted((abs(each) for each in nats[:-1]), reverse=True)
    assert nats[-1] == pytest.approx(-3.88, abs=0.01)  # the starting point, -3.88 nats
    assert "Read as Gold (HS 7108), Mining of metal ores" in told(found)


def test_the_terms_add_up_to_the_probability() -> None:
    (found,) = rated(case("TKM", 2018, product="cotton yarn", hs=("5205", "5208"), workforce=("state_scheme",)))
    total = math.fsum(reason.nats for reason in found.reasons if reason.nats is not None)
    assert found.p == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-9)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (case(None), ""),
        (case(year=None, product="cotton"), ""),
        (case(product="gibberish zork"), "Neither the product nor the sector is recognised."),
        (case(), "Neither the product nor the sector is recognised."),
        (case(product="raw cotton lint", hs=("7108",)), "contradict each other"),
        (case(product="Cotton", hs=("7108",)), "contradict each other"),
    ],
)
def test_what_cannot_be_rated_has_no_data_and_says_why(one: Case, reason: str) -> None:
    (found,) = rated(one)
    assert (found.data, found.p, found.band) == ("no_data", None, None)
    assert reason in told(found)


@pytest.mark.parametrize(
    ("product", "hs"),
    [("wind turbine blades", "8412"), ("farmed salmon", "0302"), ("raw cane sugar", "1701"), ("cotton shirts", "6205")],
)
def test_words_that_say_it_otherwise_than_the_code_are_no_contradiction(product: str, hs: str) -> None:
    (found,) = rated(case(product=product, hs=(hs,)))
    assert found.data == "assessed"


def test_a_code_that_nobody_knows_is_named_and_the_words_count() -> None:
    (found,) = rated(case(product="cotton", hs=("9999",)))
    assert found.data == "assessed"
    assert "The HS code 9999 is not known." in told(found)


@pytest.mark.parametrize("sector", ["construction", "energy", "Manufacturing", "energy services", "oil and gas"])
def test_a_sector_in_words_is_enough_where_the_product_says_nothing(sector: str) -> None:
    (found,) = rated(case(sector=sector, product="zork"))
    assert found.data == "assessed"


@settings(max_examples=20, deadline=None)
@given(
    tags=st.sets(st.sampled_from(WORKFORCES), max_size=4),
    more=st.sampled_from(WORKFORCES),
    country=st.sampled_from(["KAZ", "QAT", "USA", "COD"]),
    product=st.sampled_from(["cotton", "gold", "building construction", "software"]),
)
def test_a_workforce_that_supports_never_lowers_the_rating(
    tags: set[str], more: str, country: str, product: str
) -> None:
    without, with_more = (
        case(country, product=product, workforce=tuple(sorted(found))) for found in (tags, tags | {more})
    )
    assert p(with_more) >= p(without) - 1e-9


def test_other_cases_beside_it_and_their_order_make_no_difference() -> None:
    cases = [
        case("KAZ", product="cotton"),
        case("QAT", 2016, product="building construction"),
        case(None),
        case("KAZ", product="cotton"),
    ]
    alone = [rated(each)[0] for each in cases]
    for order in itertools.permutations(range(len(cases))):
        together = rated(*(cases[place] for place in order))
        for one, place in zip(together, order, strict=True):
            assert one.p == pytest.approx(alone[place].p, abs=1e-12)
            assert (one.band, told(one)) == (alone[place].band, told(alone[place]))


@pytest.mark.real_data
def test_known_cases_come_out_in_their_order(real_data: Path) -> None:
    folder = real_data / "risk"
    table = read_cases(folder / "known_cases_dev.csv")
    labels = [dict(zip(table.columns, one.cells, strict=True)) for one in table.cases]
    for cases in (table.cases, [replace(one, region=None, workforce=()) for one in table.cases]):
        found = {row["case_id"]: one.p or 0.0 for row, one in zip(labels, rate_cases(cases), strict=True)}
        with (folder / "known_case_pairs_dev.csv").open(encoding="utf-8") as file:
            pairs = list(csv.DictReader(file))
        assert all(found[pair["higher_id"]] > found[pair["lower_id"]] for pair in pairs)
