"""The parts that links have of what a party gets: stated, by spend, or even."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.risk.spread.weights import BASES, Parts, parts_of_whole

NAN = float("nan")


def parts(*rows: tuple[int, float, float, int]) -> Parts:
    of, share, amount, currency = (np.array([row[place] for row in rows]) for place in range(4))
    return parts_of_whole(of.astype(np.int64), 3, share.astype(float), amount.astype(float), currency.astype(np.int64))


def test_a_stated_share_counts_as_it_stands() -> None:
    found = parts((0, 0.2, 900, 0), (0, 0.3, 100, 0))
    assert found.part == pytest.approx([0.2, 0.3])
    assert [BASES[one] for one in found.basis] == ["share", "share"]


def test_what_stated_shares_leave_is_divided_by_spend() -> None:
    found = parts((0, 0.2, NAN, -1), (0, NAN, 300, 0), (0, NAN, 100, 0))
    assert found.part == pytest.approx([0.2, 0.6, 0.2])
    assert [BASES[one] for one in found.basis] == ["share", "spend", "spend"]


def test_amounts_in_different_currencies_are_never_compared() -> None:
    # Two links in tenge, one in dollars, one without an amount: a quarter for each, and within tenge by amount.
    found = parts((0, NAN, 3_000_000, 0), (0, NAN, 1_000_000, 0), (0, NAN, 5, 1), (0, NAN, NAN, -1))
    assert found.part == pytest.approx([0.375, 0.125, 0.25, 0.25])
    assert [BASES[one] for one in found.basis] == ["spend", "spend", "spend", "even"]


def test_an_amount_of_nothing_or_below_says_nothing() -> None:
    assert parts((0, NAN, 0, 0), (0, NAN, -5, 0)).part == pytest.approx([0.5, 0.5])


def test_shares_that_pass_one_together_are_brought_down_and_named() -> None:
    found = parts((0, 0.9, NAN, -1), (0, 0.6, NAN, -1), (1, 1.0, NAN, -1), (0, NAN, 5, 0))
    assert found.part == pytest.approx([0.6, 0.4, 1, 0])
    assert found.over.tolist() == [0]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from([NAN, 0.0, 0.1, 0.5, 1.0]),
            st.sampled_from([NAN, 0.0, 1.0, 7.5, 1e9]),
            st.integers(-1, 2),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_parts_of_a_party_never_pass_one_and_make_it_whole_where_nothing_is_stated(
    rows: list[tuple[int, float, float, int]],
) -> None:
    found = parts(*rows)
    assert (found.part >= 0).all()
    for party in {row[0] for row in rows}:
        mine = [place for place, row in enumerate(rows) if row[0] == party]
        assert found.part[mine].sum() <= 1 + 1e-9
        if any(np.isnan(rows[place][1]) for place in mine):
            assert found.part[mine].sum() == pytest.approx(1)
