"""Dates of birth as columns write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.read.birth_date import read_birth_dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1960-02-13", "1960-02-13"),
        ("19600213", "1960-02-13"),
        ("1960/02/13", "1960-02-13"),
        ("1960-02-13 00:00:00", "1960-02-13"),
        ("13.02.1960", "1960-02-13"),
        ("3/2/1960", "1960-02-03"),
        ("13 Feb 1960", "1960-02-13"),
        ("February 13, 1960", "1960-02-13"),
        ("Feb 1960", "1960-02"),
        ("1960", "1960"),
        ("1960-86-13", "1960-86-13"),
        ("unknown to us", "unknown to us"),
    ],
)
def test_a_date_is_written_by_iso_8601_and_what_is_none_stays(written: str, iso: str) -> None:
    assert read_birth_dates([written, None]) == [iso, None]


def test_one_date_shows_that_the_month_comes_first_in_the_column() -> None:
    assert read_birth_dates(["02/13/1960", "03/02/1960"]) == ["1960-02-13", "1960-03-02"]


@given(st.dates())
def test_every_date_is_read_back(day: object) -> None:
    assert read_birth_dates([f"{day:%d.%m.}{day.year:04}"]) == [day.isoformat()]  # type: ignore[attr-defined]


@given(st.lists(st.none() | st.text(max_size=30)))
def test_no_text_is_too_odd(texts: list[str | None]) -> None:
    assert len(read_birth_dates(texts)) == len(texts)
