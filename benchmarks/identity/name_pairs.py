"""Pairs of names labelled by OpenSanctions: F1 out of fold, errors among the pairs that must be right, reliability."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.identity.command import compared
from benchmarks.identity.data import NAMES, Row, absent, every, rows
from benchmarks.identity.peers import pair_scores
from benchmarks.identity.refitted import refitted_scores
from benchmarks.identity.scores import Bools, Floats, folds, out_of_fold, quality, reliability
from benchmarks.identity.table import Column, Figure, Results, print_results

FILE: Final = NAMES / "name_pairs_dev.csv"
FOLDS: Final = 5
COLUMNS: Final = (
    Column("F1, out of fold", goal=0.86, compared=True),
    Column("persons"),
    Column("others"),
    Column("must-get-right errors", "count", goal=0, less=True),
    Column("us a pair", "count", less=True),
)


def measure(results: Results, *, quick: bool) -> None:
    """Print how well names alone tell the same from others."""
    if missing := absent([FILE]):
        print(missing)
        return
    given = every(rows(FILE), 4 if quick else 1)
    true = np.array([row["is_match"] == "true" for row in given])
    ran = compared(given)
    scores = np.array([float(row["score"]) for row in ran.rows])
    ours = [("fairlead compare", figures(given, scores, true, None))]
    refitted = None if quick else refitted_scores(given, true)
    if refitted is not None:
        ours.insert(0, ("Fairlead, weights fitted without the fold", figures(given, refitted, true, None)))
    peers = [(name, figures(given, own, true, us)) for name, (own, us) in pair_scores(given).items()]
    print(
        f"{len(given)} pairs, {int(true.sum())} of them the same. The threshold of every row is the best of the other "
        "four folds. Of the pairs that must never be wrong, errors are counted at the same thresholds.\n"
    )
    print_results("name pairs", COLUMNS, ours, peers, results)
    print_verdicts(given, [row["verdict"] for row in ran.rows], true)
    print_reliability(scores, true)


def figures(given: list[Row], scores: Floats, true: Bools, microseconds: float | None) -> list[Figure]:
    """Return a method's row: F1 out of fold of all, of persons, of others; errors; time."""
    parts = folds(len(given), FOLDS)
    said = out_of_fold(scores, true, parts)
    person = np.array([row["kind"] == "person" for row in given])
    strong = np.array([row["quality"] == "STRONG" for row in given])
    return [
        quality(said, true).f1,
        quality(said[person], true[person]).f1,
        quality(said[~person], true[~person]).f1,
        int((said[strong] != true[strong]).sum()),
        microseconds,
    ]


def print_verdicts(given: list[Row], verdicts: list[str], true: Bools) -> None:
    """Print what users are told: verdicts by truth, also of the pairs that must be right."""
    said = np.array(verdicts)
    strong = np.array([row["quality"] == "STRONG" for row in given])
    print("| `fairlead compare` says | match | review | different |\n| --- | ---: | ---: | ---: |")
    for label, own in (
        ("the same", true),
        ("not the same", ~true),
        ("the same, must be right", true & strong),
        ("not the same, must be right", ~true & strong),
    ):
        counts = [int((said[own] == verdict).sum()) for verdict in ("match", "review", "different")]
        print(f"| {label} | {' | '.join(map(str, counts))} |")
    print()


def print_reliability(scores: Floats, true: Bools) -> None:
    """Print how often pairs of a score are the same."""
    print("| score | pairs | mean score | share the same |\n| --- | ---: | ---: | ---: |")
    for low, high, count, mean, share in reliability(scores, true):
        print(f"| {low:.1f} to {high:.1f} | {count} | {mean:.2f} | {share:.2f} |")
    print()
