"""Dates of birth and founding, as lists and columns write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.read.born import find_born


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1960-02-13", ("1960-02-13",)),
        ("1960-02-13T00:00:00Z", ("1960-02-13",)),
        ("19600213", ("1960-02-13",)),
        ("13.2.1960", ("1960-02-13",)),
        ("7.8. 1978", ("1978-08-07",)),
        ("24/06/1980", ("1980-06-24",)),
        ("06/24/1980", ("1980-06-24",)),
        ("13 Feb 1960", ("1960-02-13",)),
        ("February 13, 1960", ("1960-02-13",)),
        ("Feb. 1960", ("1960-02",)),
        ("1960", ("1960",)),
        ("6.7.1993 or 6.7.1991", ("1993-07-06", "1991-07-06")),
        ("29.8.1969 or 1973", ("1969-08-29", "1973")),
        ("7.10.1952 POB: Karakol (now elsewhere)", ("1952-10-07",)),
        ("1973 to 1974", ("1973/1974",)),
        ("1980-1990", ("1980/1990",)),
        ("between 1.1.1961 and 31.12.1963", ("1961/1963",)),
        ("1961 and 1963", ("1961", "1963")),
        ("circa 1970", ("1968/1972",)),
        ("circa 1965-1970", ("1965/1970",)),
    ],
)
def test_every_way_of_writing_a_date_is_read(text: str, dates: tuple[str, ...]) -> None:
    assert find_born(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "03/04/1980",
        "1980-01-01",
        "1.1.1980",
        "1980-13-45",
        "March/April 1980",
        "Between Aug. and Sep. 1980",
        "1980-00-00",
    ],
)
def test_where_the_day_is_not_certain_the_year_is_known(text: str) -> None:
    assert find_born(text) == ("1980",)


@pytest.mark.parametrize(
    "text", ["", "unknown", "10 October (year unknown)", "24/06/1402 (Hijri)", "1900 to 1980", "ID 119605"]
)
def test_what_says_no_year_says_nothing(text: str) -> None:
    assert find_born(text) == ()


@given(st.dates(min_value=date(1800, 1, 2), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    expected = day.isoformat() if (day.month, day.day) != (1, 1) else str(day.year)
    for written in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
        f"{day.day} {day:%B %Y}",
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert find_born(f"born {written};") == (expected,)


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(find_born(text), tuple)
