"""Multipliers and structural paths of a generated table: time and memory beside the inverse, LU and pymrio."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.identity.data import ROOT
from benchmarks.identity.peers import PYTHON, asked
from benchmarks.risk.upstream_data import write_table

CELLS: Final = 9_800
SAMPLE_CELLS: Final = 1_960
TOLERANCE: Final = 1e-5
TIERS: Final = 6
GOAL_MULTIPLIERS: Final = 2.0
GOAL_MEMORY: Final = 1.1  # times the table
GOAL_PATHS: Final = 3.0

MULTIPLIERS: Final = (
    ("fairlead_multipliers", "**Fairlead**, transposed series, float32 by buyer"),
    ("series", "NumPy, the series on the dense matrix"),
    ("solve", "NumPy, LU and one solution"),
    ("inverse", "NumPy, the inverse"),
)
PATHS: Final = (
    ("fairlead_paths", "**Fairlead**, columns cut when they are visited"),
    ("sorted_paths", "depth first over columns sorted beforehand"),
)

PREFACE: Final = """A table drawn at random: {cells:,} industries of 49 regions, 45% of the cells filled, flows
lognormal(0, 2.5) and fifty times as large within a region, 30 to 70% of output bought; a demand of 40 products. Each
way runs in a process of its own; memory is the peak above that of the process with its
programs loaded, and beside it the size of the table as the way keeps it.
"""


def measure(*, quick: bool = False) -> None:
    """Print the tables of multipliers and of paths; `quick` takes a table of a fifth of the industries."""
    cells = SAMPLE_CELLS if quick else CELLS
    print(PREFACE.format(cells=cells))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_table(folder, cells)
        ours = _print_multipliers(folder)
        paths = _print_paths(folder)
    print(
        f"Goals: multipliers in {GOAL_MULTIPLIERS:.0f} s with {GOAL_MEMORY:.0%} of the table's memory: "
        f"{ours['run']:.2f} s by the clock, {ours['cpu']:.2f} s of processor, {ours['peak'] / ours['table']:.0%}. "
        f"Paths with their preparation in {GOAL_PATHS:.0f} s: {paths['run']:.2f} s by the clock, "
        f"{paths['cpu']:.2f} s of processor. The clock also counts whatever else the machine does; the largest "
        "difference is that from the inverse.\n"
    )


def _print_multipliers(folder: Path) -> Mapping[str, Any]:
    print(
        "| multipliers of every product | load s | run s | CPU s of the run | table GB | peak GB | largest difference |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    took = {way: _run(way, folder) for way, _ in MULTIPLIERS}
    exact = np.load(folder / "inverse.npy")
    for way, title in MULTIPLIERS:
        apart = float(np.abs(np.load(folder / f"{way}.npy") / exact - 1).max())
        print(_row(title, took[way], f"{apart:.0e}"))
    if _is_in_peers("pymrio"):
        found = asked("multipliers_pymrio", {"folder": str(folder)})
        apart = float(np.abs(np.load(folder / "pymrio.npy") / exact - 1).max())
        print(_row("pymrio, calc_L and multipliers", found, f"{apart:.0e}"))
    else:
        print("| pymrio | not installed in the peers' environment | | | | | |")
    print()
    return took["fairlead_multipliers"]


def _print_paths(folder: Path) -> Mapping[str, Any]:
    heading = f"| paths, {TIERS} tiers, {TOLERANCE:g} | load s | run s | CPU s of the run | table GB | peak GB |"
    print(f"{heading} chains, covered |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    took = {way: _run(way, folder) for way, _ in PATHS}
    for way, title in PATHS:
        print(_row(title, took[way], f"{took[way]['nodes']:,}, {took[way]['covered']:.1%}"))
    print("\nThe run includes the multipliers and whatever has to be sorted or cut beforehand.\n")
    return took["fairlead_paths"]


def _run(way: str, folder: Path) -> dict[str, Any]:
    script = ROOT / "benchmarks" / "risk" / "upstream_ways.py"
    command = [sys.executable, str(script), way, str(folder), str(TOLERANCE), str(TIERS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(title: str, took: Mapping[str, Any], last: str) -> str:
    figures = (f"{took[key]:.2f}" for key in ("load", "run", "cpu", "table", "peak"))
    return f"| {title} | {' | '.join(figures)} | {last} |"


def _is_in_peers(package: str) -> bool:
    """Say whether the peers' environment is there and has a package; it is not made for this."""
    if not PYTHON.exists():
        return False
    return not subprocess.run([str(PYTHON), "-c", f"import {package}"], check=False, capture_output=True).returncode
