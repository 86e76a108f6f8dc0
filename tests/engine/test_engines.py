"""Each engine gives the same answer to the same question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pyarrow as pa
import pytest
from splink import Linker, block_on

from fairlead.engine import DuckDBEngine, duckdb_engine

ENGINES = [pytest.param(duckdb_engine, id="duckdb")]

Opener = Callable[..., AbstractContextManager[DuckDBEngine]]

SUPPLIERS = pa.table({"name": ["beta", "alpha", None], "spend": [2.5, 1.0, 4.0]})


@pytest.mark.parametrize("open_engine", ENGINES)
def test_a_table_comes_back_in_the_order_that_was_asked_for(open_engine: Opener) -> None:
    with open_engine() as engine:
        engine.register("suppliers", SUPPLIERS)
        answer = engine.query("SELECT name, spend FROM suppliers ORDER BY spend")
    assert answer.to_pydict() == {"name": ["alpha", "beta", None], "spend": [1.0, 2.5, 4.0]}


@pytest.mark.parametrize("open_engine", ENGINES)
def test_the_number_of_threads_changes_nothing(open_engine: Opener) -> None:
    numbers = pa.table({"n": list(range(50_000))})

    def answer(threads: int) -> dict[str, list[Any]]:
        with open_engine(threads=threads) as engine:
            engine.register("numbers", numbers)
            return engine.query("SELECT n % 7 AS rest, sum(n) AS total FROM numbers GROUP BY 1 ORDER BY 1").to_pydict()

    assert answer(1) == answer(2)


@pytest.mark.parametrize("open_engine", ENGINES)
def test_splink_works_on_the_engine(open_engine: Opener) -> None:
    table = pa.table({"unique_id": [1, 2, 3], "name": ["a", "a", "b"]})
    level = {"sql_condition": '"name_l" = "name_r"', "m_probability": 0.9, "u_probability": 0.1}
    other = {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}
    with open_engine() as engine:
        settings = {
            "link_type": "dedupe_only",
            "comparisons": [{"output_column_name": "name", "comparison_levels": [level, other]}],
            "blocking_rules_to_generate_predictions": [block_on("name")],
        }
        pairs = Linker(engine.splink_api().register(table), settings, log_level=None).inference.predict()
        answer = engine.query(f"SELECT unique_id_l, unique_id_r FROM {pairs.physical_name}").to_pydict()
    assert answer == {"unique_id_l": [1], "unique_id_r": [2]}
