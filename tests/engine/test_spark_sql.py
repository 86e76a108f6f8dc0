"""SQL written for DuckDB has the same answer on every engine, in the corners too."""

from __future__ import annotations

import math

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.engine import Engine
from fairlead.engine.spark_functions import FUNCTIONS
from fairlead.engine.spark_sql import on_spark
from fairlead.resolve.resolve import KINDS

WORDS = pa.list_(pa.struct([("word", pa.string()), ("weight", pa.float64())]))
A, B, C = ({"word": word, "weight": weight} for word, weight in (("a", 0.1), ("b", 0.2), ("c", 0.7)))
CORNERS = pa.table(
    {
        "place": pa.array(range(5), pa.int32()),
        "text_a": pa.array(["dwayne", "", None, "жанна", "straße"]),
        "text_b": pa.array(["duane", "", "x", "жанно", "strasse"]),
        "list_a": pa.array([["x", "y"], [], None, ["x"], ["y", "y"]], pa.list_(pa.string())),
        "list_b": pa.array([["y", "z"], ["x"], ["x"], ["x"], ["z"]], pa.list_(pa.string())),
        "words_a": pa.array([[A, B, C], [], [A], [C, A], [B]], WORDS),
        "words_b": pa.array([[C, B], [A], None, [A, C], [C]], WORDS),
        "number": pa.array([3.0, 0.0, None, 0.0, -1.0]),
        "divisor": pa.array([2, 0, 0, 1, 0], pa.int32()),
    }
)
EXPRESSIONS = {
    "len(list_a)": [2, 0, None, 1, 2],
    "length(text_a)": [6, 0, None, 5, 6],
    "len(list_intersect(list_a, list_b))": [1, 0, None, 1, 0],
    "list_has_any(list_a, list_b)": [True, False, None, True, False],
    "list_has_all(list_a, list_b)": [False, False, None, True, False],
    "list_sum(list_transform(list_intersect(words_a, words_b), lambda word: word.weight))": [
        0.9,
        None,
        None,
        0.8,
        None,
    ],
    "number / divisor": [1.5, math.nan, None, 0.0, -math.inf],
    "1 - levenshtein(text_a, text_b) / greatest(length(text_a), length(text_b))": [2 / 3, math.nan, None, 0.8, 5 / 7],
    "levenshtein(text_a, text_b)": [2, 0, None, 1, 2],
    "damerau_levenshtein(text_a, text_b)": [2, 0, None, 1, 2],
    "jaro_winkler_similarity(text_a, text_b)": [0.84, 0.0, None, 0.96, 0.8857142857142858],
    "greatest(number, 1)": [3.0, 1.0, 1.0, 1.0, 1.0],
    "number IS NOT NULL AND NOT (number > 1)": [False, True, False, True, True],
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_has_the_same_answer_on_every_engine(engine: Engine, expression: str) -> None:
    engine.register("corners", CORNERS)
    found = engine.query(f"SELECT {expression} AS answer FROM corners ORDER BY place")["answer"].to_pylist()
    expected = EXPRESSIONS[expression]
    assert [one is None for one in found] == [one is None for one in expected]
    known = [(one, other) for one, other in zip(found, expected, strict=True) if other is not None]
    assert [one for one, _ in known] == pytest.approx([other for _, other in known], abs=1e-12, nan_ok=True)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), min_size=1, max_size=50))
def test_similar_texts_have_duckdbs_numbers(pairs: list[tuple[str, str]]) -> None:
    pairs = [(left.replace("\0", ""), right.replace("\0", "")) for left, right in pairs]
    table = pa.table(
        {"place": range(len(pairs)), "left": [left for left, _ in pairs], "right": [right for _, right in pairs]}
    )
    with duckdb.connect() as connection:
        connection.register("pairs", table)
        for name, function in FUNCTIONS.items():
            expected = connection.sql(f'SELECT {name}("left", "right") AS answer FROM pairs ORDER BY place')
            found = function(table["left"].combine_chunks(), table["right"].combine_chunks())
            assert found.to_pylist() == pytest.approx([answer for (answer,) in expected.fetchall()], abs=1e-12)


def test_every_condition_that_records_are_compared_by_is_known_on_spark() -> None:
    for settings in KINDS:
        for silent, levels in settings.levels.values():
            for condition in (silent, *levels.values()):
                assert condition == "ELSE" or on_spark(condition)


def test_a_function_that_spark_has_not_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match="list_cosine_similarity is not known on Spark"):
        on_spark("list_cosine_similarity(a, b) > 0.5")
