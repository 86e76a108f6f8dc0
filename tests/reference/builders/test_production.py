"""Shares of production, from small files made by hand."""

from __future__ import annotations

import gzip

import pytest

from fairlead.errors import InvalidReference
from fairlead.reference.builders import production
from fairlead.reference.builders.production import FARMING, production_rows, rounded

FILES = {
    FARMING: gzip.compress(
        b"# a note\nitem_code,item,area_code,area,element,unit,2015\n"
        b"1,Wheat,1,Kazakhstan,Production,t,30\n1,Wheat,2,Turkmenistan,Production,t,10\n"
        b"1,Wheat,3,Sudan (former),Production,t,\n1,Wheat,4,Germany,Production,t,0\n"
        b"1,Wheat,1,Kazakhstan,Prod_Value,USD,999\n"
    ),
    "production/metals_production.csv": b"Entity,Year,Gold\nWorld,2010,99\nBurma,2012,2\nMyanmar,2013,4\nPeru,2010,9\n"
    b"Peru,1999,500\n",
    "production/minerals_production.csv": b"Entity,Year,Diamond\nAngola,2010,1\n",
    "production/coal_production.csv": b"Entity,Year,Coal\nChina,2010,1\n",
}
ITEMS = (
    {"good": "wheat", "file": "fao", "item": "Wheat"},
    {"good": "gold", "file": "metals", "item": "Gold"},
)


@pytest.fixture
def inputs(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[dict[str, str], ...]]:
    """The tables kept by hand, which a test may change."""
    tables: dict[str, tuple[dict[str, str], ...]] = {"production_items": ITEMS, "production_unrecorded": ()}
    monkeypatch.setattr(production, "read_input", tables.__getitem__)
    return tables


def test_farming_is_shared_out_by_one_year_and_mining_by_the_mean_of_the_years_reported(
    inputs: dict[str, tuple[dict[str, str], ...]],
) -> None:
    rows = {(row["good"], row["iso3"]): (row["share"], row["years"]) for row in production_rows(FILES)}
    assert rows == {
        ("gold", "MMR"): ("0.25", "2005-2015"),  # (2 + 4) / 2 against 9, under two names of one country
        ("gold", "PER"): ("0.75", "2005-2015"),
        ("wheat", "KAZ"): ("0.75", "2015"),
        ("wheat", "TKM"): ("0.25", "2015"),
    }


def test_a_pair_that_no_statistics_record_has_no_share(inputs: dict[str, tuple[dict[str, str], ...]]) -> None:
    inputs["production_unrecorded"] = ({"good": "wheat", "iso3": "SSD", "source_id": "us_dol_goods"},)
    assert {"good": "wheat", "iso3": "SSD", "share": "", "years": "", "source_id": "us_dol_goods"} in list(
        production_rows(FILES)
    )


def test_an_item_that_is_not_in_its_file_is_named(inputs: dict[str, tuple[dict[str, str], ...]]) -> None:
    inputs["production_items"] = ({"good": "wheat", "file": "fao", "item": "Spelt"},)
    with pytest.raises(InvalidReference, match="Spelt"):
        list(production_rows(FILES))


@pytest.mark.parametrize(
    ("value", "text"), [(0.0321530, "0.0322"), (6.8597e-11, "0.0000000000686"), (1.0, "1"), (1.2345e9, "1230000000")]
)
def test_numbers_keep_three_digits_and_have_no_exponent(value: float, text: str) -> None:
    assert rounded(value) == text
