"""Who is who is the same on both engines: clusters exactly, probabilities within 1e-9."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.messy_list import messy_list
from fairlead.engine import Engine, duckdb_engine, open_engine
from fairlead.model.schemas import CLASSIFICATION, ROW
from fairlead.read import read_suppliers
from fairlead.resolve import Resolved, resolve
from tests.resolve.persons import person, persons

pytestmark = pytest.mark.spark

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "ministry-tender"
LENGTH: Final = 3_000
#: Both engines compute with the same numbers, but need not add them up in the same order.
TOLERANCE: Final = 1e-9

Rows = Callable[[], pa.Table]


@pytest.fixture(scope="module")
def spark() -> Any:
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    with open_engine("spark") as engine:
        yield engine


def resolved(rows: pa.Table, engine: Engine) -> Resolved:
    return resolve(rows, CLASSIFICATION.empty_table(), engine=engine)


def assert_same(rows: pa.Table, spark: Engine) -> None:
    with duckdb_engine() as duckdb:
        expected = resolved(rows, duckdb)
    found = resolved(rows, spark)
    assert max(map(len, expected.parties["row_ids"].to_pylist())) > 1  # there is something to join in the list
    for table in ("parties", "sites", "links", "members"):
        assert getattr(found, table).equals(getattr(expected, table))
    assert found.parted == expected.parted
    for one, other in zip(found.review.to_pylist(), expected.review.to_pylist(), strict=True):
        assert one.pop("probability") == pytest.approx(other.pop("probability"), rel=0, abs=TOLERANCE)
        assert one == other


def test_the_example_case(spark: Engine) -> None:
    assert_same(read_suppliers([EXAMPLE]).rows, spark)


def test_a_generated_list_with_duplicates_and_traps(spark: Engine) -> None:
    assert_same(messy_list(LENGTH)[0], spark)


def test_a_list_of_persons_with_typing_errors(spark: Engine) -> None:
    rng = random.Random(5)
    rows = []
    for number in range(400):
        given, surname = (_name(rng) for _ in range(2))
        birth = {"birth_date": f"19{rng.randrange(40, 99)}-0{rng.randrange(1, 9)}-1{rng.randrange(9)}"}
        rows.append(person(f"a{number}", given, surname, **birth))
        if number % 4 == 0:
            rows.append(person(f"b{number}", given, surname[:2] + surname[3:], **birth))
    assert_same(persons(*rows), spark)


def _name(rng: random.Random) -> str:
    return "".join(rng.choice("bdgklmnrst") + rng.choice("aeiou") for _ in range(3)).capitalize()


@pytest.mark.real_data
def test_persons_of_history(spark: Engine, real_data: Path, tmp_path: Path) -> None:
    some = pq.read_table(real_data / "names" / "historical_50k.parquet").slice(0, LENGTH)
    pq.write_table(some, tmp_path / "persons.parquet")
    assert_same(read_suppliers([tmp_path / "persons.parquet"]).rows, spark)


@pytest.mark.real_data
def test_the_child_care_sites_of_chicago(spark: Engine, real_data: Path) -> None:
    with (real_data / "facilities" / "chicago_sites_true_ids.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            {
                "row_id": site["id"],
                "file": "chicago.csv",
                "sheet": "",
                "row": number,
                "name": site["name"] or "?",
                "address": ", ".join(filter(None, (site["address"], site["zip"]))),
                "city": site["city"],
                "country": "USA",
            }
            for number, site in enumerate(csv.DictReader(file), start=2)
        ]
    assert_same(pa.Table.from_pylist(rows, schema=ROW), spark)
