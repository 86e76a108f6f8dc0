from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairlead.read.amount import Decimals, decide_decimals, evidence, read_amount, take_apart
from fairlead.read.sheet import Number

UNDECIDED: frozenset[Decimals] = frozenset()
COMMA, POINT = frozenset({Decimals.COMMA}), frozenset({Decimals.POINT})
NO_BREAK, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,50", "1234.50"),
        (f"1{NO_BREAK}234,50", "1234.50"),
        (f"1{NARROW}234,50 €", "1234.50"),
        (f"1{THIN}234{THIN}567", "1234567"),
        ("1'234.50", "1234.50"),
        ("1’234’567", "1234567"),
        ("1.234.567,89 ₸", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,23,45,678.00", "12345678"),
        ("12,5 млн тг", "12500000"),
        ("10 тыс. тенге", "10000"),
        ("USD 1.5m", "1500000"),
        ("2,5 milliards", "2500000000"),
        ("KZT 1000", "1000"),
        ("(1 234,50)", "-1234.50"),
        ("-5", "-5"),
        ("−5,25", "-5.25"),
        ("5-", "-5"),
        ("0,123", "0.123"),
        ("1234.567", "1234.567"),
        ("1 234,567", "1234.567"),
        ("0", "0"),
        ("1 000 000 тг.", "1000000"),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_is_read(text: str, amount: str) -> None:
    reading = read_amount(text, UNDECIDED)
    assert reading.remark is None
    assert reading.amount == Decimal(amount)


@pytest.mark.parametrize("text", ["1,234", "$1,234", "1.234", "12,345 тг", "1,000"])
def test_an_amount_that_can_be_read_in_two_ways_is_not_guessed(text: str) -> None:
    reading = read_amount(text, UNDECIDED)
    assert reading.amount is None
    assert reading.remark is not None and "could be" in reading.remark.template
    assert read_amount(text, frozenset(Decimals)).amount is None


def test_the_columns_convention_decides_what_can_be_read_in_two_ways() -> None:
    assert read_amount("1,234", COMMA).amount == Decimal("1.234")
    assert read_amount("1,234", POINT).amount == Decimal("1234")
    assert read_amount("$1,234", POINT).words == "$"


@pytest.mark.parametrize(
    "text",
    [
        "12 34",
        "1.234.56",
        "100-200",
        "5%",
        "около 500",
        "~100",
        "abc",
        "1e5",
        "1,2,3",
        "1 234 56",
        "10 / 20",
        "> 100",
        "до 500",
    ],
)
def test_what_is_no_single_amount_is_not_read(text: str) -> None:
    reading = read_amount(text, COMMA)
    assert reading.amount is None
    assert reading.remark is not None


@pytest.mark.parametrize(
    ("values", "decided"),
    [
        (["1 234,50", "1,234"], COMMA),
        (["1.234.567", "1,234"], COMMA),
        (["1,234", "12.5"], POINT),
        (["1,234", "1 000"], UNDECIDED),
        (["1 234,50", "1234.50"], frozenset(Decimals)),
        ([Number("1234.5"), "1,234"], UNDECIDED),
        ([], UNDECIDED),
    ],
)
def test_the_convention_is_decided_over_the_column(values: list[str], decided: frozenset[Decimals]) -> None:
    assert decide_decimals(values) == decided


def test_a_stored_number_is_read_by_its_point_whatever_the_column_says() -> None:
    assert read_amount(Number("1.234"), COMMA).amount == Decimal("1.234")


def test_thousands_in_the_heading_multiply_but_not_twice() -> None:
    assert read_amount("12,5", COMMA, multiplier=1000).amount == Decimal(12500)
    assert read_amount("12,5 тыс.", COMMA, multiplier=1000).amount == Decimal(12500)


def test_more_than_four_decimals_are_rounded_half_to_even() -> None:
    assert read_amount("1,00005", COMMA).amount == Decimal("1.0000")
    assert read_amount("1,00015", COMMA).amount == Decimal("1.0002")


def test_an_amount_beyond_the_tables_width_is_refused() -> None:
    assert read_amount("9" * 40, COMMA).amount is None


CONVENTIONS = [
    (",", " "),
    (",", "."),
    (",", NO_BREAK),
    (",", NARROW),
    (",", ""),
    (".", ","),
    (".", " "),
    (".", "'"),
    (".", ""),
]


@given(
    cents=st.integers(0, 10**14),
    convention=st.sampled_from(CONVENTIONS),
    sign=st.sampled_from(["", "-"]),
    around=st.sampled_from(["{}", "{} ₸", "KZT {}", "€{}", "{} руб."]),
)
def test_every_convention_is_read_back(cents: int, convention: tuple[str, str], sign: str, around: str) -> None:
    mark, group = convention
    whole = f"{cents // 100:,}".replace(",", group)
    text = around.format(f"{sign}{whole}{mark}{cents % 100:02}")
    decimals = Decimals.COMMA if mark == "," else Decimals.POINT
    expected = Decimal(cents) / 100 * (-1 if sign else 1)
    assert read_amount(text, UNDECIDED).amount == expected
    written = take_apart(text)
    assert written is not None and evidence(written) is decimals


@given(st.text(alphabet="0123456789,. '()-₸", max_size=15))
def test_a_reading_never_contradicts_its_digits(text: str) -> None:
    reading = read_amount(text, UNDECIDED)
    assume(reading.amount is not None)
    assert reading.amount is not None
    digits = "".join(sign for sign in text if sign.isdigit())
    if not any(sign in text for sign in ",."):
        assert abs(reading.amount) == Decimal(digits)
