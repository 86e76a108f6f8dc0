"""The project's own labelled pairs: F1 on the held-out half, by language, thresholds of peers from the other half."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from benchmarks.identity.command import compared
from benchmarks.identity.data import every
from benchmarks.identity.facility_pairs import Decision, decided
from benchmarks.identity.peers import pair_scores
from benchmarks.identity.scores import Bools, best_threshold, quality
from benchmarks.identity.table import Column, Figure, Results, print_results
from benchmarks.pairs.build import LabelledPair, pairs
from benchmarks.pairs.words import LANGUAGES

PEERS: Final = ("logic-v2", "logic-v1", "WRatio", "token_set_ratio")
COLUMNS: Final = (Column("F1", compared=True), *(Column(name.title()) for name in LANGUAGES))


def measure(results: Results, *, quick: bool) -> None:
    """Print F1 by language of names alone and of facilities."""
    for kind, what in (("company", "names"), ("facility", "facilities")):
        given = [pair for pair in pairs() if pair.kind == kind]
        given = every(given, 7) if quick else given
        print(f"#### {what.capitalize()}: {sum(pair.split == 'held_out' for pair in given)} held-out pairs\n")
        measure_kind(f"own pairs, {what}", given, results)


def measure_kind(task: str, given: Sequence[LabelledPair], results: Results) -> None:
    """Print the table of names or of facilities, and what Fairlead says by rule."""
    true = np.array([pair.is_match for pair in given])
    held_out = np.array([pair.split == "held_out" for pair in given])
    said = ours(given)
    match, review = (np.array([one in wanted for one in said]) for wanted in (("match",), ("match", "review")))
    own = [
        ("Fairlead, match", by_language(given, match, true, held_out)),
        ("Fairlead, match or review", by_language(given, review, true, held_out)),
    ]
    peers = []
    for name, (scores, _) in pair_scores([as_asked(pair) for pair in given], PEERS).items():
        at_best = scores >= best_threshold(scores[~held_out], true[~held_out])
        peers.append((f"{name}, threshold from the development half", by_language(given, at_best, true, held_out)))
    print_results(task, COLUMNS, own, peers, results)
    print_by_rule(given, said, held_out)


def ours(given: Sequence[LabelledPair]) -> list[str]:
    """Return Fairlead's verdicts: names by `fairlead compare`, facilities each as a list of two rows."""
    if given[0].kind == "company":
        return [row["verdict"] for row in compared([asdict(pair) for pair in given]).rows]
    words = {Decision.SAME: "match", Decision.TO_A_PERSON: "review", Decision.APART: "different"}
    return [words[decision] for decision in facility_decisions(given)]


def facility_decisions(given: Sequence[LabelledPair]) -> list[Decision]:
    """Return what becomes of the pairs when all facilities of a language and a split are one supplier list."""
    found: dict[str, Decision] = {}
    for wanted in sorted({(pair.language, pair.split) for pair in given}):
        own = [pair for pair in given if (pair.language, pair.split) == wanted]
        decisions = decided([sides(pair) for pair in own], one_list=True)
        found |= {pair.id: decision for pair, decision in zip(own, decisions, strict=True)}
    return [found[pair.id] for pair in given]


def as_asked(pair: LabelledPair) -> dict[str, Any]:
    """Return a pair as the peers take it; a facility is an organisation with an address and a country."""
    asked = asdict(pair)
    return asked | {"kind": "organization" if pair.kind == "facility" else "company"}


def sides(pair: LabelledPair) -> tuple[dict[str, str], dict[str, str]]:
    """Return both facilities of a pair as rows of a list."""
    return (
        {"name": pair.left, "address": pair.address_left, "country": pair.country_left},
        {"name": pair.right, "address": pair.address_right, "country": pair.country_right},
    )


def by_language(given: Sequence[LabelledPair], said: Bools, true: Bools, held_out: Bools) -> list[Figure]:
    """Return F1 of the held-out half in all languages and in each."""
    language = np.array([pair.language.lower() for pair in given])
    parts = [held_out, *(held_out & (language == name) for name in LANGUAGES)]
    return [quality(said[part], true[part]).f1 for part in parts]


def print_by_rule(given: Sequence[LabelledPair], said: Sequence[str], held_out: Bools) -> None:
    """Print what Fairlead says of the held-out pairs of every rule."""
    print("| rule | the same | pairs | match | review | different |\n| --- | --- | ---: | ---: | ---: | ---: |")
    rules = sorted({(not pair.is_match, pair.rule) for pair in given})
    for different, rule in rules:
        own = [
            verdict
            for pair, verdict, counts in zip(given, said, held_out, strict=True)
            if counts and pair.rule == rule and pair.is_match is not different
        ]
        counts = [own.count(verdict) for verdict in ("match", "review", "different")]
        cells = (rule.replace("_", " "), "no" if different else "yes", len(own), *counts)
        print(f"| {' | '.join(map(str, cells))} |")
    print()
