"""Known cases: does the rating put the worse before the better, with region and workforce given and without."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from benchmarks.identity.data import DATA, absent
from fairlead.read.cases import Case, CaseTable, read_cases
from fairlead.risk import rate_cases

CASES: Final = DATA / "risk" / "known_cases_dev.csv"
PAIRS: Final = DATA / "risk" / "known_case_pairs_dev.csv"
#: Publishers of the United States, by whose lists and orders the model may know a case.
_US_LISTS: Final = ("ILAB", "CBP")
_HIGH: Final = "high"

Row = Mapping[str, str]
Score = Mapping[str, float]


def measure(*, quick: bool = False) -> None:
    """Print pair accuracy (ties wrong) and AUC of the rating and of two plain scores beside it."""
    del quick  # it takes a second
    if missing := absent([CASES, PAIRS]):
        print(missing)
        return
    table = read_cases(CASES)
    rows = [dict(zip(table.columns, case.cells, strict=True)) for case in table.cases]
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    print(f"{len(rows)} cases, {len(pairs)} pairs. Ties are wrong. A case without data counts as 0.\n")
    print("| score | columns | pairs in order | AUC | AUC, high cases that no US list names |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, score in SCORES.items():
        for columns, cases in (("all", table.cases), ("region and workforce blank", _blank(table))):
            found = dict(zip((row["case_id"] for row in rows), score(cases), strict=True))
            print(f"| {name} | {columns} | {' | '.join(_figures(found, rows, pairs))} |")
    print("| *goal* | all | 1.00 | | |\n| *goal* | region and workforce blank | .90 | .96 | .92 |\n")


def _blank(table: CaseTable) -> Sequence[Case]:
    return [replace(case, region=None, workforce=()) for case in table.cases]


def _figures(found: Score, rows: Sequence[Row], pairs: Sequence[Row]) -> tuple[str, str, str]:
    right = sum(found[pair["higher_id"]] > found[pair["lower_id"]] for pair in pairs)
    high = [row for row in rows if row["label"] == _HIGH]
    lower = [found[row["case_id"]] for row in rows if row["label"] != _HIGH]
    no_us = [found[row["case_id"]] for row in high if not any(name in row["source"] for name in _US_LISTS)]
    every = [found[row["case_id"]] for row in high]
    return f"{right / len(pairs):.2f}", f"{area(every, lower):.3f}", f"{area(no_us, lower):.3f}"


def area(high: Sequence[float], lower: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a high case scores above a lower one, ties half."""
    return sum((one > other) + 0.5 * (one == other) for one, other in product(high, lower)) / len(high) / len(lower)


def _rating(cases: Sequence[Case]) -> list[float]:
    return [rated.p or 0.0 for rated in rate_cases(cases)]


def _country_alone(cases: Sequence[Case]) -> list[float]:
    """Score by the country alone: the case with its product made one that says nothing."""
    plain = [replace(case, product="machinery", sector=None, hs=(), workforce=(), region=None) for case in cases]
    return _rating(plain)


SCORES: Final[Mapping[str, Callable[[Sequence[Case]], list[float]]]] = {
    "**fairlead risk rate**": _rating,
    "its country term alone": _country_alone,
}
