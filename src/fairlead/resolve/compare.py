"""How alike two records are: Splink on DuckDB with weights that are shipped, not learned from the list at hand.

The weights are the shares of true pairs (m) and of chance pairs (u) that fall on each level; they stand in
tables/weights.csv and are the same for a list of twenty rows and of a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from splink import Linker, block_on

from fairlead.engine import DuckDBEngine
from fairlead.identity.normalise import phonetic
from fairlead.resolve.record import Record
from fairlead.resolve.tables import read_table

#: The share of pairs of records that are taken to be the same before anything is compared.
PRIOR: Final = 0.0001
#: Pairs below this are not even doubtful.
LEAST_PROBABILITY: Final = 0.05

_SHARED_NAME: Final = "list_sum(list_transform(list_intersect(name_words_l, name_words_r), lambda word: word.weight))"
_SHARED_STREET: Final = (
    "list_sum(list_transform(list_intersect(street_words_l, street_words_r), lambda word: word.weight))"
)
_LESSER_NAME: Final = "least(name_weight_l, name_weight_r)"
_LESSER_STREET: Final = "least(street_weight_l, street_weight_r)"
_GREATER_STREET: Final = "greatest(street_weight_l, street_weight_r)"
_SPELLING: Final = (
    "greatest(1 - levenshtein(name_l, name_r) / greatest(length(name_l), length(name_r)), "
    "1 - levenshtein(joined_l, joined_r) / greatest(length(joined_l), length(joined_r)))"
)
_SWAPPED: Final = "letters_l = letters_r AND levenshtein(joined_l, joined_r) <= 2"
_STREET_SPELLING: Final = "1 - levenshtein(street_l, street_r) / greatest(length(street_l), length(street_r))"
_SHARED_GRAMS: Final = "len(list_intersect(grams_l, grams_r))"
_LESSER_GRAMS: Final = "least(len(grams_l), len(grams_r))"
_SAME_HOUSE: Final = "house_l = house_r"
_OTHER_HOUSE: Final = "house_l IS NOT NULL AND house_r IS NOT NULL AND house_l <> house_r"
_METRES: Final = (
    "12742000 * asin(sqrt(pow(sin(radians(latitude_r - latitude_l) / 2), 2) + cos(radians(latitude_l)) "
    "* cos(radians(latitude_r)) * pow(sin(radians(longitude_r - longitude_l) / 2), 2)))"
)

#: For every comparison: when it says nothing, and the condition of each level, the first that holds.
LEVELS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "name": (
        "name_l IS NULL OR name_r IS NULL",
        {
            "same": f"list_has_any(names_l, names_r) AND {_LESSER_NAME} >= 0.9",
            "same_common": "list_has_any(names_l, names_r)",
            "sounds_alike": f"sounds_l = sounds_r OR {_SPELLING} >= 0.9",
            "contained": f"({_SHARED_NAME} >= 0.9 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.9) "
            f"OR {_SPELLING} >= 0.8 OR {_SWAPPED}",
            "overlapping": f"({_SHARED_NAME} >= 0.55 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.5) OR {_SPELLING} >= 0.7",
            "weak": f"({_SHARED_NAME} >= 0.33 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.4) OR {_SPELLING} >= 0.6",
            "different": "ELSE",
        },
    ),
    "address": (
        "street_l IS NULL OR street_r IS NULL",
        {
            "same": f"{_SAME_HOUSE} AND {_SHARED_STREET} >= 0.8 * {_LESSER_STREET}",
            "same_without_number": f"NOT ({_OTHER_HOUSE}) AND {_SHARED_STREET} >= 0.8 * {_GREATER_STREET}",
            "similar": f"({_SAME_HOUSE} AND ({_SHARED_STREET} >= 0.4 * {_LESSER_STREET} OR {_STREET_SPELLING} >= 0.7)) "
            f"OR (NOT ({_OTHER_HOUSE}) AND {_LESSER_GRAMS} >= 6 AND {_SHARED_GRAMS} >= 0.7 * {_LESSER_GRAMS})",
            "same_street": f"{_SHARED_STREET} >= 0.6 * {_LESSER_STREET}",
            "overlapping": f"{_SHARED_STREET} >= 0.3 * {_LESSER_STREET}",
            "different": "ELSE",
        },
    ),
    "postcode": (
        "postcode_l IS NULL OR postcode_r IS NULL",
        {"same": "postcode_l = postcode_r", "different": "ELSE"},
    ),
    "city": (
        "city_l IS NULL OR city_r IS NULL",
        {"same": "city_l = city_r OR levenshtein(city_l, city_r) <= length(city_l) / 6", "different": "ELSE"},
    ),
    "place": (
        "latitude_l IS NULL OR latitude_r IS NULL",
        {
            "within_200_m": f"{_METRES} <= 200",
            "within_2_km": f"{_METRES} <= 2000",
            "within_20_km": f"{_METRES} <= 20000",
            "farther": "ELSE",
        },
    ),
    "identifier": (
        "NOT list_has_any(schemes_l, schemes_r)",
        {"shared": "list_has_any(identifiers_l, identifiers_r)", "conflicting": "ELSE"},
    ),
    "legal_form": (
        "form_kind_l IS NULL OR form_kind_r IS NULL",
        {"same": "form_kind_l = form_kind_r", "different": "ELSE"},
    ),
}


def compare(
    engine: DuckDBEngine,
    records: Sequence[Record],
    keys: Sequence[Sequence[str]],
    name_weights: Mapping[str, float],
    street_weights: Mapping[str, float],
) -> pa.Table:
    """Compare the records that share a key; return the pairs that may be the same, in a settled order.

    Columns: left, right (places in `records`, left before right), probability, and for every comparison
    the name of the level it came to, null where it says nothing.
    """
    api = engine.splink_api()
    table = _table(records, keys, name_weights, street_weights)
    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": PRIOR,
        "blocking_rules_to_generate_predictions": [block_on("keys", arrays_to_explode=["keys"])],
        "comparisons": [_comparison(name) for name in LEVELS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }
    linker = Linker(api.register(table), settings, log_level=None)
    pairs = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY)
    return _settled(engine, pairs.physical_name)


def _settled(engine: DuckDBEngine, pairs: str) -> pa.Table:
    """Bring Splink's numbers of levels (highest first, -1 for nothing said) to their names, and the rows to order."""
    numbers = ", ".join(f"gamma_{name}" for name in LEVELS)
    table = engine.query(
        f"SELECT unique_id_l, unique_id_r, match_probability, {numbers} FROM {pairs} ORDER BY 1, 2"  # noqa: S608  (own names)
    )
    columns = {"left": table["unique_id_l"], "right": table["unique_id_r"], "probability": table["match_probability"]}
    for name, (_, levels) in LEVELS.items():
        names = pa.array([None, *reversed(list(levels))], pa.string())
        columns[name] = names.take(pc.add(table[f"gamma_{name}"].combine_chunks(), 1))
    return pa.table(columns)


