"""The builders, on small files made by hand and on the publishers' own."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from builders.reference import built
from fairlead.errors import InvalidReference
from fairlead.reference import data_folder, load_csv, source_records
from fairlead.reference.builders import BUILDERS, Builder, builder_of
from fairlead.reference.builders.builder import read_input, table_bytes
from fairlead.reference.builders.country_names import country_finder
from fairlead.reference.builders.goods_listed import listed_rows
from fairlead.reference.builders.governance import rounded
from fairlead.reference.builders.import_bans import FILE as ORDERS
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.builders.tip_tiers import HISTORY, LATEST
from fairlead.reference.table import tables
from tests.reference.answers import orders_csv


@pytest.mark.real_data
@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.table)
def test_a_table_built_from_the_publishers_files_is_the_one_committed(builder: Builder, real_data: Path) -> None:
    advice = f"run ./run build reference {builder.table}"
    assert built(builder, real_data) == (data_folder() / f"{builder.table}.csv").read_bytes(), advice


def test_every_builder_makes_the_columns_that_its_table_is_described_with() -> None:
    for builder in BUILDERS:
        assert builder.columns == tuple(column.name for column in tables()[builder.table].columns), builder.table


def test_every_table_that_is_said_to_be_built_has_a_builder() -> None:
    assert {entry.name for entry in tables().values() if entry.made == "built"} <= {b.table for b in BUILDERS}


def test_a_table_without_a_builder_is_named() -> None:
    with pytest.raises(InvalidReference, match="No builder makes a table “legal_forms”"):
        builder_of("legal_forms")


def test_rows_are_sorted_and_carry_their_source() -> None:
    rows = [{"name": name, "source_id": "fairlead", "edition": "1", "licence": "L", "checked": "no"} for name in "ba"]
    assert (
        table_bytes(("name",), rows)
        == b"name,source_id,edition,licence,checked\na,fairlead,1,L,no\nb,fairlead,1,L,no\n"
    )


def test_a_row_takes_edition_and_licence_from_its_source_unless_it_has_its_own() -> None:
    rows = [{"name": "a", "source_id": "wgi"}, {"name": "b", "source_id": "wgi", "edition": "own"}]
    content = Builder("own", ("name",), (), lambda _: rows).build({}, source_records()).decode()
    assert content.splitlines()[1:] == ['a,wgi,"2020 edition, data to 2019",CC-BY-4.0,no', "b,wgi,own,CC-BY-4.0,no"]


def test_a_row_of_an_unknown_source_is_refused() -> None:
    with pytest.raises(InvalidReference, match=r"“hearsay” is not in sources\.csv"):
        Builder("own", ("name",), (), lambda _: [{"name": "a", "source_id": "hearsay"}]).build({}, source_records())


def test_a_publisher_s_file_without_a_needed_column_is_refused() -> None:
    assert publisher_rows(b"\xef\xbb\xbfa,b\n 1 ,2\n", file="f", needed=("a",)) == ({"a": "1", "b": "2"},)
    with pytest.raises(InvalidReference, match="lacks the columns c"):
        publisher_rows(b"a,b\n1,2\n", file="f", needed=("a", "c"))
    with pytest.raises(InvalidReference, match="has no rows"):
        publisher_rows(b"a,b\n", file="f", needed=("a",))


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Burma", "MMR"), ("Turkey (Türkiye)", "TUR"), ("Côte d’Ivoire", "CIV"), ("Kazakhstan", "KAZ"), ("Kosovo", "XKX")],
)
def test_a_publisher_s_name_for_a_country_is_known(name: str, iso3: str) -> None:
    assert country_finder()(name) == iso3


def test_a_flag_that_is_neither_yes_nor_no_is_refused() -> None:
    xml = (
        b"<Goods><Good><Good_Name>Cotton</Good_Name><Countries><Country><Country_Name>Kenya</Country_Name>"
        b"<Child_Labor>Maybe</Child_Labor></Country></Countries></Good></Goods>"
    )
    with pytest.raises(InvalidReference, match="“Maybe” for Child_Labor"):
        list(listed_rows(xml, file="f", source_id="us_dol_goods"))


@pytest.mark.parametrize("text", ["NA", "", "inf", "nan"])
def test_a_governance_estimate_must_be_a_number(text: str) -> None:
    with pytest.raises(InvalidReference, match="is not a"):
        rounded(text)


def test_an_unranked_country_has_no_row_and_an_unknown_tier_is_refused() -> None:
    latest = b"country,iso3,tier,year\nKenya,KEN,2,2025\n"
    ranks = b"Kenya,KEN,2004,1,Watchlist    \nKenya,KEN,2003,1,NA\nKosovo,KOS,2010,1,Tier 2\n"
    history = b"countryname,iso,year,ccode,tier\n" + ranks
    rows = list(builder_of("tip_tiers").rows({LATEST: latest, HISTORY: history}))
    ranked = {(row["iso3"], row["year"]): row["tier"] for row in rows}
    assert ranked["KEN", "2004"] == "2WL"
    assert ranked["XKX", "2010"] == "2"
    assert ("KEN", "2003") not in ranked
    with pytest.raises(InvalidReference, match="“Tier 9” is not a tier"):
        list(builder_of("tip_tiers").rows({LATEST: latest, HISTORY: history.replace(b"Tier 2", b"Tier 9")}))


@pytest.mark.parametrize("delimiter", ["|", ","])
def test_parties_and_their_aliases_are_read_from_one_text(delimiter: str) -> None:
    orders = [
        ("Red Works, a/k/a Red Prison, a/k/a Crimson Works; Blue Works", "China", "1991-11-06", "WRO"),
        ("Fishing Vessel: Fictional 7", "China", "2025-05-28", "Finding"),
    ]
    rows = list(builder_of("import_bans").rows({ORDERS: orders_csv(orders, delimiter)}))
    named = {row["entity"]: row for row in rows if row["source_id"] == "us_cbp"}
    assert set(named) == {"Red Works", "Blue Works", "Fictional 7"}
    assert named["Red Works"]["other_names"] == "Red Prison; Crimson Works"
    assert named["Red Works"]["ban_id"] == "us_wro_19911106_red_works"
    assert named["Fictional 7"]["entity_kind"] == "vessel"
    assert named["Fictional 7"]["kind"] == "finding"


def test_the_ranges_of_headings_do_not_overlap() -> None:
    ranges = read_input("hs_isic4_ranges")
    for digits in (4, 6):
        spans = sorted((row["first"], row["last"]) for row in ranges if len(row["first"]) == digits)
        assert all(first <= last and len(last) == digits for first, last in spans)
        assert all(last < next_first for (_, last), (next_first, _) in pairwise(spans))


@pytest.mark.real_data
def test_nine_in_ten_goods_have_an_industry_that_the_published_concordance_allows(real_data: Path) -> None:
    """The published concordance gives a code up to 28 classes; the pack's one class should be among them."""
    allowed: dict[str, set[str]] = defaultdict(set)
    with (real_data / "trade" / "hs_isic4.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            allowed[row["HS_6d"]].add(row["ISIC4_4d"])
    own = [(row["hs"], row["isic"]) for row in load_csv("hs_isic4") if len(row["hs"]) == 6]
    agreed = sum(isic in allowed[hs] for hs, isic in own)
    assert agreed / len(own) > 0.9
