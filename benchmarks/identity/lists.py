"""Lists whose true identities are known: `fairlead resolve` at its one threshold, beside Splink."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from benchmarks.identity.blocking import keys_of_rows, recall_by_rule
from benchmarks.identity.command import fairlead
from benchmarks.identity.data import FACILITIES, NAMES, Row, absent, rows, write_rows
from benchmarks.identity.missed import print_missed
from benchmarks.identity.peers import asked, available
from benchmarks.identity.scores import Pairs, pairs_of, quality_of_pairs
from benchmarks.identity.table import Column, Figure, Results, print_results

CHICAGO: Final = FACILITIES / "chicago_sites_true_ids.csv"
HISTORICAL: Final = NAMES / "historical_50k.parquet"
FEBRL: Final = (NAMES / "febrl4a.csv", NAMES / "febrl4b.csv")
THRESHOLDS: Final = (0.5, 0.9, 0.95, 0.99)
_HOUSE: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class TrueList:
    """A list with the id and the true identity of every row; `plans` are Splink's, `goal` is for F1."""

    task: str
    given: Sequence[Row]
    unique: str
    truth: Mapping[str, Any]
    plans: Mapping[str, str]
    peer_rows: Sequence[Mapping[str, Any]]
    goal: float | None = None
    blocking_goal: float | None = None


def chicago(results: Results, *, quick: bool) -> None:
    """Print Chicago's child-care sites."""
    if missing := absent([CHICAGO]):
        print(missing)
        return
    given = rows(CHICAGO)
    if quick:
        given = [row for row in given if int(row["true_id"]) % 4 == 0]
    found, truth = measure(
        TrueList(
            task="Chicago sites",
            given=[{key: value for key, value in row.items() if key != "true_id"} for row in given],
            unique="id",
            truth={row["id"]: row["true_id"] for row in given},
            plans={
                "Splink, ready-made comparisons": "sites",
                "Splink, set up by hand for sites": "sites_set_up_by_hand",
            },
            peer_rows=[_site(row) for row in given],
            goal=0.975,
        ),
        results,
    )
    print_missed(found, truth, {row["id"]: row for row in given})


def historical(results: Results, *, quick: bool) -> None:
    """Print the 50,578 records of historical persons."""
    if missing := absent([HISTORICAL]):
        print(missing)
        return
    given = pq.read_table(HISTORICAL).to_pylist()
    if quick:
        wanted = set(sorted({row["cluster"] for row in given})[::10])
        given = [row for row in given if row["cluster"] in wanted]
    told = [{key: value for key, value in row.items() if key != "cluster"} for row in given]
    measure(
        TrueList(
            task="historical_50k",
            given=[{key: value or "" for key, value in row.items()} for row in told],
            unique="unique_id",
            truth={row["unique_id"]: row["cluster"] for row in given},
            plans={"Splink, its own example's settings": "historical_persons"},
            peer_rows=told,
            goal=0.90,
            blocking_goal=0.90,
        ),
        results,
    )


def febrl(results: Results, *, quick: bool) -> None:
    """Print febrl4's two files of 5,000 persons as one list."""
    if missing := absent(FEBRL):
        print(missing)
        return
    given = [row for path in FEBRL for row in rows(path)]
    truth = {row["rec_id"]: row["rec_id"].split("-")[1] for row in given}
    if quick:
        given = [row for row in given if int(truth[row["rec_id"]]) % 5 == 0]
    # The ids give the truth away, so rows are numbered instead.
    numbered = [{**row, "rec_id": f"r{place}"} for place, row in enumerate(given)]
    measure(
        TrueList(
            task="febrl4",
            given=numbered,
            unique="rec_id",
            truth={f"r{place}": truth[row["rec_id"]] for place, row in enumerate(given)},
            plans={"Splink, its own example's settings": "febrl"},
            peer_rows=[{key: value or None for key, value in row.items()} for row in numbered],
        ),
        results,
    )


def measure(one: TrueList, results: Results) -> tuple[Pairs, Pairs]:
    """Print the quality of the clusters of one list, and blocking recall by rule; return the pairs found and true."""
    known = {row[one.unique] for row in one.given}
    truth = pairs_of((row_id, label) for row_id, label in one.truth.items() if row_id in known)
    print(f"{len(one.given):,} rows, {len(truth):,} true pairs. F1 counts pairs of rows in one cluster.\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write_rows(path, one.given)
        found, seconds = resolved(path, one, Path(folder) / "clusters.csv")
        keys = keys_of_rows(path, lambda _, number: one.given[number - 2][one.unique])
    peers, theirs = splink(one, truth)
    columns = (
        Column("F1", goal=one.goal, compared=True),
        Column("precision"),
        Column("recall"),
        Column("CPU seconds", "seconds", less=True),
    )
    print_results(one.task, columns, [("fairlead resolve, as shipped", figures(found, truth, seconds))], peers, results)
    by_rule = recall_by_rule(truth, keys)
    column = Column("blocking recall", "share", goal=one.blocking_goal, compared=True)
    print_results(one.task, [column], [("Fairlead", [by_rule.pop("", 0.0)])], theirs, results)
    print("| Fairlead's rule | share of the true pairs brought together |\n| --- | ---: |")
    for rule, share in by_rule.items():
        print(f"| {rule} | {share:.2%} |")
    print()
    return found, truth


def resolved(path: Path, one: TrueList, out: Path) -> tuple[Pairs, float]:
    """Return the pairs in one cluster of `fairlead resolve`, and its CPU seconds."""
    ran = fairlead(["resolve", str(path)], out)
    known = {row[one.unique] for row in one.given}
    if lost := known - {row["id"] for row in ran.rows}:
        print(f"fairlead resolve set {len(lost)} rows aside; they count as found in no pair.\n")
    return pairs_of((row["id"], row["party_id"]) for row in ran.rows), ran.cpu_seconds


def splink(one: TrueList, truth: Pairs) -> tuple[list[tuple[str, list[Figure]]], list[tuple[str, list[Figure]]]]:
    """Return Splink's rows by plan and threshold, and by plan the share of the true pairs that blocking brought."""
    found: list[tuple[str, list[Figure]]] = []
    blocked: list[tuple[str, list[Figure]]] = []
    if not available():
        return found, blocked
    for name, plan in one.plans.items():
        answer = asked(
            "link",
            {
                "plan": plan,
                "id": one.unique,
                "rows": list(one.peer_rows),
                "thresholds": list(THRESHOLDS),
                "truth": dict(one.truth),
            },
        )
        blocked.append((name, [answer["true_pairs_blocked"] / len(truth)]))
        for threshold, clusters in answer["clusters"].items():
            pairs = pairs_of((row_id, label) for row_id, label in clusters)
            found.append((f"{name}, clusters at {threshold}", figures(pairs, truth, answer["cpu_seconds"])))
    return found, blocked


def figures(found: Pairs, truth: Pairs, seconds: float) -> list[Figure]:
    """Return a method's row."""
    own = quality_of_pairs(found, truth)
    return [own.f1, own.precision, own.recall, seconds]


def _site(row: Row) -> dict[str, str | None]:
    """Return a site as Splink takes it: small letters, the house number and the street apart as well."""
    told = {key: row[key].lower() or None for key in ("id", "name", "address", "zip")}
    house = _HOUSE.match(row["address"])
    street = row["address"].lower()[house.end() :].strip(" .,") if house else row["address"].lower()
    return told | {"house": house[0] if house else None, "street": street or None}
