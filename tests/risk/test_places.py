from __future__ import annotations

import pytest

from fairlead.risk import shipped_parameters
from fairlead.risk.places import Region, RegionFinder, regions_of
from tests.risk.make import TABLES

PARAMETERS = shipped_parameters()
FINDER = RegionFinder(regions_of(TABLES.state_imposed, PARAMETERS.places), PARAMETERS.street_words)
XINJIANG = ("CHN", "Xinjiang")


@pytest.mark.parametrize(
    ("country", "region", "city", "address"),
    [
        ("CHN", "Xinjiang Uygur", None, None),
        (None, "XUAR", None, None),
        (None, "Синьцзян-Уйгурский автономный район", None, None),
        ("CHN", None, None, "新疆维吾尔自治区乌鲁木齐市"),
        ("CHN", None, "Ürümqi", None),
        ("CHN", None, "Урумчи", None),
        ("CHN", None, "Үрімші", None),
        ("CHN", None, None, "No. 5 Industrial Park, Korla"),
        ("CHN", None, None, "Xinjiang Road 5, Xinjiang"),
    ],
)
def test_the_region_is_found_by_its_names_and_its_cities(
    country: str | None, region: str | None, city: str | None, address: str | None
) -> None:
    assert FINDER.find(country, region, city, address) == XINJIANG


@pytest.mark.parametrize(
    ("country", "region", "city", "address"),
    [
        ("CHN", "Shandong", "Qingdao", "12 Xinjiang Road"),
        ("CHN", None, "Shanghai", "Urumqi Rd. 100"),
        ("CHN", "上海", None, "乌鲁木齐路12号"),
        ("KAZ", "Almaty", "Aksu", None),
        ("KAZ", "Almaty", "Almaty", "ул. Урумчи, 5"),
        (None, None, "Aksu", None),
        ("KAZ", "Xinjiang", None, None),
        ("CHN", None, None, None),
    ],
)
def test_streets_other_countries_and_silence_are_not_the_region(
    country: str | None, region: str | None, city: str | None, address: str | None
) -> None:
    assert FINDER.find(country, region, city, address) is None


def test_part_of_a_word_is_not_the_word() -> None:
    finder = RegionFinder([Region("XXX", "Ili", ("Ili",))], frozenset())
    assert finder.find("XXX", "Ilinois", None, None) is None
    assert finder.find("XXX", "Ili region", None, None) == ("XXX", "Ili")
