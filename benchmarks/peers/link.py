"""Link records with Splink 5 as its documentation begins: link.py TASK.json RESULT.json.

Comparisons are the ready-made ones, u is estimated by sampling, m by EM; clusters are made at every threshold that the
task names. Records come as a list of rows whose empty cells are null. `truth` serves only to count the true pairs that
blocking brought together.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SEED = 7


@dataclass(frozen=True)
class Plan:
    """How a data set is linked: comparisons, blocking, rules that nearly always hold (for the prior), rules for EM."""

    comparisons: Sequence[Any]
    blocking: Sequence[Any]
    certain: Sequence[Any]
    recall: float
    training: Sequence[Any]
    frequency: Sequence[str] = field(default=())


def sites() -> Plan:
    """Facilities with name, address and post code; comparisons as in Splink's first tutorial."""
    return Plan(
        comparisons=[cl.NameComparison("name"), cl.JaroWinklerAtThresholds("address"), cl.ExactMatch("zip")],
        blocking=[
            block_on("name"),
            block_on("address"),
            block_on("zip", "substr(name, 1, 4)"),
            block_on("substr(address, 1, 6)"),
        ],
        certain=[block_on("name", "address")],
        recall=0.7,
        training=[block_on("name"), block_on("address")],
    )


def sites_set_up_by_hand() -> Plan:
    """The same, set up for this data: levels of likeness chosen by hand, house numbers, wider blocking."""
    return Plan(
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.75]),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88, 0.80]),
            cl.ExactMatch("house"),
            cl.ExactMatch("zip"),
        ],
        blocking=[
            block_on("house"),
            block_on("zip"),
            block_on("substr(name, 1, 4)"),
            block_on("substr(street, 1, 5)"),
        ],
        certain=[block_on("name", "address")],
        recall=0.7,
        training=[block_on("name"), block_on("address"), block_on("house", "substr(street, 1, 4)")],
    )


def historical_persons() -> Plan:
    """Splink's own example for historical_50k."""
    return Plan(
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_and_surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("postcode_fake", 2),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking=[
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
        ],
        certain=[
            block_on("first_name", "surname", "dob"),
            block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
            block_on("dob", "postcode_fake"),
        ],
        recall=0.6,
        training=[block_on("first_name", "surname"), block_on("dob")],
    )


def febrl() -> Plan:
    """Splink's own example for febrl4, as one list without duplicates within a file."""
    return Plan(
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        blocking=[
            block_on("given_name", "surname"),
            block_on("surname", "date_of_birth"),
            block_on("given_name", "date_of_birth"),
            block_on("soc_sec_id"),
            block_on("postcode", "date_of_birth"),
            block_on("postcode", "surname"),
            block_on("postcode", "given_name"),
            block_on("street_number", "postcode"),
        ],
        certain=[block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
        recall=0.9,
        training=[block_on("date_of_birth"), block_on("postcode")],
    )


PLANS = {plan.__name__: plan for plan in (sites, sites_set_up_by_hand, historical_persons, febrl)}


def main(task: Path, result: Path) -> None:
    """Read {"plan", "id", "rows", "thresholds", "truth"}; write clusters by threshold, true pairs blocked, seconds."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    asked = json.loads(task.read_text(encoding="utf-8"))
    started = time.process_time()
    plan = PLANS[asked["plan"]]()
    clusters, pairs = linked(plan, asked["rows"], asked["id"], asked["thresholds"])
    seconds, truth = time.process_time() - started, asked["truth"]
    blocked = sum(truth[left] == truth[right] for left, right in pairs)
    found = {"clusters": clusters, "true_pairs_blocked": blocked, "cpu_seconds": seconds}
    result.write_text(json.dumps(found), encoding="utf-8")


def linked(
    plan: Plan, rows: Sequence[Mapping[str, Any]], unique: str, thresholds: Sequence[float]
) -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, str]]]:
    """Return by threshold the (record, cluster) of all records, and the pairs that blocking brought together."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=unique,
        comparisons=list(plan.comparisons),
        blocking_rules_to_generate_predictions=list(plan.blocking),
    )
    linker = Linker(DuckDBAPI().register(pa.Table.from_pylist(list(rows))), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(list(plan.certain), recall=plan.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in plan.training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict()
    table = predicted.as_pyarrow_table()
    pairs = list(zip(table[f"{unique}_l"].to_pylist(), table[f"{unique}_r"].to_pylist(), strict=True))
    clusters = {}
    for threshold in thresholds:
        made = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        ).as_pyarrow_table()
        clusters[str(threshold)] = list(zip(made[unique].to_pylist(), made["cluster_id"].to_pylist(), strict=True))
    return clusters, pairs


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
