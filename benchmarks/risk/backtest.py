"""The backtest as a user runs it: its figures beside the baselines and the goals, and what it takes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any, Final

from benchmarks.identity.data import ROOT

#: Measure, test and key in the JSON, the best seen before, the goal, and whether more is better.
GOALS: Final = (
    ("AUC, leave-country-out", "leave_country_out", "auc", 0.861, 0.90, True),
    (
        "the same for the rating alone, matched on production share",
        "leave_country_out",
        "auc_matched",
        0.75,
        0.80,
        True,
    ),
    ("calibration error", "leave_country_out", "ece", 0.0024, 0.005, False),
)
GOAL_SECONDS: Final = 60
_NONE: Final = "–"


def measure(*, quick: bool = False) -> None:
    """Print the goals and one table for each test; the backtest is short, so `quick` changes nothing."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "fairlead", "risk", "backtest", "--json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    took = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("| measure | best seen before | to reach | now |")
    print("| --- | ---: | ---: | ---: |")
    for name, test, key, before, goal, more in GOALS:
        value = found[test][key]
        reached = value >= goal if more else value <= goal
        print(f"| {name} | {before:g} | {goal:g} | {value:.4g}{'' if reached else ' (missed)'} |")
    print(f"| the whole command, seconds | | {GOAL_SECONDS} | {took:.0f} |")
    print(f"\nPeak memory {used.ru_maxrss / 1e6:.2f} GB.\n")
    for test in (name for name in found if name != "about"):
        _table(found[test])


def _table(test: dict[str, Any]) -> None:
    print(f"{test['title']}: {test['positives']} hits in {test['n']} pairs.\n")
    print("| | AUC | matched | average precision | top 10% | log loss | calibration error | coverage |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, figures in {"rating": test["rating"], "joined": test["joined"], **test["baselines"]}.items():
        keys = ("auc", "auc_matched", "average_precision", "recall_at_10", "log_loss", "ece", "coverage_90")
        cells = [_NONE if figures[key] is None else f"{figures[key]:.4g}" for key in keys]
        print(f"| {name.replace('_', ' ')} | {' | '.join(cells)} |")
    print()
