"""Two names of the same company, WikiRate's and Wikipedia's, beside the nearest names of other companies."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.identity.command import compared
from benchmarks.identity.data import NAMES, Row, absent, every, rows
from benchmarks.identity.peers import pair_scores
from benchmarks.identity.refitted import refitted_scores
from benchmarks.identity.scores import Bools, best_threshold, quality
from benchmarks.identity.table import Column, Figure, Results, print_results
from fairlead.identity.features import FIRM, thresholds

FILE: Final = NAMES / "wikirate_wikipedia_dev.csv"
COLUMNS: Final = (
    Column("F1", goal=0.945, compared=True),
    Column("precision"),
    Column("recall"),
    Column("recall among names that changed", goal=0.82),
    Column("us a pair", "count", less=True),
)
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def measure(results: Results, *, quick: bool) -> None:
    """Print F1 at the shipped threshold, and recall among the pairs whose names are not the same."""
    if missing := absent([FILE]):
        print(missing)
        return
    table = every(rows(FILE), 8 if quick else 1)
    pairs, true = with_nearest_others(table)
    changed = np.array([plain(pair["left"]) != plain(pair["right"]) for pair in pairs])
    said = np.array([row["verdict"] for row in compared(pairs).rows])
    ours = [
        ("fairlead compare, match", figures(said == "match", true, changed, None)),
        ("fairlead compare, review or match", figures(said != "different", true, changed, None)),
    ]
    refitted = None if quick else refitted_scores(pairs, true)
    if refitted is not None:
        at_match = refitted >= thresholds().match_from[FIRM]
        ours.append(("Fairlead, weights fitted without the fold", figures(at_match, true, changed, None)))
    peers = []
    for name, (scores, microseconds) in pair_scores(pairs).items():
        at_best = scores >= best_threshold(scores, true)
        peers.append((f"{name}, best threshold on this data", figures(at_best, true, changed, microseconds)))
    print(
        f"{int(true.sum()):,} companies under two names, {int((true & changed).sum()):,} of which differ in more than "
        f"case and signs, beside {int((~true).sum()):,} pairs of a name with the most similar title of another company "
        "(TF-IDF of character 2- and 3-grams).\n"
    )
    print_results("company names", COLUMNS, ours, peers, results)


def plain(name: str) -> str:
    """Return a name in small letters without signs."""
    return _NOT_A_LETTER.sub(" ", name.casefold()).strip()


def with_nearest_others(table: list[Row]) -> tuple[list[Row], Bools]:
    """Return the pairs of the table and, for each name, the pair with the most similar title of another company."""
    same = [pair(f"same {place}", row["name"], row["wikipedia_title"]) for place, row in enumerate(table)]
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32)
    titles = vectors.fit_transform([row["wikipedia_title"] for row in table])
    likeness = (vectors.transform([row["name"] for row in table]) @ titles.T).toarray()
    others = []
    for place, row in enumerate(table):
        nearest = _nearest_other(likeness[place], place, row, table)
        others.append(pair(f"other {place}", row["name"], table[nearest]["wikipedia_title"]))
    return [*same, *others], np.arange(len(same) + len(others)) < len(same)


def pair(number: str, left: str, right: str) -> Row:
    """Return a pair of company names."""
    return {"id": number, "left": left, "right": right, "kind": "company"}


def figures(said: Bools, true: Bools, changed: Bools, microseconds: float | None) -> list[Figure]:
    """Return a method's row."""
    own = quality(said, true)
    return [own.f1, own.precision, own.recall, float(said[true & changed].mean()), microseconds]


def _nearest_other(likeness: npt.NDArray[np.float32], place: int, row: Row, table: list[Row]) -> int:
    for other in np.argsort(-likeness, kind="stable"):
        one = table[int(other)]
        same = one["wikirate_number"] == row["wikirate_number"] or one["wikipedia_title"] == row["wikipedia_title"]
        if not same and plain(one["name"]) != plain(row["name"]):
            return int(other)
    return place
