"""Which pairs an order to withhold goods names."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.risk.backtest.orders import ordered_pairs
from fairlead.risk.backtest.universe import shipped_universe

UNIVERSE = shipped_universe()
GOODS = [
    {"good": "rubber_gloves", "inputs": "rubber"},
    {"good": "garments", "inputs": "cotton textiles"},
    {"good": "cotton", "inputs": "cottonseed_hybrid"},
]


@pytest.mark.parametrize(
    ("good", "iso3", "day", "found"),
    [
        ("cotton", "TKM", "2018-05-18", {("cotton", "TKM")}),  # and not the seed it is grown from, a pair of its own
        ("cotton", "TKM", "2016-09-30", set()),  # on the day, and so known
        ("rubber_gloves", "MYS", "2021-07-15", {("rubber", "MYS")}),
        ("garments", "CHN", "2020-09-03", set()),  # of many things
        ("cotton", "ISL", "2020-01-01", set()),  # makes none
        ("", "MEX", "2020-01-01", set()),  # names a prison and no good
    ],
)
def test_an_order_names_its_good_or_the_one_it_is_made_of(
    good: str, iso3: str, day: str, found: set[tuple[str, str]]
) -> None:
    marks = ordered_pairs(UNIVERSE, [{"good": good, "iso3": iso3, "date": day}], GOODS, date(2016, 9, 30))
    assert {(str(UNIVERSE.good[row]), str(UNIVERSE.iso3[row])) for row in marks.nonzero()[0]} == found
