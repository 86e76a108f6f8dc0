"""Multipliers by the series are those of the inverse, on published tables and on any other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from fairlead.errors import InvalidTable
from fairlead.risk.upstream.multipliers import multipliers, tiers
from tests.input_output import random_table

# Miller and Blair, Input-Output Analysis (2nd edition, 2009), section 2.3: two sectors, output 1000 and 2000.
MILLER_BLAIR = np.array([[150.0, 500.0], [200.0, 100.0]]) / np.array([1000.0, 2000.0])


def inputs(coefficients: np.ndarray) -> sparse.csr_matrix:
    return sparse.csr_matrix(coefficients.T.astype(np.float32))


def test_output_for_a_new_final_demand_is_that_of_miller_and_blair() -> None:
    found = tiers(inputs(MILLER_BLAIR), np.array([600.0, 1500.0]), 3).total
    assert found == pytest.approx([1247.5, 1841.6], abs=0.1)


def test_output_multipliers_are_the_column_sums_of_miller_and_blairs_inverse() -> None:
    inverse = np.array([[1.2541, 0.3300], [0.2640, 1.1221]])
    assert multipliers(inputs(MILLER_BLAIR), np.ones(2)) == pytest.approx(inverse.sum(axis=0), abs=2e-4)


def test_round_by_round_effects_are_those_of_miller_and_blair() -> None:
    """Table 2.4 there: rounds of the demand (600, 1500) call for 465 and 195, then 118.5 and 102.75."""
    each = tiers(inputs(MILLER_BLAIR), np.array([600.0, 1500.0]), 2).each
    assert each[1] == pytest.approx([465.0, 195.0], rel=1e-6)
    assert each[2] == pytest.approx([118.5, 102.75], rel=1e-6)


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_the_series_is_the_inverse(seed: int, cells: int) -> None:
    coefficients, intensity = random_table(cells, seed)
    expected = intensity @ np.linalg.inv(np.eye(cells) - coefficients)
    assert multipliers(inputs(coefficients), intensity) == pytest.approx(expected, rel=1e-5)


@given(st.integers(0, 10_000))
def test_a_demand_carries_its_multipliers_whichever_way_it_is_added_up(seed: int) -> None:
    coefficients, intensity = random_table(8, seed)
    demand = np.random.default_rng(seed).random(8)
    found = tiers(inputs(coefficients), demand, 4)
    assert len(found.each) == 5
    carried = float(found.total @ intensity)
    assert carried == pytest.approx(float(demand @ multipliers(inputs(coefficients), intensity)), rel=1e-5)


def test_an_industry_that_buys_nearly_all_from_itself_costs_no_more_steps() -> None:
    """Farming of rice buys .97 of its output from itself in one published table; the plain series takes 500 terms."""
    coefficients = np.array([[0.999, 0.1], [0.0005, 0.2]])
    found = multipliers(inputs(coefficients), np.ones(2))
    assert found == pytest.approx(np.ones(2) @ np.linalg.inv(np.eye(2) - coefficients), rel=1e-3)
    assert tiers(inputs(coefficients), np.array([1.0, 0.0]), 2).total == pytest.approx(
        np.linalg.inv(np.eye(2) - coefficients)[:, 0], rel=1e-3
    )


def test_an_industry_that_buys_all_from_itself_is_refused() -> None:
    with pytest.raises(InvalidTable, match="from itself"):
        multipliers(inputs(np.array([[1.0, 0.0], [0.0, 0.1]])), np.ones(2))


def test_a_product_without_purchases_carries_only_itself() -> None:
    assert multipliers(sparse.csr_matrix((3, 3), dtype=np.float32), np.array([1.0, 0.0, 2.0])).tolist() == [1, 0, 2]


def test_a_table_that_never_ends_is_refused() -> None:
    with pytest.raises(InvalidTable, match="does not shrink"):
        multipliers(inputs(np.array([[0.5, 0.5], [0.5, 0.5]])), np.ones(2))
    with pytest.raises(InvalidTable, match="does not shrink"):
        tiers(inputs(np.array([[0.5, 0.5], [0.5, 0.5]])), np.ones(2), 2)
