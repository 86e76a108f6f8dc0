"""Spread over a generated chain of a million parties: time and memory beside SciPy, NumPy, DuckDB and igraph."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.identity.data import ROOT
from benchmarks.identity.peers import asked, available
from benchmarks.risk.spread_data import write_chain

PARTIES: Final = 1_000_000
LINKS: Final = 10_000_000
SAMPLE: Final = 10  # --quick takes so small a part
GOAL_SECONDS: Final = 2.5
GOAL_GB: Final = 1.0

#: Way, its name in the table, and with which of ours it must agree.
WAYS: Final = (
    ("fairlead_noisy_or", "**Fairlead, noisy-or**", None),
    ("fairlead_linear", "**Fairlead, linear**", None),
    ("scipy_linear", "SciPy sparse product, linear", "fairlead_linear"),
    ("numpy_noisy_or", "NumPy as one would write it, noisy-or", "fairlead_noisy_or"),
    ("duckdb_noisy_or", "DuckDB SQL, noisy-or", "fairlead_noisy_or"),
)

PREFACE: Final = """A chain drawn at random: buyers evenly, the supplier's number n u^2.2, shares lognormal(0, 1.5)
that add up to 1 for each buyer, own risk Beta(.6, 20), seed 0. Six sweeps over all links, delta .7, each way in a
process of its own that reads the links from one unsorted Parquet file. Total counts everything from the first import
on. The difference is the largest of any party from Fairlead's own measure of the same kind. igraph has no such
measure: personalised PageRank stands for it.
"""


def measure(*, quick: bool = False) -> None:
    """Print the table; `quick` takes a tenth of the chain."""
    parties, links = (PARTIES // SAMPLE, LINKS // SAMPLE) if quick else (PARTIES, LINKS)
    print(PREFACE)
    print("| way | load s | run s | total s | CPU s | peak GB | difference |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_chain(folder, parties, links)
        took: dict[str, dict[str, float]] = {}
        for way, title, like in WAYS:
            took[way] = _run(way, folder, parties)
            print(_row(title, took[way], _difference(folder, way, like)))
        if available():
            print(
                _row("igraph, personalised PageRank", asked("spread_igraph", {"folder": name, "parties": parties}), "")
            )
        else:
            print("| igraph | the peers' environment is not there | | | | | |")
    ours = took["fairlead_noisy_or"]
    print(
        f"\nGoal for the noisy-or, load included: {GOAL_SECONDS} s and {GOAL_GB:.0f} GB. "
        f"Reached: {ours['total']:.1f} s and {ours['peak'] / 1024:.2f} GB.\n"
    )


def _run(way: str, folder: Path, parties: int) -> dict[str, float]:
    script = ROOT / "benchmarks" / "risk" / "spread_ways.py"
    done = subprocess.run(
        [sys.executable, str(script), way, str(folder), str(parties)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    took: dict[str, float] = json.loads(done.stdout)
    return took


def _difference(folder: Path, way: str, like: str | None) -> str:
    if like is None:
        return ""
    return f"{np.max(np.abs(np.load(folder / f'{way}.npy') - np.load(folder / f'{like}.npy'))):.1e}"


def _row(title: str, took: dict[str, float], difference: str) -> str:
    figures = [f"{took[name]:.2f}" for name in ("load", "run", "total", "cpu")]
    return f"| {title} | {' | '.join(figures)} | {took['peak'] / 1024:.2f} | {difference} |"
