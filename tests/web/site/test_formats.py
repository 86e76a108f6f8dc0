"""Dates and numbers as each language of the workbench writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.template.defaultfilters import date as written
from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import override

from fairlead.language import Language

NARROW = "\N{NARROW NO-BREAK SPACE}"
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("code", "day", "short", "number"),
    [
        ("en", "31 January 2026", "31 Jan 2026", "1,234.5"),
        ("ru", "31 января 2026", "31.01.2026", f"1{SPACE}234,5"),
        ("kk", f"2026{NARROW}ж. 31 қаңтар", "31.01.2026", f"1{SPACE}234,5"),
        ("fr", "31 janvier 2026", "31/01/2026", f"1{SPACE}234,5"),
    ],
)
def test_a_day_and_a_number(code: str, day: str, short: str, number: str) -> None:
    with override(code):
        assert date_format(date(2026, 1, 31)) == day
        assert date_format(date(2026, 1, 31), "SHORT_DATE_FORMAT") == short
        assert number_format(Decimal("1234.5"), force_grouping=True) == number
        assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_a_day_is_written_in_kazakh_as_the_report_writes_it() -> None:
    with override("kk"):
        for month in range(1, 13):
            assert date_format(date(2026, month, 9)) == Language("kk").date(date(2026, month, 9))


def test_a_month_is_written_in_kazakh_with_its_year_first() -> None:
    with override("kk"):
        assert date_format(date(2026, 11, 1), "YEAR_MONTH_FORMAT") == f"2026{NARROW}ж. қараша"


def test_an_hour_is_written_without_the_halves_of_the_day() -> None:
    with override("kk"):
        assert date_format(datetime(2026, 1, 31, 14, 5), "DATETIME_FORMAT") == f"2026{NARROW}ж. 31 қаңтар, 14:05"  # noqa: DTZ001
        assert date_format(datetime(2026, 1, 31, 14, 5), "SHORT_DATETIME_FORMAT") == "31.01.2026 14:05"  # noqa: DTZ001


def test_the_days_of_a_kazakh_week_have_their_usual_short_forms() -> None:
    with override("kk"):
        week = [written(date(2026, 6, day), "D") for day in range(1, 8)]
    assert week == ["Дс", "Сс", "Ср", "Бс", "Жм", "Сб", "Жс"]
