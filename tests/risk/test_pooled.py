"""Rates of small groups are drawn towards wider ones, and never hold a row's own hit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.risk.pooled import log_odds, pooled_rate


def _rate(hits: list[bool], group: list[int], unit: list[int], seen: list[bool] | None = None) -> np.ndarray:
    count = len(hits)
    return pooled_rate(
        np.array(hits),
        np.array(seen or [True] * count),
        np.array(group),
        np.zeros(count, dtype=np.int64),
        np.array(unit),
    )


def test_a_group_without_hits_among_many_without_is_near_nought() -> None:
    rate = _rate([False] * 200, [0] * 200, list(range(200)))
    assert rate.max() < 0.01


def test_the_rate_is_hits_and_twenty_wider_rates_over_rows_and_twenty() -> None:
    # 40 rows in one unit each; group 0 has 10 rows with 5 hits, group 1 has 30 rows with 1.
    hits = [True] * 5 + [False] * 5 + [True] + [False] * 29
    group = [0] * 10 + [1] * 30
    rate = _rate(hits, group, list(range(40)))
    everything = (6 + 0.5) / 41
    wider = (6 + 20 * everything) / (39 + 20)  # seen from a row of group 0 that is no hit, twice: base and region
    wider = (6 + 20 * wider) / (39 + 20)
    assert rate[9] == pytest.approx((5 + 20 * wider) / (9 + 20))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 4)), min_size=8, max_size=40), st.data())
def test_a_unit_that_is_left_out_changes_no_rate(rows: list[tuple[bool, int, int]], data: st.DataObject) -> None:
    hits, group, unit = (list(column) for column in zip(*rows, strict=True))
    own = data.draw(st.sampled_from(unit))
    seen = [each != own for each in unit]  # the unit is left out, as in a fold
    before = _rate(hits, group, unit, seen)
    flipped = [not hit if each == own else hit for hit, each in zip(hits, unit, strict=True)]
    assert np.array_equal(before, _rate(flipped, group, unit, seen))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=1, max_size=40))
def test_rates_have_log_odds(rows: list[tuple[bool, int]]) -> None:
    hits, group = (list(column) for column in zip(*rows, strict=True))
    assert np.isfinite(log_odds(_rate(hits, group, list(range(len(rows)))))).all()
