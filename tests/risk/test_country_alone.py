"""What a country makes of a rating by itself."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.reference import load_csv
from fairlead.risk import shipped_parameters
from fairlead.risk.country_alone import country_alone
from tests.risk.make import AS_OF


@pytest.mark.parametrize("day", [date(2016, 6, 30), date(2022, 6, 30), AS_OF])
def test_no_country_reaches_the_highest_band_by_itself(day: date) -> None:
    rows = country_alone(day)
    assert {row.iso3 for row in rows} == {row["iso3"] for row in load_csv("countries")}
    top = shipped_parameters().bands[0]
    assert all(row.band != top.band and row.p < top.from_p for row in rows)


def test_without_labour_imposed_by_the_state_no_country_reaches_what_asks_to_act_now() -> None:
    least = min(band.from_p for band in shipped_parameters().bands if band.action == "ask_now")
    assert all(row.p < least for row in country_alone(AS_OF) if not row.imposed)


def test_the_countries_of_which_the_state_imposes_labour_are_told() -> None:
    imposed = {row.iso3 for row in country_alone(AS_OF) if row.imposed}
    recorded = (*load_csv("state_imposed"), *load_csv("labour_inquiries"))
    whole = {row["iso3"] for row in recorded if not (row["region"] or row["good"] or row["to_year"])}
    assert imposed == whole


def test_labour_imposed_by_a_state_is_told_from_the_year_in_which_it_began() -> None:
    began = next(row for row in load_csv("state_imposed") if row["from_year"] and not (row["region"] or row["good"]))
    year = int(began["from_year"])
    for day, imposed in ((date(year - 1, 6, 30), False), (date(year, 6, 30), True)):
        assert {row.iso3: row.imposed for row in country_alone(day)}[began["iso3"]] is imposed
