"""Structural paths: every chain above the tolerance is found, no other is, and what they carry is exact."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.read.input_output import read_input_output
from fairlead.risk.upstream.exposure_intensity import exposure_intensity
from fairlead.risk.upstream.industries import table_codes
from fairlead.risk.upstream.multipliers import multipliers
from fairlead.risk.upstream.parameters import shipped_upstream_parameters
from fairlead.risk.upstream.structural_paths import Paths, structural_paths
from tests.input_output import random_table


def paths_of(
    coefficients: np.ndarray, intensity: np.ndarray, demand: np.ndarray, tolerance: float, count: int
) -> Paths:
    multiplier = intensity @ np.linalg.inv(np.eye(len(demand)) - coefficients)

    def column(cell: int) -> tuple[np.ndarray, np.ndarray]:
        sellers = np.flatnonzero(coefficients[:, cell])
        return sellers, coefficients[sellers, cell]

    return structural_paths(column, intensity, multiplier, demand, tolerance=tolerance, count=count)


@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.05, 0.01]))
def test_all_chains_above_the_tolerance_are_found_and_no_others(seed: int, tolerance: float) -> None:
    coefficients, intensity = random_table(4, seed)
    demand = np.array([1.0, 0.0, 0.5, 0.0])
    found = paths_of(coefficients, intensity, demand, tolerance, 3)
    multiplier = intensity @ np.linalg.inv(np.eye(4) - coefficients)
    total = demand @ multiplier
    expected = {}
    for length in range(1, 5):
        for chain in product(range(4), repeat=length):
            weight = demand[chain[0]] * np.prod([coefficients[i, j] for j, i in pairwise(chain)])
            # the margin keeps chains out that are above or below only by rounding
            if weight * multiplier[chain[-1]] >= tolerance * total * (1 + 1e-9):
                expected[chain] = weight * intensity[chain[-1]] / total
    got = {found.chain(node): float(found.own[node]) for node in range(len(found))}
    assert set(expected) <= set(got)
    assert all(found.subtree >= tolerance * (1 - 1e-9))
    for chain, share in expected.items():
        assert got[chain] == pytest.approx(share, rel=1e-9)


@given(st.integers(0, 10_000))
def test_with_enough_tiers_and_no_tolerance_to_speak_of_everything_is_covered(seed: int) -> None:
    coefficients, intensity = random_table(3, seed)
    found = paths_of(coefficients * 0.3, intensity, np.array([1.0, 0.0, 0.0]), 1e-7, 12)
    assert found.covered == pytest.approx(1.0, abs=1e-3)


def test_a_chain_is_told_from_the_product_to_its_end_and_the_largest_come_first() -> None:
    coefficients = np.array([[0.0, 0.0, 0.0], [0.5, 0.0, 0.0], [0.1, 0.4, 0.0]])
    found = paths_of(coefficients, np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), 1e-6, 5)
    told = [(found.chain(node), round(float(found.own[node]), 6)) for node in found.largest(2)]
    assert told == [((0, 1, 2), round(0.2 / 0.3, 6)), ((0, 2), round(0.1 / 0.3, 6))]
    assert found.covered == pytest.approx(1.0)


def test_a_demand_that_carries_nothing_has_no_paths() -> None:
    assert len(paths_of(np.zeros((2, 2)), np.zeros(2), np.ones(2), 1e-3, 3)) == 0


@pytest.mark.real_data
def test_on_the_table_of_wiod_the_cut_columns_lose_no_chain(real_data: Path) -> None:
    """A search that sorts nothing and looks at every purchase finds the same chains, as many as published tools do."""
    table = read_input_output(real_data / "io" / "wiod2011.npz")
    codes = table_codes(table)
    intensity = exposure_intensity(table, codes, shipped_upstream_parameters(), date(2026, 6, 1)).per_unit
    multiplier = multipliers(table.inputs, intensity)
    demand = np.zeros(table.cells)
    demand[table.regions.index("DEU") * 35 + table.industries.index("c4")] = 1.0
    found = structural_paths(table.input_column, intensity, multiplier, demand, tolerance=1e-4, count=6)
    level = [(int(cell), float(demand[cell])) for cell in np.flatnonzero(demand)]
    total, counted = float(demand @ multiplier), len(level)
    for _ in range(6):
        level = [
            (int(seller), weight * float(coefficient))
            for cell, weight in level
            for seller, coefficient in zip(*table.input_column(cell), strict=True)
            if weight * float(coefficient) * multiplier[seller] >= 1e-4 * total
        ]
        counted += len(level)
    assert len(found) == counted
    assert 1_000 < len(found) < 2_000
    assert found.covered == pytest.approx(0.66, abs=0.02)
