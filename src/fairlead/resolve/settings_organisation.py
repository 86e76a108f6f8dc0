"""How records of organisations are compared: companies, public bodies, sites, vessels, and whatever is no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from fairlead.identity.normalise import phonetic
from fairlead.resolve.block import block_keys
from fairlead.resolve.cluster import cluster
from fairlead.resolve.judge import judge
from fairlead.resolve.record import Record
from fairlead.resolve.settings import Settings, WordWeights

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

_WORDS: Final = pa.list_(pa.struct([("word", pa.string()), ("weight", pa.float64())]))
_TABLE: Final = pa.schema(
    [
        ("unique_id", pa.int32()),
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


def _lay_out(records: Sequence[Record], name_weights: WordWeights, street_weights: WordWeights) -> pa.Table:
    """Lay the records out in the columns that the conditions of LEVELS speak of."""
    rows = []
    for place, record in enumerate(records):
        name, address = record.name, record.address
        telling = _telling_words(name.folded.split(), name_weights) if record.names else []
        located = bool(address.house or address.words)
        rows.append(
            {
                "unique_id": place,
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


ORGANISATION: Final = Settings(
    kind="organisation",
    levels=LEVELS,
    weights="weights_organisation",
    prior=0.0001,
    least_probability=0.05,
    lay_out=_lay_out,
    block_keys=block_keys,
    judge=judge,
    cluster=cluster,
)