def _comparison(name: str) -> dict[str, Any]:
    """Return one comparison as Splink's settings spell it, with the shipped weights."""
    silent, levels = LEVELS[name]
    weights = _weights()
    spelled: list[dict[str, Any]] = [
        {"sql_condition": silent, "label_for_charts": "says nothing", "is_null_level": True}
    ]
    for level, condition in levels.items():
        m, u = weights[name, level]
        spelled.append({"sql_condition": condition, "label_for_charts": level, "m_probability": m, "u_probability": u})
    return {"output_column_name": name, "comparison_levels": spelled}


@cache
def _weights() -> Mapping[tuple[str, str], tuple[float, float]]:
    return {(row["comparison"], row["level"]): (float(row["m"]), float(row["u"])) for row in read_table("weights")}


_WORDS: Final = pa.list_(pa.struct([("word", pa.string()), ("weight", pa.float64())]))
_TABLE: Final = pa.schema(
    [
        ("unique_id", pa.int32()),
        ("keys", pa.list_(pa.string())),
        ("name", pa.string()),
        ("names", pa.list_(pa.string())),
        ("joined", pa.string()),
        ("letters", pa.string()),
        ("sounds", pa.string()),
        ("name_words", _WORDS),
        ("name_weight", pa.float64()),
        ("street", pa.string()),
        ("grams", pa.list_(pa.string())),
        ("street_words", _WORDS),
        ("street_weight", pa.float64()),
        ("house", pa.string()),
        ("postcode", pa.string()),
        ("city", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("schemes", pa.list_(pa.string())),
        ("identifiers", pa.list_(pa.string())),
        ("form_kind", pa.string()),
    ]
)


def _table(
    records: Sequence[Record],
    keys: Sequence[Sequence[str]],
    name_weights: Mapping[str, float],
    street_weights: Mapping[str, float],
) -> pa.Table:
    """Lay the records out in the columns that the conditions of LEVELS speak of."""
    rows = []
    for place, (record, own) in enumerate(zip(records, keys, strict=True)):
        name, address = record.name, record.address
        telling = _telling_words(name.folded.split(), name_weights) if record.names else []
        located = bool(address.house or address.words)
        rows.append(
            {
                "unique_id": place,
                "keys": own,
                "name": " ".join(sorted(telling)) or None,
                "names": record.names,
                "joined": "".join(telling) or None,
                "letters": "".join(sorted("".join(telling))) or None,
                "sounds": " ".join(record.sounds),
                "name_words": _weighed(record.sounds, name_weights),
                "name_weight": sum(name_weights[word] for word in record.sounds),
                "street": " ".join(address.words) if located else None,
                "grams": sorted({address.spelled[at : at + 3] for at in range(len(address.spelled) - 2)}),
                "street_words": _weighed(address.words, street_weights),
                "street_weight": sum(street_weights[word] for word in address.words),
                "house": address.house,
                "postcode": address.postcode,
                "city": record.city,
                "latitude": record.latitude,
                "longitude": record.longitude,
                "schemes": sorted({scheme for scheme, _ in record.identifiers}),
                "identifiers": [f"{scheme}:{value}" for scheme, value in record.identifiers],
                "form_kind": None if name.legal_kind == "general" else name.legal_kind,
            }
        )
    return pa.Table.from_pylist(rows, schema=_TABLE)


def _telling_words(words: Sequence[str], weights: Mapping[str, float]) -> list[str]:
    """Return the words by which a name is told from others, by their sound: of at least half its rarest's weight.

    Spellings are compared in these alone, so that Raze Cleaning and Shati Cleaning are not alike.
    """
    sounds = [phonetic(word) for word in words]
    rarest = max(weights.get(sound, 0.0) for sound in sounds)
    return [sound for sound in sounds if weights.get(sound, 0.0) >= rarest / 2]


def _weighed(words: Sequence[str], weights: Mapping[str, float]) -> list[dict[str, str | float]]:
    return [{"word": word, "weight": weights[word]} for word in words]
