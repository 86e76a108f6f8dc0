"""Screening against 100,000 names: persons as published by OpenSanctions, and companies under altered names."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from benchmarks.identity.altered import ALTERATIONS, altered, can_be_altered
from benchmarks.identity.command import screened as screened_by_command
from benchmarks.identity.company_names import plain
from benchmarks.identity.data import FACILITIES, NAMES, Row, absent, every, rows
from benchmarks.identity.peers import asked, available
from benchmarks.identity.scores import RECALLS, Scored, screened
from benchmarks.identity.table import Column, Figure, Results, print_results
from fairlead.engine.cycles import seldom_look_for_cycles
from fairlead.identity.candidates import NameIndex
from fairlead.identity.compare import Details, compare
from fairlead.identity.name import Reading, read_name, tells_enough
from fairlead.model.vocabulary import PartyKind
from fairlead.screen.screen import LEAST_SHARED, MOST_CANDIDATES

LIST: Final = NAMES / "screening_list_100k.csv"
QUERIES: Final = NAMES / "screening_queries.csv"
TRUTH: Final = NAMES / "screening_truth.csv"
WIKIRATE: Final = NAMES / "wikirate_wikipedia_dev.csv"
OS_HUB: Final = FACILITIES / "os_hub_facilities.csv"
SEED: Final = 7
#: How many listed companies are looked for under an altered name, and how many names of each other set are not listed.
LISTED_COMPANIES: Final = 1_200
OTHER_COMPANIES: Final = 1_500
METHODS: Final = {
    "logic-v2": "20 nearest, then nomenklatura logic-v2",
    "logic-v1": "20 nearest, then nomenklatura logic-v1",
    "ratio": "20 nearest, then rapidfuzz ratio of sorted words",
    "cosine": "20 nearest (TF-IDF of 2- and 3-grams) alone",
    "ratio of every name": "rapidfuzz ratio of sorted words, every name",
    "JaroWinkler of every name": "rapidfuzz JaroWinkler of sorted words, every name",
}
KINDS: Final = {kind.value: kind for kind in PartyKind}
NOTHING: Final = Details()


def columns(*, alarms: float | None, at_20: float | None, speed: float | None) -> tuple[Column, ...]:
    """Return the columns of a screening, with goals where there are any."""
    return (
        Column("false alarms at 90%", "share", less=True),
        Column("false alarms at 95% recall", "share", goal=alarms, less=True, compared=True),
        Column("at 98%", "share", less=True),
        Column("recall@1", "fine share"),
        Column("recall@20", "fine share", goal=at_20),
        Column("best F1"),
        Column("queries per CPU second", "count", goal=speed),
    )


def measure(results: Results, *, quick: bool) -> None:
    """Print the screening of 3,921 persons."""
    if missing := absent([LIST, QUERIES, TRUTH]):
        print(missing)
        return
    answers = {row["id"]: set(row["entry_ids"].replace(";", " ").split()) for row in rows(TRUTH)}
    listed, queries = rows(LIST), every(rows(QUERIES), 10 if quick else 1)
    truth = {row["id"]: answers[row["id"]] for row in queries}
    if quick:
        needed = set().union(*truth.values())
        listed = [row for place, row in enumerate(listed) if place % 10 == 0 or row["id"] in needed]
    known = sum(map(bool, truth.values()))
    print(f"{len(queries):,} names of persons, {known} of them listed, against {len(listed):,} names.\n")
    print_screening(
        "screening of persons", listed, queries, truth, columns(alarms=0.003, at_20=0.998, speed=2_000), results
    )


def measure_companies(results: Results, *, quick: bool) -> None:
    """Print the screening of companies: listed names altered by rules, beside real companies that are not listed."""
    if missing := absent([LIST, WIKIRATE, OS_HUB]):
        print(missing)
        return
    listed = every(rows(LIST), 10 if quick else 1)
    queries, truth, rule_of = company_queries(listed, 10 if quick else 1)
    print(
        f"{len(queries):,} names of companies against {len(listed):,} names. {sum(map(bool, truth.values())):,} are "
        "names of listed companies with two words or more, altered by one of the rules below; the others are "
        "WikiRate companies and Open Supply Hub facilities whose names are not on the list.\n"
    )
    scored = print_screening(
        "screening of companies", listed, queries, truth, columns(alarms=None, at_20=None, speed=None), results
    )
    print_by_rule(scored, truth, rule_of)


def company_queries(listed: Sequence[Row], part: int) -> tuple[list[Row], dict[str, set[str]], dict[str, str]]:
    """Return queries, the entries that answer each, and the rule by which each was altered."""
    draw = random.Random(SEED)
    same = defaultdict(set)
    for row in listed:
        same[plain(row["name"])].add(row["id"])
    companies = [row for row in listed if row["kind"] == "company" and can_be_altered(row["name"])]
    queries: list[Row] = []
    truth: dict[str, set[str]] = {}
    rule_of: dict[str, str] = {}
    for number, row in enumerate(draw.sample(companies, min(LISTED_COMPANIES // part, len(companies)))):
        rule, name = altered(row["name"], number, draw)
        query = f"C{number:05d}"
        queries.append({"id": query, "name": name, "country": "", "kind": "company"})
        truth[query], rule_of[query] = same[plain(row["name"])], rule
    others = [row["name"] for row in every(rows(WIKIRATE), part)] + [row["name"] for row in every(rows(OS_HUB), part)]
    unknown = sorted({name for name in others if name and plain(name) not in same})
    for number, name in enumerate(draw.sample(unknown, min(2 * OTHER_COMPANIES // part, len(unknown)))):
        queries.append({"id": f"N{number:05d}", "name": name, "country": "", "kind": "company"})
        truth[f"N{number:05d}"] = set()
    return queries, truth, rule_of


def print_screening(
    task: str,
    listed: Sequence[Row],
    queries: Sequence[Row],
    truth: Mapping[str, set[str]],
    wanted: Sequence[Column],
    results: Results,
) -> Scored:
    """Print the table of one screening and return Fairlead's scores."""
    scored, seconds, prepared = ours(listed, queries)
    peers = []
    if available():
        found = asked("screen", {"list": list(listed), "queries": list(queries), "methods": list(METHODS)})
        peers = [
            (
                METHODS[name],
                figures(one["scored"], truth, len(queries) / one["cpu_seconds"] if one["cpu_seconds"] else None),
            )
            for name, one in found.items()
        ]
    print_results(task, wanted, [("Fairlead", figures(scored, truth, len(queries) / seconds))], peers, results)
    print(f"Reading and indexing the list takes Fairlead {prepared:.1f} CPU seconds, which no row counts.\n")
    print_command(listed, queries, truth)
    return scored


