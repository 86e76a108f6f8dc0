"""Each engine gives the same answer to the same question."""

from __future__ import annotations

import pyarrow as pa
import pytest
from splink import Linker, block_on

from fairlead.engine import Engine, duckdb_engine, open_engine
from fairlead.errors import OptionError

SUPPLIERS = pa.table({"name": ["beta", "alpha", None], "spend": [2.5, 1.0, 4.0]})


def test_a_table_comes_back_in_the_order_that_was_asked_for(engine: Engine) -> None:
    engine.register("suppliers", SUPPLIERS)
    answer = engine.query("SELECT name, spend FROM suppliers ORDER BY spend")
    assert answer.to_pydict() == {"name": ["alpha", "beta", None], "spend": [1.0, 2.5, 4.0]}


def test_what_is_not_known_is_sorted_last(engine: Engine) -> None:
    engine.register("suppliers", SUPPLIERS)
    assert engine.query("SELECT name FROM suppliers ORDER BY name")["name"].to_pylist() == ["alpha", "beta", None]


def test_splink_works_on_the_engine(engine: Engine) -> None:
    table = pa.table({"unique_id": [1, 2, 3], "name": ["a", "a", "b"]})
    level = {"sql_condition": '"name_l" = "name_r"', "m_probability": 0.9, "u_probability": 0.1}
    other = {"sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9}
    settings = {
        "link_type": "dedupe_only",
        "comparisons": [{"output_column_name": "name", "comparison_levels": [level, other]}],
        "blocking_rules_to_generate_predictions": [block_on("name")],
    }
    if engine.name == "spark":
        level["sql_condition"] = "`name_l` = `name_r`"
    pairs = Linker(engine.splink_api().register(table), settings, log_level=None).inference.predict()
    answer = engine.query(f"SELECT unique_id_l, unique_id_r FROM {pairs.physical_name}").to_pydict()
    assert answer == {"unique_id_l": [1], "unique_id_r": [2]}


def times(factor: int, part: list[int]) -> list[int]:
    return [factor * number for number in part]


def test_parts_are_worked_on_and_come_back_in_their_order(engine: Engine) -> None:
    parts = [[number, number + 1] for number in range(9)]
    assert list(engine.map_parts(times, 3, parts)) == [times(3, part) for part in parts]
    assert list(engine.map_parts(times, 3, [])) == []


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    numbers = pa.table({"n": list(range(50_000))})
    with duckdb_engine(threads=threads) as engine:
        engine.register("numbers", numbers)
        answer = engine.query("SELECT n % 7 AS rest, count(*) AS count FROM numbers GROUP BY 1 ORDER BY 1").to_pydict()
    assert answer == {"rest": list(range(7)), "count": [len(range(rest, 50_000, 7)) for rest in range(7)]}


def test_an_engine_that_does_not_exist_is_refused_with_the_ones_that_do() -> None:
    with (
        pytest.raises(OptionError, match=r"There is no engine “sparc”\. Choose one of: duckdb, spark"),
        open_engine("sparc"),
    ):
        pass


def test_spark_that_is_not_installed_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairlead.engine.spark.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"pip install 'fairlead\[spark\]'; it needs Java 17"), open_engine("spark"):
        pass


def test_spark_without_java_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairlead.engine.spark.find_spec", lambda name: object())
    monkeypatch.setattr("fairlead.engine.spark.shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(OptionError, match="apt install openjdk-17-jre-headless"), open_engine("spark"):
        pass


def test_spark_connect_is_refused_with_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairlead.engine.spark.find_spec", lambda name: object())
    monkeypatch.setenv("JAVA_HOME", "/java")
    monkeypatch.setenv("SPARK_REMOTE", "sc://host")
    with pytest.raises(OptionError, match="name the master in FAIRLEAD_SPARK_MASTER"), open_engine("spark"):
        pass
