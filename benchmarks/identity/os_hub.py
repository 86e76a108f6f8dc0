"""112 pairs of facilities that Open Supply Hub's staff labelled, chosen to be hard."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.identity.data import FACILITIES, absent, every
from benchmarks.identity.facility_pairs import Decision, decided
from benchmarks.identity.peers import asked, available, pair_scores
from benchmarks.identity.scores import Bools, Floats, folds, out_of_fold, quality
from benchmarks.identity.table import Column, Figure, Results, print_results
from fairlead.reference import load_csv

FILE: Final = FACILITIES / "os_hub_labelled_pairs.json"
FOLDS: Final = 10
SURE: Final = 0.5
SHUFFLES: Final = 5
MERGED: Final = (Decision.SAME,)
NOT_APART: Final = (Decision.SAME, Decision.TO_A_PERSON)
COLUMNS: Final = (Column("F1", goal=0.90, compared=True), Column("from"), Column("to"))


def measure(results: Results, *, quick: bool) -> None:
    """Print F1 out of fold over several shuffles, and what users get without labels."""
    if missing := absent([FILE]):
        print(missing)
        return
    pairs, true = labelled_pairs()
    if quick:
        pairs, true = every(pairs, 4), true[::4]
    print(
        f"{len(pairs)} pairs, {int(true.sum())} of them the same. Out of fold: every pair is judged by what was "
        f"learned on the other nine of {FOLDS} folds; the mean of {SHUFFLES} shuffles, the lowest, the highest.\n"
    )
    shuffles = [folds(len(true), FOLDS, seed) for seed in range(SHUFFLES)]
    decisions = decided(pairs, one_list=False)
    merged, near = (np.array([one in wanted for one in decisions]) for wanted in (MERGED, NOT_APART))
    ours = [
        ("Fairlead as shipped, merged", spread([merged], true)),
        ("Fairlead as shipped, merged or to a person", spread([near], true)),
    ]
    if not quick and importlib.util.find_spec("benchmarks.site_pairs"):
        ours.insert(
            0, ("Fairlead's re-scorer, learned from the other folds", spread(learned_out_of_fold(shuffles), true))
        )
    print_results("OS Hub pairs", COLUMNS, ours, peers(pairs, true, shuffles), results)
    print("| truth | merged | to a person | apart |\n| --- | ---: | ---: | ---: |")
    for label, own in (("the same", True), ("different", False)):
        counts = Counter(one for one, same in zip(decisions, true, strict=True) if same == own)
        print(f"| {label} | {' | '.join(str(counts[one]) for one in Decision)} |")
    print()


def learned_out_of_fold(shuffles: Sequence[Sequence[Any]]) -> list[Bools]:
    """Return by shuffle what Fairlead's re-scorer says at 0.5, its weights learned without the pair's own fold."""
    site_pairs = importlib.import_module("benchmarks.site_pairs")
    own = site_pairs.os_hub()
    found = []
    for parts in shuffles:
        said = np.zeros(len(own.same), np.bool_)
        for part in parts:
            rest = np.setdiff1d(np.arange(len(said)), part)
            rescorer = site_pairs.learn((own.take(rest.tolist()),), "the other folds")
            said[part] = rescorer.score(own.take(part.tolist()).pairs) >= SURE
        found.append(said)
    return found


def labelled_pairs() -> tuple[list[tuple[dict[str, str], dict[str, str]]], Bools]:
    """Return the pairs with countries as ISO 3166-1 alpha-3, and which are the same."""
    iso3 = {row["iso2"].lower(): row["iso3"] for row in load_csv("countries")}
    pairs, same = [], []
    for label, found in sorted(json.loads(FILE.read_text(encoding="utf-8")).items()):
        for pair in found:
            left, right = (
                {"name": one["name"] or "", "address": one["address"] or "", "country": iso3.get(one["country"], "")}
                for one in pair["__value__"]
            )
            pairs.append((left, right))
            same.append(label == "match")
    return pairs, np.array(same)


def peers(
    pairs: Sequence[tuple[dict[str, str], dict[str, str]]], true: Bools, shuffles: Sequence[Sequence[Any]]
) -> list[tuple[str, list[Figure]]]:
    """Return the rows of the peers: thresholds out of fold, and a logistic regression over measures of likeness."""
    given = [
        {"left": left["name"], "right": right["name"], "kind": "organization"}
        | {f"{key}_left": left[key] for key in ("address", "country")}
        | {f"{key}_right": right[key] for key in ("address", "country")}
        for left, right in pairs
    ]
    found = [
        (f"{name}, name, address and country", spread([out_of_fold(scores, true, parts) for parts in shuffles], true))
        for name, (scores, _) in pair_scores(given).items()
    ]
    if available():
        task = {
            "pairs": given,
            "true": true.tolist(),
            "folds": [[part.tolist() for part in parts] for parts in shuffles],
        }
        said = [np.array(one) for one in asked("learn", task)["said"]]
        found.append(("logistic regression over rapidfuzz measures", spread(said, true)))
    return found


def spread(said: Sequence[npt.NDArray[Any] | Floats], true: Bools) -> list[Figure]:
    """Return the mean of F1, the lowest and the highest."""
    f1 = [quality(np.asarray(one, np.bool_), true).f1 for one in said]
    return [float(np.mean(f1)), min(f1), max(f1)]
