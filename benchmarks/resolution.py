"""Who is who: duplicates found at the automatic threshold, beside Splink's plain default settings."""

from __future__ import annotations

import csv
import itertools
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on

from benchmarks.messy_list import messy_list
from fairlead.engine import duckdb_engine
from fairlead.model.schemas import CLASSIFICATION, ROW
from fairlead.reference import load_csv
from fairlead.resolve import resolve
from fairlead.resolve.block import block_keys
from fairlead.resolve.record import make_records
from fairlead.resolve.weigh import word_weights

FACILITIES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "facilities"
CHICAGO: Final = FACILITIES / "chicago_sites_true_ids.csv"
LABELLED: Final = FACILITIES / "os_hub_labelled_pairs.json"
LENGTHS: Final = (400, 5_000, 100_000)

Pairs = set[tuple[str, str]]


def main() -> None:
    """Measure three sets of data with known truth."""
    print("Scores count pairs of rows; a pair is found when its rows are merged without a person.\n")
    if CHICAGO.exists():
        chicago()
    else:
        print("Chicago child-care sites: data set absent.")
    if LABELLED.exists():
        labelled_pairs()
    else:
        print("Open Supply Hub labelled pairs: data set absent.")
    generated_lists()


def chicago() -> None:
    """3,337 child-care sites of Chicago whose true identity is known; the postcode is part of the address."""
    given = list(csv.DictReader(CHICAGO.open(encoding="utf-8-sig")))
    truth = _pairs(_groups((row["id"], row["true_id"]) for row in given))
    print(f"### Chicago child-care sites: {len(given):,} rows, {len(truth):,} true pairs\n")
    rows = pa.Table.from_pylist([_chicago_row(row) for row in given], schema=ROW)
    print("| method | precision | recall | F1 | seconds |\n| --- | ---: | ---: | ---: | ---: |")
    start = time.perf_counter()
    found = _pairs(resolve(rows, CLASSIFICATION.empty_table()).parties["row_ids"].to_pylist())
    _print_scores("Fairlead, its one threshold", found, truth, time.perf_counter() - start)
    start = time.perf_counter()
    clusters = _splink_defaults(given)
    for threshold, found in clusters.items():
        name = f"Splink, default comparisons and EM, clusters at {threshold}"
        _print_scores(name, found, truth, time.perf_counter() - start)
    print(f"\nBlocking brings together {_blocking_recall(rows, truth):.1%} of the true pairs.\n")


def _chicago_row(row: Mapping[str, str]) -> dict[str, Any]:
    address = ", ".join(part for part in (row["address"], row["zip"]) if part)
    return _row(row["id"], row["name"], address, "USA") | {"city": row["city"]}


def _row(row_id: str, name: str, address: str, country: str | None) -> dict[str, Any]:
    said = {"name": name or "?", "address": address, "country": country}
    return {"row_id": row_id, "file": "benchmark", "sheet": "", "row": 1, **said}


def _splink_defaults(given: Sequence[Mapping[str, str]]) -> dict[float, Pairs]:
    """Splink as its documentation begins: ready-made comparisons, u by sampling, m by EM, plain blocking."""
    columns = ("id", "name", "address", "zip")
    table = pa.table({column: [row[column].lower().strip() or None for row in given] for column in columns})
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.NameComparison("name"),
            cl.JaroWinklerAtThresholds("address"),
            cl.ExactMatch("zip"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            block_on("address"),
            block_on("zip", "substr(name, 1, 4)"),
            block_on("substr(address, 1, 6)"),
        ],
    )
    with duckdb_engine() as engine:
        linker = Linker(engine.splink_api().register(table), settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match([block_on("name", "address")], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("address"))
        predicted = linker.inference.predict(threshold_match_probability=0.01)
        found: dict[float, Pairs] = {}
        for threshold in (0.5, 0.9, 0.95, 0.99):
            clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
                predicted, threshold_match_probability=threshold
            ).as_pyarrow_table()
            found[threshold] = _pairs(
                _groups(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
            )
    return found


def _blocking_recall(rows: pa.Table, truth: Pairs) -> float:
    records = make_records(rows)
    names, streets = (
        word_weights(record.sounds for record in records),
        word_weights(record.address.words for record in records),
    )
    keys, _ = block_keys(records, names, streets)
    of_row = {row_id: set(own) for record, own in zip(records, keys, strict=True) for row_id in record.row_ids}
    return sum(1 for left, right in truth if of_row[left] & of_row[right]) / len(truth)


def labelled_pairs() -> None:
    """112 pairs of facilities that Open Supply Hub's staff labelled; each pair is resolved as a list of two rows."""
    iso3 = {row["iso2"].lower(): row["iso3"] for row in load_csv("countries")}
    counts: Counter[tuple[str, str]] = Counter()
    for label, pairs in json.loads(LABELLED.read_text()).items():
        for pair in pairs:
            two = [
                _row(str(place), one["name"], one["address"], iso3.get(one["country"]))
                for place, one in enumerate(pair["__value__"])
            ]
            result = resolve(pa.Table.from_pylist(two, schema=ROW), CLASSIFICATION.empty_table())
            outcome = "merged" if result.parties.num_rows == 1 else "to a person" if result.review.num_rows else "apart"
            counts[label, outcome] += 1
    print("### Open Supply Hub's labelled pairs (chosen to be hard)\n")
    print("| truth | merged | to a person | apart |\n| --- | ---: | ---: | ---: |")
    for label, name in (("match", "the same"), ("distinct", "different")):
        print(f"| {name} | {counts[label, 'merged']} | {counts[label, 'to a person']} | {counts[label, 'apart']} |")
    print()


def generated_lists() -> None:
    """Fictional lists of three lengths with duplicates (5%) and traps (3%)."""
    print("### Generated lists, 5% duplicates and 3% traps\n")
    print("| rows | precision | recall | seconds | peak memory GB | to a person |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for length in LENGTHS:
        rows, suppliers = messy_list(length)
        start = time.perf_counter()
        result = resolve(rows, CLASSIFICATION.empty_table())
        seconds = time.perf_counter() - start
        found, truth = _pairs(result.parties["row_ids"].to_pylist()), _pairs(_groups(suppliers.items()))
        precision, recall = len(found & truth) / max(1, len(found)), len(found & truth) / len(truth)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"| {length:,} | {precision:.3f} | {recall:.3f} | {seconds:.1f} | {peak:.2f} | {result.review.num_rows} |"
        )


def _groups(labelled: Iterable[tuple[str, Any]]) -> list[list[str]]:
    groups: dict[Any, list[str]] = defaultdict(list)
    for row_id, label in labelled:
        groups[label].append(row_id)
    return list(groups.values())


def _pairs(groups: Iterable[Sequence[str]]) -> Pairs:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def _print_scores(method: str, found: Pairs, truth: Pairs, seconds: float) -> None:
    precision, recall = len(found & truth) / max(1, len(found)), len(found & truth) / len(truth)
    f1 = 2 * precision * recall / (precision + recall) if found & truth else 0.0
    print(f"| {method} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {seconds:.1f} |")


if __name__ == "__main__":
    main()
