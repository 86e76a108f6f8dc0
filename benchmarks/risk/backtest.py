"""The backtest as a user runs it: its figures beside the baselines and the goals, and what it takes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.identity.data import ROOT


@dataclass(frozen=True)
class Goal:
    """A figure to reach: its name, where it stands in the JSON, the best seen before, and whether more is better."""

    name: str
    test: str
    key: str
    before: float
    reach: float
    more_is_better: bool = True

    def reached(self, value: float) -> bool:
        """Say whether a value is as good as the goal."""
        return value >= self.reach if self.more_is_better else value <= self.reach


GOALS: Final = (
    Goal("AUC, leave-country-out", "leave_country_out", "auc", 0.861, 0.90),
    Goal("the same for the rating alone, matched on production share", "leave_country_out", "auc_matched", 0.75, 0.80),
    Goal("calibration error", "leave_country_out", "ece", 0.0024, 0.005, more_is_better=False),
)
GOAL_SECONDS: Final = 60
_NONE: Final = "–"


def measure(*, quick: bool = False) -> None:
    """Print the goals and one table for each test; the backtest is short, so `quick` changes nothing."""
    del quick
    started = time.perf_counter()
    command = [sys.executable, "-m", "fairlead", "risk", "backtest", "--json"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    took = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print("| measure | best seen before | to reach | now |")
    print("| --- | ---: | ---: | ---: |")
    for goal in GOALS:
        value = found[goal.test][goal.key]
        missed = "" if goal.reached(value) else " (missed)"
        print(f"| {goal.name} | {goal.before:g} | {goal.reach:g} | {value:.4g}{missed} |")
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
