"""Every way of the benchmark computes the same multipliers and finds the same chains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.risk.upstream_data import write_table
from benchmarks.risk.upstream_ways import WAYS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_table(tmp_path, 98)
    return tmp_path


def test_the_table_is_filled_as_it_is_said_to_be_and_the_same_in_both_forms(folder: Path) -> None:
    dense, by_buyer = WAYS["series"][0](folder), WAYS["fairlead_multipliers"][0](folder)
    assert np.array_equal(by_buyer.toarray().T, dense)
    assert (dense > 0).mean() == pytest.approx(0.45, abs=0.02)
    assert np.all((dense.sum(axis=0) > 0.29) & (dense.sum(axis=0) < 0.71))


def test_multipliers_agree(folder: Path) -> None:
    s, y = np.load(folder / "s.npy"), np.load(folder / "y.npy")
    found = {
        way: run(load(folder), s, y, 1e-4, 4)["multipliers"]
        for way, (load, run) in WAYS.items()
        if not way.endswith("paths")
    }
    assert len(found) == 4
    for multipliers in found.values():
        assert multipliers == pytest.approx(found["inverse"], rel=1e-5)


def test_chains_agree(folder: Path) -> None:
    s, y = np.load(folder / "s.npy"), np.load(folder / "y.npy")
    ours, sorted_first = (
        run(load(folder), s, y, 1e-3, 4) for load, run in (WAYS["fairlead_paths"], WAYS["sorted_paths"])
    )
    assert ours["nodes"] == pytest.approx(sorted_first["nodes"], abs=2)  # single precision may tip one at the limit
    assert ours["covered"] == pytest.approx(sorted_first["covered"], rel=1e-3)
