"""Screening: recall, false alarms and speed, beside sorted words compared by brute force."""

from __future__ import annotations

import csv
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rapidfuzz import fuzz, process

from fairlead.identity.candidates import NameIndex
from fairlead.identity.compare import Details, compare
from fairlead.identity.name import Reading, WordWeights, read_name, tells_enough
from fairlead.model.schemas import PARTY
from fairlead.model.vocabulary import PartyKind
from fairlead.screen import ListEntry, WatchList, find_hits, read_list, read_lists, reference_lists
from fairlead.screen.screen import LEAST_SHARED, MOST_CANDIDATES
from fairlead.screen.watch_list import About

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
NAMES: Final = DATA / "names"
LISTS: Final = DATA / "lists"
OFAC: Final = ("ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv")
OTHERS: Final = ("un_consolidated.xml", "eu_32014r0269.csv", "eu_32014r0833.csv", "eu_32020r1998.csv")
AS_OF: Final = date(2026, 3, 31)
BRUTE_FORCE_SAMPLE: Final = 300
NOTHING: Final = Details()

Floats = npt.NDArray[np.float64]
Row = Mapping[str, str]


def main() -> None:
    """Measure names against 100,000, pairs of names, and whole screenings; name the data sets that are absent."""
    if not NAMES.is_dir():
        print("The data sets of names are absent; nothing was measured.")
        return
    listed, queries = rows("screening_list_100k.csv"), rows("screening_queries.csv")
    truth = {row["id"]: set(row["entry_ids"].replace(";", " ").split()) for row in rows("screening_truth.csv")}
    print(f"### {len(queries):,} queries against {len(listed):,} names\n")
    print("| method | queries per CPU s | recall at 1 / 20 | best F1 | false alarms at recall .90 / .95 / .98 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    ours(listed, queries, truth)
    brute_force(listed, queries, truth)
    pairs()
    whole()


def rows(name: str) -> list[dict[str, str]]:
    with (NAMES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kind(row: Row) -> PartyKind:
    return PartyKind.PERSON if row["kind"] == "person" else PartyKind.UNKNOWN


def readings(row: Row) -> list[Reading]:
    return [reading for reading in read_name(row["name"], kind(row)) if tells_enough(reading.words)]


def ours(listed: Sequence[Row], queries: Sequence[Row], truth: Mapping[str, set[str]]) -> None:
    started = time.process_time()
    names = [(row["id"], reading) for row in listed for reading in readings(row)]
    index = NameIndex([reading.words for _, reading in names])
    prepared = time.process_time() - started
    read_name.cache_clear()
    started = time.process_time()
    asked = [(row["id"], reading) for row in queries for reading in readings(row)]
    found = index.candidates([reading.words for _, reading in asked], most=MOST_CANDIDATES, least=LEAST_SHARED)
    retrieved = time.process_time() - started
    scored: dict[str, list[tuple[float, str]]] = {}
    for query, name in zip(found.query.tolist(), found.name.tolist(), strict=True):
        (query_id, left), (entry_id, right) = asked[query], names[name]
        score = compare(left, right, NOTHING, NOTHING, index.weigh, weak=False).score
        scored.setdefault(query_id, []).append((score, entry_id))
    whole = time.process_time() - started
    report("candidates by shared words, then the scorer", len(queries) / whole, scored, queries, truth)
    print(f"\nCandidates alone: {len(queries) / retrieved:,.0f} queries per CPU s, {len(found.query):,} pairs scored. ")
    print(f"Reading and indexing the list: {prepared:.1f} CPU s.\n")


def brute_force(listed: Sequence[Row], queries: Sequence[Row], truth: Mapping[str, set[str]]) -> None:
    """Compare sorted words with every name of the list by rapidfuzz; the speed is that of a sample of the queries."""
    choices = [sorted_words(row) for row in listed]
    asked = [sorted_words(row) for row in queries]
    started = time.process_time()
    process.cdist(asked[:BRUTE_FORCE_SAMPLE], choices, scorer=fuzz.ratio, dtype=np.uint8, workers=1)
    speed = BRUTE_FORCE_SAMPLE / (time.process_time() - started)
    scored: dict[str, list[tuple[float, str]]] = {}
    for first in range(0, len(asked), BRUTE_FORCE_SAMPLE):
        block = process.cdist(asked[first : first + BRUTE_FORCE_SAMPLE], choices, scorer=fuzz.ratio, dtype=np.float32)
        for place, scores in enumerate(block):
            best = np.argpartition(scores, -MOST_CANDIDATES)[-MOST_CANDIDATES:]
            scored[queries[first + place]["id"]] = [(float(scores[at]), listed[at]["id"]) for at in best]
    print("| method | queries per CPU s | recall at 1 / 20 | best F1 | false alarms at recall .90 / .95 / .98 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    report("rapidfuzz ratio of sorted words, every name", speed, scored, queries, truth)


def sorted_words(row: Row) -> str:
    return " ".join(sorted(word for reading in read_name(row["name"], kind(row))[:1] for word in reading.words))


def report(
    method: str,
    speed: float,
    scored: Mapping[str, list[tuple[float, str]]],
    queries: Sequence[Row],
    truth: Mapping[str, set[str]],
) -> None:
    positive = [row["id"] for row in queries if truth[row["id"]]]
    negative = [row["id"] for row in queries if not truth[row["id"]]]
    ranked = {query: [entry for _, entry in sorted(hits, key=lambda hit: -hit[0])] for query, hits in scored.items()}
    at_1 = np.mean([bool(set(ranked.get(query, [])[:1]) & truth[query]) for query in positive])
    at_20 = np.mean([bool(set(ranked.get(query, [])) & truth[query]) for query in positive])
    right = np.array(
        [max((s for s, entry in scored.get(query, []) if entry in truth[query]), default=0) for query in positive]
    )
    wrong = np.array([max((s for s, _ in scored.get(query, [])), default=0) for query in negative])
    alarms = [f"{np.mean(wrong >= np.sort(right)[int((1 - recall) * len(right))]):.2%}" for recall in (0.9, 0.95, 0.98)]
    f1, _ = best_f1(right, wrong)
    print(f"| {method} | {speed:,.0f} | {at_1:.3f} / {at_20:.4f} | {f1:.3f} | {' / '.join(alarms)} |")


def best_f1(right: Floats, wrong: Floats) -> tuple[float, float]:
    """Return the best F1 over all thresholds, and the threshold."""
    best = (0.0, 0.0)
    for threshold in np.unique(np.concatenate([right, wrong])):
        hits = float((right >= threshold).sum())
        best = max(best, (2 * hits / (hits + float((wrong >= threshold).sum()) + len(right)), float(threshold)))
    return best


def likeness(weigh: Callable[[str], float]) -> Callable[[Sequence[Reading], Sequence[Reading]], float]:
    def best(left: Sequence[Reading], right: Sequence[Reading]) -> float:
        scores = [compare(a, b, NOTHING, NOTHING, weigh, weak=False).score for a in left for b in right]
        return max(scores, default=0.0)

    return best


def pairs() -> None:
    """Compare labelled pairs of names, and two names of the same companies beside the most similar other companies."""
    print("\n### Pairs of names\n\n| set | pairs | true | best F1 | at threshold | recall and false pairs at review |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    score = likeness(WordWeights({}, 0))
    cases = rows("name_pairs_dev.csv")
    for label, wanted in (("persons", {"person"}), ("others", {row["kind"] for row in cases} - {"person"})):
        chosen = [row for row in cases if row["kind"] in wanted]
        scores = np.array(
            [score(read_name(row["left"], kind(row)), read_name(row["right"], kind(row))) for row in chosen]
        )
        true = np.array([row["is_match"] == "true" for row in chosen])
        pair_row(f"name pairs, {label}", scores[true], scores[~true])
    same, other = companies()
    pair_row("two names of one company, beside the nearest others", same, other)


def pair_row(label: str, right: Floats, wrong: Floats) -> None:
    from fairlead.identity.features import thresholds  # noqa: PLC0415

    f1, threshold = best_f1(right, wrong)
    review = thresholds().review_from
    at_review = f"{np.mean(right >= review):.3f}, {int((wrong >= review).sum())}"
    print(f"| {label} | {len(right) + len(wrong):,} | {len(right):,} | {f1:.3f} | {threshold:.2f} | {at_review} |")


def companies() -> tuple[Floats, Floats]:
    table = rows("wikirate_wikipedia_dev.csv")
    left = [read_name(row["name"]) for row in table]
    right = [read_name(row["wikipedia_title"]) for row in table]
    flat = [(place, reading) for place, found in enumerate(right) for reading in found]
    index = NameIndex([reading.words for _, reading in flat])
    score = likeness(index.weigh)
    asked = [(place, reading) for place, found in enumerate(left) for reading in found]
    near = index.candidates([reading.words for _, reading in asked], most=10)
    couples = {
        (asked[query][0], flat[name][0]) for query, name in zip(near.query.tolist(), near.name.tolist(), strict=True)
    }
    others = [
        (one, two)
        for one, two in sorted(couples)
        if table[one]["wikirate_number"] != table[two]["wikirate_number"]
        and table[one]["wikipedia_title"] != table[two]["wikipedia_title"]
    ]
    same = np.array([score(a, b) for a, b in zip(left, right, strict=True)])
    return same, np.array([score(left[one], right[two]) for one, two in others])


def whole() -> None:
    """Time whole screenings, reading of the lists and evidence included."""
    print("\n### Whole screenings\n\n| parties | lists | wall s | CPU s | hits | parties hit |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    factories = [row["name"] for row in facility_rows()]
    listed = rows("screening_list_100k.csv")[:30_000]
    entries = tuple(ListEntry(row["id"], row["name"], kind=kind(row), locator=row["id"]) for row in listed)
    large = WatchList("list_large", "30,000 names", "", "", entries, About.OTHER)
    generated = [
        f"{factories[n % len(factories)]} {factories[(n * 7919) % len(factories)].split()[0]}" for n in range(95_000)
    ]
    measure("400 factories", factories[:400], "reference pack", lambda: reference_lists(AS_OF))
    measure(
        f"{len(factories):,} factories",
        factories,
        "reference pack, OFAC, UN, EU, DoD",
        lambda: (*reference_lists(AS_OF), *read_lists([LISTS / name for name in (*OFAC, *OTHERS)]), dod()),
    )
    measure(
        "100,000, most generated",
        (factories + generated)[:100_000],
        "reference pack, 30,000 names",
        lambda: (*reference_lists(AS_OF), large),
    )
    print(f"\nPeak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def dod() -> WatchList:
    return read_list(LISTS / "us_dod_chinese_military_companies.csv")


def facility_rows() -> list[dict[str, str]]:
    with (DATA / "facilities" / "os_hub_facilities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(what: str, names: Sequence[str], lists: str, read: Callable[[], Sequence[WatchList]]) -> None:
    table = pa.Table.from_pylist(
        [
            dict.fromkeys(PARTY.names) | {"party_id": f"pty_{n}", "kind": "company", "name": name, "names": [name]}
            for n, name in enumerate(names)
        ],
        schema=PARTY,
    )
    read_name.cache_clear()
    wall, cpu = time.perf_counter(), time.process_time()
    hits = find_hits(table, read(), as_of=AS_OF)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"| {what} | {lists} | {wall:.2f} | {cpu:.2f} | {len(hits):,} | {len({hit.party_id for hit in hits}):,} |")
