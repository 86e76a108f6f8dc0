"""Pairs are rated as suppliers are, with nothing that was not known on the day and nothing of the list itself."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from fairlead.risk.backtest.rated_pairs import LIST_SOURCES, rated_pairs, tables_as_of
from fairlead.risk.backtest.ridge import sigmoid
from fairlead.risk.backtest.universe import Edition, shipped_editions, shipped_universe

UNIVERSE = shipped_universe()
NOTHING = Edition(2022, ())


def _p(good: str, iso3: str, known: Edition = NOTHING, day: date = date(2016, 9, 30)) -> float:
    rows = np.array([UNIVERSE.place[good, iso3]])
    return float(sigmoid(rated_pairs(UNIVERSE, rows, known, day, tables=tables_as_of(day)))[0])


def test_a_listed_pair_rates_higher_and_so_does_its_good_elsewhere() -> None:
    known = shipped_editions()[2022]
    assert _p("cotton", "PAK", known) > _p("cotton", "PAK", known.without_countries(["PAK"])) > _p("cotton", "PAK")


def test_the_order_in_which_pairs_are_rated_does_not_matter() -> None:
    rows = np.arange(0, 300, 7)
    one = rated_pairs(UNIVERSE, rows, NOTHING, date(2016, 9, 30), tables=tables_as_of(date(2016, 9, 30)))
    other = rated_pairs(UNIVERSE, rows[::-1], NOTHING, date(2016, 9, 30), tables=tables_as_of(date(2016, 9, 30)))
    assert np.array_equal(one, other[::-1])


def test_a_pair_of_every_country_of_the_universe_has_a_rating() -> None:
    rows = np.unique(UNIVERSE.country_number, return_index=True)[1]
    day = date(2016, 9, 30)
    assert np.isfinite(rated_pairs(UNIVERSE, rows, NOTHING, day, tables=tables_as_of(day))).all()


@pytest.mark.parametrize(
    ("iso3", "good", "before", "after"),
    [("PRK", "coal", date(2013, 12, 31), date(2014, 12, 31)), ("TKM", "cotton", date(2015, 12, 31), date(2016, 9, 30))],
)
def test_an_inquiry_counts_from_its_report(iso3: str, good: str, before: date, after: date) -> None:
    assert _p(good, iso3, day=after) > 2 * _p(good, iso3, day=before)


def test_labour_imposed_by_a_state_counts_while_its_end_is_still_to_come() -> None:
    assert _p("cotton", "UZB", day=date(2016, 9, 30)) > 2 * _p("cotton", "KGZ", day=date(2016, 9, 30))


def test_earlier_editions_of_the_list_are_not_known_to_what_foretells_it() -> None:
    assert tables_as_of(date(2016, 9, 30)).goods_listed_history == ()


def test_the_list_that_is_foretold_is_no_source_of_labour_imposed_by_a_state() -> None:
    tables = tables_as_of(date(2026, 1, 1))
    assert tables.state_imposed
    assert not {row["source_id"] for row in tables.state_imposed} & LIST_SOURCES
    assert tables.goods_listed == ()
