"""How alike two records are: Splink with weights that are shipped, not learned from the list at hand.

The weights are the shares of true pairs (m) and of chance pairs (u) that fall on each level; they stand in a
table of each kind of record and are the same for a list of twenty rows and of a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from splink import Linker

from fairlead.engine import Engine
from fairlead.resolve.settings import Settings
from fairlead.resolve.tables import read_table


def compare(engine: Engine, settings: Settings, laid_out: pa.Table, *, asked: int | None = None) -> pa.Table:
    """Compare the records that share a key; return the pairs that may be the same, in a settled order.

    `laid_out` is the records as `settings.lay_out` gives them, with the `keys` of each. With `asked` only pairs are
    compared of which one is among the first so many records. Columns of the result:
    left, right (places in the records, left before right), probability, for every comparison the name of the
    level it came to, null where it says nothing, and the features of `settings.features`.
    """
    api = engine.splink_api()
    model = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": settings.prior,
        "blocking_rules_to_generate_predictions": [_shared_key(asked)],
        "comparisons": [_comparison(engine, settings, name) for name in settings.levels],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }
    records = api.register(laid_out)
    linker = Linker(records, model, log_level=None)
    pairs = linker.inference.predict(threshold_match_probability=settings.least_probability)
    measured = _measured(settings, pairs.physical_name, records.physical_name, _compared(laid_out))
    return _settled(settings, engine.query(measured))


def _shared_key(asked: int | None) -> dict[str, Any]:
    """Return, as Splink's settings spell it, which records are compared: those that share a key."""
    of_asked = "" if asked is None else f" AND least(l.unique_id, r.unique_id) < {asked}"
    return {"blocking_rule": f"l.keys = r.keys{of_asked}", "arrays_to_explode": ["keys"]}


def _compared(laid_out: pa.Table) -> list[str]:
    """Return the columns that levels and features speak of."""
    return [name for name in laid_out.column_names if name != "keys"]


def _measured(settings: Settings, pairs: str, records: str, columns: Sequence[str]) -> str:
    """Return the query for the pairs with their numbers of levels and their features."""
    numbers = ", ".join(
        ["unique_id_l", "unique_id_r", "match_probability", *(f"gamma_{name}" for name in settings.levels)]
    )
    if not settings.features:
        return f"SELECT {numbers} FROM {pairs} ORDER BY 1, 2"  # noqa: S608  (own names)
    left, right = (", ".join(f"{column} AS {column}_{side}" for column in columns) for side in "lr")
    features = ", ".join(f"CAST({spelled} AS DOUBLE) AS {name}" for name, spelled in settings.features.items())
    return (
        f"SELECT {numbers}, {features} FROM (SELECT {numbers} FROM {pairs}) AS compared "  # noqa: S608  (own names)
        f"JOIN (SELECT {left} FROM {records}) AS l USING (unique_id_l) "
        f"JOIN (SELECT {right} FROM {records}) AS r USING (unique_id_r) ORDER BY 1, 2"
    )


def _settled(settings: Settings, table: pa.Table) -> pa.Table:
    """Bring Splink's numbers of levels (highest first, -1 for nothing said) to their names."""
    columns = {"left": table["unique_id_l"], "right": table["unique_id_r"], "probability": table["match_probability"]}
    for name, (_, levels) in settings.levels.items():
        names = pa.array([None, *reversed(list(levels))], pa.string())
        columns[name] = names.take(pc.add(table[f"gamma_{name}"].combine_chunks(), 1))
    columns |= {name: table[name] for name in settings.features}
    return pa.table(columns)


def _comparison(engine: Engine, settings: Settings, name: str) -> dict[str, Any]:
    """Return one comparison as Splink's settings spell it, with the shipped weights."""
    silent, levels = settings.levels[name]
    weights = _weights(settings.weights)
    spelled: list[dict[str, Any]] = [
        {"sql_condition": engine.spell(silent), "label_for_charts": "says nothing", "is_null_level": True}
    ]
    for level, condition in levels.items():
        m, u = weights[name, level]
        told = {"sql_condition": condition if condition == "ELSE" else engine.spell(condition)}
        spelled.append({**told, "label_for_charts": level, "m_probability": m, "u_probability": u})
    return {"output_column_name": name, "comparison_levels": spelled}


@cache
def _weights(table: str) -> Mapping[tuple[str, str], tuple[float, float]]:
    return {(row["comparison"], row["level"]): (float(row["m"]), float(row["u"])) for row in read_table(table)}
