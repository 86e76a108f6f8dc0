"""How a rating is put into words and onto the axis."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.language import LANGUAGES, Language
from fairlead.report.case import Case
from fairlead.report.content import Report
from fairlead.report.ratings import interval, share
from fairlead.report.scale import log_odds, position, zones

english = Language("en")


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [(0.08, 0.35, "8–35%"), (0.004, 0.021, "0.4–2%"), (0.0000001, 0.004, "<0.1–0.4%"), (0.2, 0.2, "20%")],
)
def test_an_interval_says_no_more_than_can_be_said(low: float, high: float, written: str) -> None:
    assert interval(english, low, high) == written


@given(st.floats(min_value=1e-9, max_value=0.999))
def test_a_probability_is_never_written_as_zero(p: float) -> None:
    assert share(english, p) not in {"0%", "0.0%"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_interval_has_its_sign_once_in_every_language(code: str) -> None:
    assert interval(Language(code), 0.08, 0.35).count("%") == 1


@given(st.floats(min_value=0.0001, max_value=0.999), st.floats(min_value=0.0001, max_value=0.999))
def test_the_axis_keeps_order_and_its_ends(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= position(low) <= position(high) <= 1


def test_the_zones_of_the_bands_fill_the_axis_without_a_gap() -> None:
    found = zones()
    assert found[0].start == 0
    assert found[-1].end == 1
    assert all(before.end == after.start for before, after in itertools.pairwise(found))


def test_the_bars_of_a_waterfall_join_and_end_at_the_rating(english: Report, rich: Case) -> None:
    card = english.details[1]
    (party,) = [one for one, row in rich.parties(rich.order).items() if row["name"] == card.row.name]
    row = rich.ratings([party])[party]
    assert math.isclose(sum(term["nats"] for term in row["terms"]), log_odds(row["p"]), abs_tol=1e-9)
    at = card.reasons[0].end
    for reason in card.reasons[1:]:
        assert math.isclose(at, reason.start if reason.kind == "raises" else reason.end, abs_tol=1e-9)
        at = reason.end if reason.kind == "raises" else reason.start
    assert math.isclose(at, card.row.rating.middle, abs_tol=1e-9)


def test_the_main_reasons_are_those_that_raise_most(english: Report) -> None:
    top = next(row for row in english.work_list.rows if row.name == "Lebap Cotton Collective")
    assert [reason.factor for reason in top.reasons] == ["×16", "×2.4", "×1.6"]


def test_find_out_names_what_is_missing(english: Report) -> None:
    row = next(row for row in english.work_list.rows if row.name == "Kashi Brick Kiln Works")
    assert row.rating.find_out
    assert row.rating.missing == "how its workers are employed"
