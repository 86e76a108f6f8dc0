"""Facilities decided as users would have them decided, and what blocking brings together."""

from __future__ import annotations

from pathlib import Path

from benchmarks.identity.blocking import keys_of_rows, recall_by_rule
from benchmarks.identity.data import write_rows
from benchmarks.identity.facility_pairs import Decision, decided

HERON = {"name": "Silver Heron Garments Ltd", "address": "12 Mill Road, Leicester LE1 3PH", "country": "GBR"}
SAME = {"name": "SILVER HERON GARMENTS LIMITED", "address": "12 Mill Rd., Leicester, LE1 3PH", "country": "GBR"}
OTHER = {"name": "Copper Lantern Foods Ltd", "address": "90 Canal Road, Bradford BD1 4QU", "country": "GBR"}


def test_one_facility_written_twice_is_merged_and_two_stay_apart() -> None:
    expected = [Decision.SAME, Decision.APART]
    assert decided([(HERON, SAME), (HERON, OTHER)], one_list=False) == expected
    assert decided([(HERON, SAME), (SAME, OTHER)], one_list=True) == expected


def test_blocking_recall_counts_true_pairs_in_total_and_by_rule(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_rows(path, [{"id": str(place), **one} for place, one in enumerate((HERON, OTHER, SAME))])
    keys = keys_of_rows(path, lambda _, number: str(number - 2))
    recall = recall_by_rule({("0", "2"), ("0", "1")}, keys)
    assert recall[""] == 0.5
    assert len(recall) > 1
    assert max(recall.values()) == 0.5
