"""Goods and sectors: how often a product line gets the label a knowledgeable person gives it, and how fast.

The lines of classification_cases.csv and their labels are the project's own: written for this benchmark in the manner
of buyers' lists, by no second person, and not a sample of anybody's purchases. The tables of words have been mended
after reading the errors in these lines, so that lists never seen before come out worse.
"""

from __future__ import annotations

import csv
import itertools
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from fairlead.classify import classify
from fairlead.model.schemas import ROW

CASES: Final = Path(__file__).with_name("classification_cases.csv")
NAMES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "facilities" / "os_hub_facilities.csv"
LENGTH: Final = 100_000

_LANGUAGES: Final = {"en": "English", "ru": "Russian", "kk": "Kazakh", "fr": "French"}

Case = Mapping[str, str]
Answer = Mapping[str, Any]


def main() -> None:
    """Measure the labelled lines, the speed, and what names alone show."""
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    labelled_lines(cases)
    speed(cases)
    if NAMES.exists():
        trades_in_names()
    else:
        print("Names of Open Supply Hub facilities: data set absent.")


def labelled_lines(cases: Sequence[Case]) -> None:
    """Print, for each language, how many lines get the right sector and the right good."""
    answers = _classified(case["product"] for case in cases)
    print("### Product lines and labels of the project's own\n")
    print(
        "Shares are of the lines that have such a label; the last column is of the lines that must stay unclassified."
    )
    print("The tables of words were mended after reading errors in these lines: lists never seen come out worse.\n")
    print("| language | lines | right sector | right good | wrongly classified |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for language, name in _LANGUAGES.items():
        _print_scores(name, [pair for pair in zip(cases, answers, strict=True) if pair[0]["language"] == language])
    _print_scores("all", list(zip(cases, answers, strict=True)))
    print()


def speed(cases: Sequence[Case]) -> None:
    """Print rows per second where every line differs, and where lines repeat as in most lists."""
    products = [case["product"] for case in cases]
    numbered = (f"{product}, {other}, {number}" for number in itertools.count(1) for product, other in _pairs(products))
    repeated = itertools.cycle(products)
    print(f"### Speed, {LENGTH:,} rows\n")
    print("| lines | rows per second |\n| --- | ---: |")
    for name, lines in (("every line different", numbered), (f"{len(products)} lines repeated", repeated)):
        rows = _rows(itertools.islice(lines, LENGTH))
        start = time.perf_counter()
        classify(rows)
        print(f"| {name} | {LENGTH / (time.perf_counter() - start):,.0f} |")
    print()


def trades_in_names() -> None:
    """Print how many names of real facilities show a trade; whether the trade is right is not known."""
    with NAMES.open(encoding="utf-8-sig", newline="") as file:
        facilities = list(csv.DictReader(file))
    rows = [_row(number) | {"name": facility["name"] or "?"} for number, facility in enumerate(facilities)]
    bases = classify(pa.Table.from_pylist(rows, schema=ROW)).column("basis").to_pylist()
    print("### Names of Open Supply Hub facilities\n")
    shown = bases.count("name")
    print(f"{shown:,} of {len(facilities):,} names ({shown / len(facilities):.1%}) show a trade.")


def _print_scores(name: str, pairs: Sequence[tuple[Case, Answer]]) -> None:
    sectors = [(case, answer) for case, answer in pairs if case["sector"]]
    goods = [(case, answer) for case, answer in pairs if case["good"]]
    blank = [answer for case, answer in pairs if not case["sector"]]
    right_sector = sum(answer.get("sector") == case["sector"] for case, answer in sectors)
    right_good = sum(answer.get("good") == case["good"] for case, answer in goods)
    wrong = sum(bool(answer) for answer in blank)
    print(
        f"| {name} | {len(pairs)} | {right_sector / len(sectors):.1%} | {right_good / len(goods):.1%} "
        f"| {wrong} of {len(blank)} |"
    )


def _classified(products: Iterable[str]) -> list[Answer]:
    """Return what is known of each line, in order; empty where nothing is."""
    rows = _rows(products)
    found = {answer["row_id"]: answer for answer in classify(rows).to_pylist()}
    return [found.get(row_id, {}) for row_id in rows.column("row_id").to_pylist()]


def _pairs(products: Sequence[str]) -> Iterable[tuple[str, str]]:
    return itertools.product(products, products)


def _rows(products: Iterable[str]) -> pa.Table:
    rows = [_row(number) | {"product": product} for number, product in enumerate(products)]
    return pa.Table.from_pylist(rows, schema=ROW)


def _row(number: int) -> dict[str, Any]:
    return {
        "row_id": f"row_{number}",
        "file": "benchmark",
        "sheet": "",
        "row": number + 1,
        "name": "Fictional Supplier",
    }


if __name__ == "__main__":
    main()