def figures(scored: Scored, truth: Mapping[str, set[str]], speed: float | None) -> list[Figure]:
    """Return a method's row."""
    found = screened({query: [tuple(hit) for hit in hits] for query, hits in scored.items()}, truth)
    alarms: list[Figure] = ["never" if share is None else share for share in found.alarms]
    assert len(alarms) == len(RECALLS)
    return [*alarms, found.at_1, found.at_20, found.f1, speed]


def ours(listed: Sequence[Row], queries: Sequence[Row]) -> tuple[Scored, float, float]:
    """Return Fairlead's scores below review too, the CPU seconds for all queries, and those for preparing the list."""
    seldom_look_for_cycles()  # as the command line does
    started = time.process_time()
    names = [(row["id"], PartyKind(_kind(row)), reading) for row in listed for reading in _readings(row)]
    index = NameIndex([reading.words for _, _, reading in names])
    prepared = time.process_time() - started
    read_name.cache_clear()
    started = time.process_time()
    asked_for = [(row["id"], _kind(row), reading) for row in queries for reading in _readings(row)]
    found = index.candidates([reading.words for _, _, reading in asked_for], most=MOST_CANDIDATES, least=LEAST_SHARED)
    details = {kind: Details(kind=kind) for kind in PartyKind}
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for query, name in zip(found.query.tolist(), found.name.tolist(), strict=True):
        (query_id, kind, left), (entry_id, entry_kind, right) = asked_for[query], names[name]
        score = compare(left, right, details[kind], details[entry_kind], index.weigh, weak=False).score
        own = best[query_id]
        own[entry_id] = max(score, own.get(entry_id, 0.0))
    seconds = time.process_time() - started
    return {query: [(score, entry) for entry, score in own.items()] for query, own in best.items()}, seconds, prepared


def print_command(listed: Sequence[Row], queries: Sequence[Row], truth: Mapping[str, set[str]]) -> None:
    """Print what `fairlead screen` reports to a user: found and alerted at its own thresholds."""
    ran = screened_by_command(queries, listed)
    reported: dict[str, dict[str, set[str]]] = {"match": defaultdict(set), "review": defaultdict(set)}
    for row in ran.rows:
        for verdict in ("match", "review") if row["verdict"] == "match" else ("review",):
            reported[verdict][row["id"]].add(row["entry_id"])
    positive = [query for query, entries in truth.items() if entries]
    negative = [query for query, entries in truth.items() if not entries]
    print("| `fairlead screen` reports | listed found | not listed but reported |\n| --- | ---: | ---: |")
    for verdict, label in (("match", "match"), ("review", "match or review")):
        hit = sum(bool(reported[verdict][query] & truth[query]) for query in positive) / len(positive)
        alarm = sum(bool(reported[verdict][query]) for query in negative) / len(negative)
        print(f"| {label} | {hit:.2%} | {alarm:.2%} |")
    print(
        f"\nThe command took {ran.cpu_seconds:.1f} CPU seconds, reading the list, reasons and writing included: "
        f"{len(queries) / ran.cpu_seconds:,.0f} names a second.\n"
    )


def print_by_rule(scored: Scored, truth: Mapping[str, set[str]], rule_of: Mapping[str, str]) -> None:
    """Print how many altered names are found among the first twenty, by rule."""
    print("| listed company altered | names | recall@1 | recall@20 |\n| --- | ---: | ---: | ---: |")
    for rule in ALTERATIONS:
        own = {query: truth[query] for query, applied in rule_of.items() if applied == rule}
        if own:
            found = screened({query: scored.get(query, []) for query in own}, own | {"": set()})
            print(f"| {rule} | {len(own)} | {found.at_1:.3f} | {found.at_20:.3f} |")
    print()


def _kind(row: Row) -> PartyKind:
    return KINDS.get(row["kind"], PartyKind.UNKNOWN)


def _readings(row: Row) -> list[Reading]:
    return [reading for reading in read_name(row["name"], _kind(row)) if tells_enough(reading.words)]
