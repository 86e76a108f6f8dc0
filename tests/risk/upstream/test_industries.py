"""Countries, sectors and goods are found among the regions and industries of a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairlead.errors import OptionError
from fairlead.model.input_output import InputOutputTable
from fairlead.reference import load_csv
from fairlead.reference.keys import industry_key
from fairlead.risk.upstream.industries import (
    isic_of_good,
    isic_of_sector,
    matching_industries,
    own_industry,
    product_cells,
    region_of,
    table_codes,
)
from fairlead.risk.upstream.parameters import shipped_upstream_parameters
from tests.input_output import small_table


def with_regions(*regions: str, scheme: str = "icio") -> InputOutputTable:
    return replace(small_table(), regions=regions, scheme=scheme)


def test_a_good_is_found_in_the_industry_that_makes_it() -> None:
    table = small_table()
    codes = table_codes(table)
    found = product_cells(table, codes, "BGD", isic_of_good("61.09"))
    assert [table.label(int(cell)) for cell in found.cells] == [("BGD", "C13T15")]
    assert (found.region, found.is_rest, found.shares.tolist()) == ("BGD", False, [1.0])


def test_a_sector_that_lies_over_several_industries_is_shared_by_output() -> None:
    table = replace(small_table(), industries=("A01", "A03"))
    codes = table_codes(table)
    found = product_cells(table, codes, "KAZ", ("0111", "0311"))
    assert found.shares == pytest.approx([100 / 205, 105 / 205], abs=0.2)
    assert found.shares.sum() == pytest.approx(1.0)


def test_a_country_that_the_table_does_not_have_is_found_in_a_rest_of_the_world() -> None:
    table = with_regions("KAZ", "ROW")
    places, is_rest = region_of(table, table_codes(table), "BGD")
    assert ([table.regions[place] for place in places], is_rest) == (["ROW"], True)
    assert region_of(table, table_codes(table), "KAZ") == ([0], False)


def test_rests_of_continents_take_what_no_region_before_them_covers() -> None:
    table = with_regions("WM", "WA", scheme="exiobase3_ixi")
    codes = table_codes(table)
    assert {"YEM", "EGY", "IRN"} <= set(codes.within[0])
    assert "BGD" in codes.within[1]
    assert not set(codes.within[0]) & set(codes.within[1])


def test_a_country_split_by_the_publisher_is_one_country() -> None:
    table = with_regions("CN1", "CN2")
    codes = table_codes(table)
    assert codes.iso3 == ("CHN", "CHN")
    assert len(product_cells(table, codes, "CHN", ("13",)).cells) == 2


def test_a_country_outside_the_table_is_refused_with_those_it_covers() -> None:
    with pytest.raises(OptionError, match=r"does not cover “FRA”\. It covers KAZ, BGD"):
        region_of(small_table(), table_codes(small_table()), "FRA")


def test_an_industry_may_be_named_by_the_tables_own_code() -> None:
    table = small_table()
    found = own_industry(table, table_codes(table), "KAZ", "c13t15")
    assert found is not None
    assert [table.label(int(cell)) for cell in found.cells] == [("KAZ", "C13T15")]
    assert own_industry(table, table_codes(table), "KAZ", "garments") is None


def test_the_closest_industry_is_taken_where_none_lies_within_the_code() -> None:
    codes = replace(table_codes(small_table()), isic=(("10",), ("1010",), ("1020",)))
    assert matching_industries(codes, ("1010",)) == [1]
    assert matching_industries(codes, ("1050",)) == [0]
    assert matching_industries(codes, ("10",)) == [0, 1, 2]
    assert matching_industries(codes, ("45",)) == []


def test_crops_are_farming_without_the_raising_of_animals() -> None:
    codes = set(isic_of_sector("agriculture_crops"))
    assert {"0111", "0116", "0161"} <= codes
    assert not {code for code in codes if code.startswith(("014", "0162", "017"))}
    assert isic_of_sector("garments") == ("14",)


def test_of_a_tariffs_longer_code_the_first_six_digits_count() -> None:
    assert isic_of_good("6109 10 00 10") == isic_of_good("610910")


def test_early_archives_of_exiobase_have_other_codes_of_the_same_regions() -> None:
    table = with_regions("ROM", "WWA", scheme="exiobase3_ixi")
    codes = table_codes(table)
    assert codes.iso3 == ("ROU", "")
    assert "BGD" in codes.within[1]


def test_what_makes_nothing_in_the_table_is_refused() -> None:
    with pytest.raises(OptionError, match="is known to make ISIC 41"):
        product_cells(small_table(), table_codes(small_table()), "KAZ", ("41",))
    with pytest.raises(OptionError, match="no code of the Harmonized System"):
        isic_of_good("0000")
    with pytest.raises(OptionError, match="no code of the Harmonized System"):
        isic_of_good("6")
    with pytest.raises(OptionError, match="Did you mean garments"):
        isic_of_sector("garment")


def test_every_sector_with_codes_finds_an_industry_in_every_table_that_is_known() -> None:
    rows = load_csv("io_industries")
    sectors = [row["sector"] for row in load_csv("sectors") if row["isic"] and row["isic"] != "99"]
    for scheme in sorted({row["scheme"] for row in rows}):
        isic = tuple(tuple(row["isic"].split()) for row in rows if row["scheme"] == scheme)
        codes = replace(table_codes(small_table()), isic=isic)
        missing = [sector for sector in sectors if not matching_industries(codes, isic_of_sector(sector))]
        assert missing == [], scheme


def test_published_tables_have_as_many_industries_as_their_publishers_say_each_with_a_branch() -> None:
    rows = load_csv("io_industries")
    counts = {scheme: sum(row["scheme"] == scheme for row in rows) for scheme in {row["scheme"] for row in rows}}
    assert (counts["wiod2013"], counts["exiobase3_ixi"], counts["exiobase3_pxp"], counts["gloria"]) == (
        35,
        163,
        200,
        120,
    )
    assert counts["wiod2016"] == 56
    # 45 of the edition of 2021, and the six of 2018 that are wider
    assert counts["icio2021"] == 45 + 6
    parameters = shipped_upstream_parameters()
    assert [row for row in rows if parameters.branch_of(row["isic"]) is None] == []
    keys = [(row["scheme"], industry_key(row["code"])) for row in rows]
    assert len(set(keys)) == len(keys)
