"""Kendall's tau-b, against its published definition and worked values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.risk.rank_correlation import kendall_tau_b


def by_pairs(x: list[float], y: list[float]) -> float:
    """The definition, pair by pair."""
    concordant = discordant = only_x = only_y = 0
    for i in range(len(x)):
        for j in range(i):
            a, b = np.sign(x[i] - x[j]), np.sign(y[i] - y[j])
            concordant += a * b > 0
            discordant += a * b < 0
            only_x += bool(a) and not b
            only_y += bool(b) and not a
    scale = ((concordant + discordant + only_x) * (concordant + discordant + only_y)) ** 0.5
    return (concordant - discordant) / scale if scale else float("nan")


def tau(x: list[float], y: list[float]) -> float:
    return kendall_tau_b(np.array(x, dtype=float), np.array(y, dtype=float))


def test_the_worked_example_of_scipy_s_documentation() -> None:
    assert tau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) == pytest.approx(-0.47140452079103173)


def test_the_same_order_is_one_and_the_reverse_is_minus_one() -> None:
    assert tau([1, 2, 3, 4], [10, 20, 30, 40]) == 1
    assert tau([1, 2, 3, 4], [4, 3, 2, 1]) == -1


def test_nothing_to_order_is_one_and_an_order_against_none_is_zero() -> None:
    assert tau([], []) == tau([1], [2]) == tau([1, 1], [2, 2]) == 1
    assert tau([1, 2], [3, 3]) == 0


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=40))
def test_it_is_what_the_pairs_say(pairs: list[tuple[int, int]]) -> None:
    x, y = [float(one) for one, _ in pairs], [float(other) for _, other in pairs]
    expected = by_pairs(x, y)
    if not np.isnan(expected):
        assert tau(x, y) == pytest.approx(expected)


@given(st.permutations(range(25)))
def test_the_order_in_which_the_things_are_given_does_not_matter(order: list[int]) -> None:
    x, y = np.sin(np.arange(25.0)), np.cos(np.arange(25.0) * 2)
    assert kendall_tau_b(x[order], y[order]) == pytest.approx(kendall_tau_b(x, y))
