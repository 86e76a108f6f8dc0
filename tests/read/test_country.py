from __future__ import annotations

import pytest
from babel import Locale

from fairlead.read import find_country
from fairlead.read.country import alpha2, country_in_address, is_ambiguous, is_american
from fairlead.reference import load_csv


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("USA", "USA"),
        ("U.S.A.", "USA"),
        ("united states of america", "USA"),
        ("U.K.", "GBR"),
        ("Great Britain", "GBR"),
        ("КНР", "CHN"),
        ("ҚХР", "CHN"),
        ("P.R. China", "CHN"),
        ("РК", "KAZ"),
        ("Қазақстан", "KAZ"),
        ("КАЗАКСТАН", "KAZ"),
        ("Республика Казахстан", "KAZ"),
        ("République du Kazakhstan", "KAZ"),
        ("Türkiye", "TUR"),
        ("TURKIYE", "TUR"),
        ("Turkey", "TUR"),
        ("South Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("Viet Nam", "VNM"),
        ("Burma", "MMR"),
        ("Taiwan, Province of China", "TWN"),
        ("Hong Kong, China", "HKG"),
        ("the Netherlands", "NLD"),
        ("Cote dIvoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("Кыргызская Республика", "KGZ"),
        ("Киргизия", "KGZ"),
        ("Ouzbékistan", "UZB"),
        ("Oʻzbekiston", "UZB"),
        ("Монгол Улс", "MNG"),
        ("kz", "KAZ"),
        ("Kaz", "KAZ"),
        ("398", "KAZ"),
        ("UK", "GBR"),
        ("NA", "NAM"),
        ("Almaty, Kazakhstan", "KAZ"),
        ("Китай (Гуандун)", "CHN"),
        ("Georgia", "GEO"),
        ("Kosovo", "XKX"),
    ],
)
def test_a_country_is_found_in_every_spelling(text: str, country: str) -> None:
    assert find_country(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "Korea",
        "Корея",
        "Congo",
        "Конго",
        "Narnia",
        "",
        "Virgin Islands",
        "USSR",
        "Georgia, USA",
        "Africa",
        "12",
        "Republic",
    ],
)
def test_what_fits_several_countries_or_none_is_not_guessed(text: str) -> None:
    assert find_country(text) is None


def test_every_name_of_a_country_in_the_four_languages_means_that_country_or_nothing() -> None:
    iso3 = {row["iso2"]: row["iso3"] for row in load_csv("countries")}
    for language in ("en", "ru", "kk", "fr"):
        for code, name in Locale(language).territories.items():
            if code in iso3:
                found = find_country(name)
                assert found == iso3[code] or (found is None and is_ambiguous(name)), (language, name)


def test_every_code_of_the_reference_pack_means_its_country() -> None:
    for row in load_csv("countries"):
        assert find_country(row["iso3"]) == row["iso3"]
        if row["iso2"]:
            assert find_country(row["iso2"]) == row["iso3"]
            assert alpha2(row["iso3"]) == row["iso2"]


def test_every_alias_names_a_country_of_the_reference_pack() -> None:
    known = {row["iso3"] for row in load_csv("countries")}
    for row in load_csv("country_aliases"):
        assert row["iso3"] in known | {""}, row["alias"]


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("905 Adams Street, Hutchinson, Minnesota, USA", "USA"),
        ("Bali Town 225000 China", "CHN"),
        ("Dhaka. Bangladesh", "BGD"),
        ("12 Nathan Road, Kowloon, Hong Kong, China", "HKG"),
        ("577 Keumeui-ri, Gyeonggi-Do, Korea", None),
        ("1 Peachtree Street, Atlanta, Georgia", None),
        ("Albuquerque, New Mexico", None),
        ("12 High Street, Springfield, CA", None),
        ("г. Шымкент, ул. Байтурсынова 1, РК", "KAZ"),
        ("Республика Казахстан, 050000, г. Алматы, пр. Абая 1", "KAZ"),
        ("117997, Россия, Москва, ул. Ленина 1", "RUS"),
        ("Lebanon, PA 17042", None),
        ("", None),
    ],
)
def test_an_address_gives_its_country_only_where_its_end_or_a_cyrillic_beginning_names_one(
    address: str, country: str | None
) -> None:
    assert country_in_address(address) == country


def test_an_american_address_is_known_by_its_state_and_code() -> None:
    assert is_american("1 Peachtree Street, Atlanta")
    assert is_american("Augusta, GA 30901")
    assert not is_american("Rustaveli Avenue 5, Tbilisi")
