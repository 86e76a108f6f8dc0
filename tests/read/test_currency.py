from __future__ import annotations

import pytest
from babel import Locale

from fairlead.read.currency import find_currency, is_currency_word
from fairlead.reference import load_csv


@pytest.mark.parametrize(
    ("word", "country", "currency"),
    [
        ("₸", None, "KZT"),
        ("тг.", None, "KZT"),
        ("теңге", None, "KZT"),
        ("руб.", "RUS", "RUB"),
        ("руб.", "BLR", None),
        ("$", None, "USD"),
        ("$", "KAZ", "USD"),
        ("$", "CAN", None),
        ("US$", "CAN", "USD"),
        ("сом", "KGZ", "KGS"),
        ("сом", "UZB", "UZS"),
        ("сом", None, None),
        ("сум", None, "UZS"),
        ("манат", "AZE", "AZN"),
        ("манат", None, None),
        ("юань", None, "CNY"),
        ("¥", "JPN", "JPY"),
        ("¥", None, None),
        ("EUR", None, "EUR"),
        ("ALL", None, "ALL"),
        ("XXX", None, None),
        ("коров", None, None),
    ],
)
def test_a_currency_word_is_settled_by_the_country_or_not_at_all(
    word: str, country: str | None, currency: str | None
) -> None:
    assert find_currency(word, country) == currency


def test_an_ambiguous_word_is_still_known_for_money() -> None:
    assert is_currency_word("сом")
    assert not is_currency_word("коров")


def test_every_word_of_the_table_means_a_currency_that_exists() -> None:
    known = set(Locale("en").currencies)
    countries = {row["iso3"] for row in load_csv("countries")}
    for row in load_csv("currency_words"):
        assert row["currency"] in known | {""}, row
        assert row["country"] in countries | {""}, row
