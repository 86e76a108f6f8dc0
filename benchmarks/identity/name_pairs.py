"""Pairs of names labelled by OpenSanctions: F1 out of fold, errors among the pairs that must be right, reliability."""

from __future__ import annotations

from typing import Final

import numpy as np

from benchmarks.identity.command import compared
from benchmarks.identity.data import NAMES, Row, absent, every, rows
from benchmarks.identity.peers import pair_scores
from benchmarks.identity.refitted import called_out_of_fold, refitted_scores
from benchmarks.identity.scores import Bools, Floats, folds, out_of_fold, quality, reliability
from benchmarks.identity.table import Column, Figure, Results, print_results
from fairlead.identity.features import FIRM, PERSON, thresholds

FILE: Final = NAMES / "name_pairs_dev.csv"
FOLDS: Final = 5
COLUMNS: Final = (
    Column("F1", goal=0.86, compared=True),
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
    scores, verdicts = np.array([float(row["score"]) for row in ran.rows]), [row["verdict"] for row in ran.rows]
    ours = [("fairlead compare, match", figures(given, np.array([v == "match" for v in verdicts]), true, None))]
    refitted = None if quick else refitted_scores(given, true)
    if refitted is not None:
        limits = thresholds().match_from
        at_shipped = refitted >= np.where(persons(given), limits[PERSON], limits[FIRM])
        both = called_out_of_fold(refitted, true, strong(given), persons(given), FOLDS)
        ours[:0] = [
            ("Fairlead, weights fitted without the fold", figures(given, at_shipped, true, None)),
            ("Fairlead, weights and thresholds fitted without the fold", figures(given, both, true, None)),
        ]
    peers = [
        (name, figures(given, out_of_fold(own, true, folds(len(given), FOLDS)), true, us))
        for name, (own, us) in pair_scores(given).items()
    ]
    print(
        f"{len(given)} pairs, {int(true.sum())} of them the same. Peers have the threshold with the best F1 on the "
        "other four folds. Fairlead has one for persons and one for others: as shipped, or chosen on the other folds "
        "as in its calibration, the best F1 among those that misjudge fewest of the pairs that must be right. "
        "Errors among those pairs are counted at the same thresholds.\n"
    )
    print_results("name pairs", COLUMNS, ours, peers, results)
    print_verdicts(given, verdicts, true)
    print_reliability(scores, true)


def persons(given: list[Row]) -> Bools:
    """Return which pairs are names of persons."""
    return np.array([row["kind"] == "person" for row in given])


def strong(given: list[Row]) -> Bools:
    """Return which pairs must never be judged wrongly."""
    return np.array([row["quality"] == "STRONG" for row in given])


def figures(given: list[Row], said: Bools, true: Bools, microseconds: float | None) -> list[Figure]:
    """Return a method's row: F1 of all, of persons, of others; errors among those that must be right; time."""
    person, must = persons(given), strong(given)
    return [
        quality(said, true).f1,
        quality(said[person], true[person]).f1,
        quality(said[~person], true[~person]).f1,
        int((said[must] != true[must]).sum()),
        microseconds,
    ]


def print_verdicts(given: list[Row], verdicts: list[str], true: Bools) -> None:
    """Print what users are told: verdicts by truth, also of the pairs that must be right."""
    said, must = np.array(verdicts), strong(given)
    print("| `fairlead compare` says | match | review | different |\n| --- | ---: | ---: | ---: |")
    for label, own in (
        ("the same", true),
        ("not the same", ~true),
        ("the same, must be right", true & must),
        ("not the same, must be right", ~true & must),
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
