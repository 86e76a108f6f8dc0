"""SQL that is written for DuckDB, as Spark spells it, with the same answer in the corners too.

sqlglot translates the grammar. What it leaves as it is, or what Spark answers differently, is here: functions of
lists, functions of similar texts (see `spark_functions`), and division by zero, of which DuckDB makes infinity or
no number, Spark null.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from sqlglot import exp, parse_one
from sqlglot.dialects import DuckDB, Spark

from fairlead.engine.spark_functions import FUNCTIONS

#: How Spark spells DuckDB's functions, `{0}` being the first argument. A list that is empty has no sum.
_SPELLED: Final[Mapping[str, str]] = {
    "len": "array_size({0})",
    "list_distinct": "array_distinct({0})",
    "list_has_all": "(array_size(array_except({1}, {0})) = 0)",
    "list_has_any": "arrays_overlap({0}, {1})",
    "list_intersect": "array_intersect({0}, {1})",
    "list_sum": "aggregate({0}, CAST(NULL AS DOUBLE), (total, one) -> coalesce(total, 0D) + one)",
    "list_unique": "array_size(array_distinct({0}))",
    **{name: f"{function.name}({{0}}, {{1}})" for name, function in FUNCTIONS.items()},
}
_INFINITY: Final = "CAST('Infinity' AS DOUBLE)"


class FairleadDuckDB(DuckDB):  # type: ignore[misc]
    """DuckDB's SQL with the functions of _SPELLED left as they are written; so `len` stays apart from `length`."""

    class Parser(DuckDB.Parser):  # type: ignore[misc]
        """Reads no function of _SPELLED as one that sqlglot knows."""

        FUNCTIONS: Final = {
            name: read for name, read in DuckDB.Parser.FUNCTIONS.items() if name.lower() not in _SPELLED
        }


def _function(generator: Spark.Generator, node: exp.Anonymous) -> str:
    spelled = _SPELLED.get(node.name.lower())
    if spelled is None:
        raise ValueError(f"The function {node.name} is not known on Spark; add it to fairlead.engine.spark_sql.")
    return spelled.format(*(generator.sql(argument) for argument in node.expressions))


def _division(generator: Spark.Generator, node: exp.Div) -> str:
    """Spell out a division by what may be zero: something by zero is infinite, zero by zero is no number."""
    above, below = generator.sql(node.this), generator.sql(node.expression)
    if isinstance(node.expression, exp.Literal):
        return f"{above} / {below}"
    return f"(CASE WHEN {below} = 0 THEN {above} * {_INFINITY} ELSE {above} / {below} END)"


class FairleadSpark(Spark):  # type: ignore[misc]
    """Spark's SQL with the functions of _SPELLED, and division as DuckDB does it."""

    class Generator(Spark.Generator):  # type: ignore[misc]
        """Writes what only the two classes here know; everything else as sqlglot does."""

        TRANSFORMS: Final = {
            **Spark.Generator.TRANSFORMS,
            exp.Anonymous: _function,
            exp.Div: _division,
        }


@cache
def on_spark(sql: str) -> str:
    """Return an expression or a SELECT that is written for DuckDB in the SQL of Spark.

    `len` is of a list and `length` of a text. Raises ValueError for a function that is not known on Spark.
    """
    return str(parse_one(sql, read=FairleadDuckDB).sql(dialect=FairleadSpark))
