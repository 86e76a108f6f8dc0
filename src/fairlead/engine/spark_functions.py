"""Functions of two similar texts for Spark, with the numbers that DuckDB gives.

Spark has none or others: Splink's own package for it gives 0.8793 as the Jaro-Winkler similarity of two names where
DuckDB gives 0.8850. DuckDB compares the bytes of UTF-8 with rapidfuzz's code; so does this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import distance, process


@dataclass(frozen=True)
class TextFunction:
    """A function of two texts: its name on Spark, what Spark calls its type, and its name in rapidfuzz.distance."""

    name: str
    type: str
    scorer: str

    def __call__(self, left: pa.Array, right: pa.Array) -> pa.Array:
        """Return the function's value for every pair of texts, null where one of them is, zero where both are empty."""
        known = pc.and_(pc.is_valid(left), pc.is_valid(right))
        texts = [pc.fill_null(side, "").cast(pa.binary()).to_pylist() for side in (left, right)]
        scorer = attrgetter(self.scorer)(distance)  # looked up here, for it cannot be sent to other machines
        values = process.cpdist(*texts, scorer=scorer, dtype=np.int32 if self.type == "int" else np.float64)
        values[[not one and not other for one, other in zip(*texts, strict=True)]] = 0
        return pc.if_else(known, pa.array(values), None)


#: By the names that DuckDB has for them.
FUNCTIONS: Final[Mapping[str, TextFunction]] = {
    "levenshtein": TextFunction("fairlead_levenshtein", "int", "Levenshtein.distance"),
    "damerau_levenshtein": TextFunction("fairlead_damerau_levenshtein", "int", "DamerauLevenshtein.distance"),
    "jaro_similarity": TextFunction("fairlead_jaro", "double", "Jaro.similarity"),
    "jaro_winkler_similarity": TextFunction("fairlead_jaro_winkler", "double", "JaroWinkler.similarity"),
}


def register_functions(session: Any) -> None:
    """Make the functions known to the SQL of a Spark session."""
    from pyspark.sql.functions import arrow_udf  # noqa: PLC0415  (an extra, which need not be installed)

    for function in FUNCTIONS.values():
        session.udf.register(function.name, arrow_udf(_plain(function), function.type))


def _plain(function: TextFunction) -> Callable[[pa.Array, pa.Array], pa.Array]:
    """Return a plain function with the types written at its arguments, as Spark wants it."""

    def compared(left: pa.Array, right: pa.Array) -> pa.Array:
        return function(left, right)

    compared.__annotations__ = {"left": pa.Array, "right": pa.Array, "return": pa.Array}
    return compared
