"""How records of organisations are compared: companies, public bodies, sites, vessels, and whatever is no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from fairlead.identity.normalise import phonetic
from fairlead.resolve.block import block_keys
from fairlead.resolve.cluster import cluster
from fairlead.resolve.judge import judge, numbers_in
from fairlead.resolve.record import Record
from fairlead.resolve.rescore import Rescorer
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
_SHARED_NAME_GRAMS: Final = "len(list_intersect(name_grams_l, name_grams_r))"
_INITIALS: Final = "list_has_any(initials_l, short_words_r) OR list_has_any(initials_r, short_words_l)"
#: Three words of one name, and most of its words, begin words of the other: Children's Dev Inst.
_ABBREVIATED: Final = (
    "(len(list_intersect(words_l, beginnings_r)) >= greatest(3, 0.75 * len(words_l)) "
    "OR len(list_intersect(words_r, beginnings_l)) >= greatest(3, 0.75 * len(words_r)))"
)
_LESSER_NAME_GRAMS: Final = "least(len(name_grams_l), len(name_grams_r))"
_LESSER_TELLING_GRAMS: Final = "least(len(telling_grams_l), len(telling_grams_r))"
#: Most letters of one name stand in the other, however its words are divided; some of those of its telling words.
_MOST_GRAMS: Final = (
    f"({_LESSER_NAME_GRAMS} >= 6 AND {_SHARED_NAME_GRAMS} >= 0.75 * {_LESSER_NAME_GRAMS} "
    "AND (substr(whole_l, 1, 3) = substr(whole_r, 1, 3) OR contains(whole_l, whole_r) OR contains(whole_r, whole_l)))"
)
_SOME_GRAMS: Final = (
    f"({_LESSER_TELLING_GRAMS} >= 6 "
    f"AND len(list_intersect(telling_grams_l, telling_grams_r)) >= 0.4 * {_LESSER_TELLING_GRAMS})"
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
            "sounds_alike": f"sounds_l = sounds_r OR whole_l = whole_r OR {_SPELLING} >= 0.9",
            "contained": f"({_SHARED_NAME} >= 0.9 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.9) "
            f"OR {_SPELLING} >= 0.8 OR {_SWAPPED}",
            "overlapping": f"({_SHARED_NAME} >= 0.55 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.5) "
            f"OR {_SPELLING} >= 0.7 OR {_MOST_GRAMS} OR {_ABBREVIATED}",
            "weak": f"({_SHARED_NAME} >= 0.33 * {_LESSER_NAME} AND {_SHARED_NAME} >= 0.4) "
            f"OR {_SPELLING} >= 0.6 OR {_SOME_GRAMS} OR {_INITIALS}",
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

_WHOLE_SPELLING: Final = "1 - levenshtein(whole_l, whole_r) / greatest(length(whole_l), length(whole_r))"
_BOTH_DIGITS: Final = "len(digits_l) > 0 AND len(digits_r) > 0"


def _found_digits(one: str, other: str) -> str:
    """Return how much of the digits of one address stands in the other, also run together: 99 and 101 in 99101."""
    found = (
        f"list_filter(digits_{one}, lambda number: list_contains(digits_{other}, number) "
        f"OR (length(number) > 1 AND contains(run_of_digits_{other}, number)))"
    )
    return (
        f"coalesce(list_sum(list_transform({found}, lambda number: length(number))), 0) / length(run_of_digits_{one})"
    )


def _in_any_name(measure: str) -> str:
    """Return 1 where one of the names of either record is one of the other's, else the measure of the first names."""
    return f"CASE WHEN list_has_any(names_l, names_r) THEN 1 ELSE {measure} END"


#: What the re-scorer weighs, each from 0 to 1, null where one of the records does not say.
FEATURES: Final[Mapping[str, str]] = {
    "name_equal": "whole_l = whole_r OR list_has_any(names_l, names_r)",
    "name_words": _in_any_name(f"coalesce({_SHARED_NAME}, 0) / greatest(name_weight_l, name_weight_r)"),
    "name_spelling": _in_any_name(f"greatest({_SPELLING}, {_WHOLE_SPELLING})"),
    "name_grams_of_lesser": _in_any_name(f"{_SHARED_NAME_GRAMS} / {_LESSER_NAME_GRAMS}"),
    "name_grams": _in_any_name(f"{_SHARED_NAME_GRAMS} / greatest(len(name_grams_l), len(name_grams_r))"),
    "street_words_of_lesser": f"coalesce({_SHARED_STREET}, 0) / nullif({_LESSER_STREET}, 0)",
    "street_words": f"coalesce({_SHARED_STREET}, 0) / nullif({_GREATER_STREET}, 0)",
    "street_grams_of_lesser": f"{_SHARED_GRAMS} / nullif({_LESSER_GRAMS}, 0)",
    "street_grams": "CASE WHEN street_l IS NOT NULL AND street_r IS NOT NULL "
    f"THEN coalesce({_SHARED_GRAMS} / nullif(greatest(len(grams_l), len(grams_r)), 0), 0) END",
    "digits_of_lesser": f"CASE WHEN {_BOTH_DIGITS} "
    f"THEN greatest({_found_digits('l', 'r')}, {_found_digits('r', 'l')}) END",
    "digits": f"CASE WHEN {_BOTH_DIGITS} THEN len(list_intersect(digits_l, digits_r)) "
    "/ greatest(len(list_distinct(digits_l)), len(list_distinct(digits_r))) END",
    "other_house": f"{_OTHER_HOUSE} AND NOT list_contains(houses_l, house_r) AND NOT list_contains(houses_r, house_l)",
    "other_postcode": "postcode_l <> postcode_r",
    "other_city": "city_l <> city_r",
    "other_country": "coalesce(country_l <> country_r, false)",
    "other_number_in_name": "len(name_numbers_l) > 0 AND len(name_numbers_r) > 0 "
    "AND NOT list_has_any(name_numbers_l, name_numbers_r)",
    "number_in_one_name": "(len(name_numbers_l) > 0) <> (len(name_numbers_r) > 0)",
}

#: Without an address on both sides the re-scorer has nothing to say.
NEEDS: Final = ("street_grams",)

_GRAM: Final = 3
_SHORTEST_BEGINNING: Final = 2
_SHORTEST_INITIALS, _LONGEST_INITIALS = 3, 6
_SMALL_WORDS: Final = frozenset({"and", "of", "the", "for", "de", "i", "ve"})
_WORDS: Final = pa.list_(pa.struct([("word", pa.string()), ("weight", pa.float64())]))
_TABLE: Final = pa.schema(
    [
        ("unique_id", pa.int32()),
        ("name", pa.string()),
        ("names", pa.list_(pa.string())),
        ("joined", pa.string()),
        ("letters", pa.string()),
        ("whole", pa.string()),
        ("name_grams", pa.list_(pa.string())),
        ("telling_grams", pa.list_(pa.string())),
        ("name_numbers", pa.list_(pa.string())),
        ("words", pa.list_(pa.string())),
        ("beginnings", pa.list_(pa.string())),
        ("initials", pa.list_(pa.string())),
        ("short_words", pa.list_(pa.string())),
        ("sounds", pa.string()),
        ("name_words", _WORDS),
        ("name_weight", pa.float64()),
        ("street", pa.string()),
        ("grams", pa.list_(pa.string())),
        ("street_words", _WORDS),
        ("street_weight", pa.float64()),
        ("house", pa.string()),
        ("houses", pa.list_(pa.string())),
        ("digits", pa.list_(pa.string())),
        ("run_of_digits", pa.string()),
        ("postcode", pa.string()),
        ("city", pa.string()),
        ("country", pa.string()),
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
        whole = phonetic(name.folded.replace(" ", "")) if record.names else ""
        located = bool(address.house or address.words)
        rows.append(
            {
                "unique_id": place,
                "name": " ".join(sorted(telling)) or None,
                "names": record.names,
                "joined": "".join(telling) or None,
                "letters": "".join(sorted("".join(telling))) or None,
                "whole": whole or None,
                "name_grams": grams(whole),
                "telling_grams": grams("".join(telling)),
                "words": record.sounds,
                "beginnings": beginnings(record.sounds),
                "initials": initials(name.folded.split()),
                "short_words": short_words(name.folded.split()),
                "name_numbers": sorted(numbers_in(name.folded)),
                "sounds": " ".join(record.sounds),
                "name_words": _weighed(record.sounds, name_weights),
                "name_weight": sum(name_weights[word] for word in record.sounds),
                "street": " ".join(address.words) if located else None,
                "grams": grams(address.spelled),
                "street_words": _weighed(address.words, street_weights),
                "street_weight": sum(street_weights[word] for word in address.words),
                "house": address.house,
                "houses": address.numbers,
                "digits": address.digits,
                "run_of_digits": "".join(address.digits) or None,
                "postcode": address.postcode,
                "city": record.city,
                "country": record.country,
                "latitude": record.latitude,
                "longitude": record.longitude,
                "schemes": sorted({scheme for scheme, _ in record.identifiers}),
                "identifiers": [f"{scheme}:{value}" for scheme, value in record.identifiers],
                "form_kind": None if name.legal_kind == "general" else name.legal_kind,
            }
        )
    return pa.Table.from_pylist(rows, schema=_TABLE)


def grams(text: str) -> list[str]:
    """Return the distinct runs of three letters of a text, in alphabetical order."""
    return sorted({text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)})


def beginnings(words: Sequence[str]) -> list[str]:
    """Return every way in which the words may be cut short, the words themselves included: dev, inst."""
    return sorted(
        {word[:length] for word in words for length in range(_SHORTEST_BEGINNING, len(word) + 1)} | set(words)
    )


def initials(words: Sequence[str]) -> list[str]:
    """Return the initials of runs of three to six words that follow each other: byc of Bright Youth Centre."""
    letters = [word[0] for word in words if word not in _SMALL_WORDS]
    runs = {
        "".join(letters[at : at + length])
        for length in range(_SHORTEST_INITIALS, _LONGEST_INITIALS + 1)
        for at in range(len(letters) - length + 1)
    }
    return sorted(runs)


def short_words(words: Sequence[str]) -> list[str]:
    """Return the words that may be initials, single letters that follow each other run together: b y c is byc."""
    joined = "".join(word if len(word) == 1 else f" {word} " for word in words).split()
    return sorted({word for word in joined if _SHORTEST_INITIALS <= len(word) <= _LONGEST_INITIALS})


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
    least_probability=0.001,
    features=FEATURES,
    rescorer=Rescorer.shipped("organisation"),
    lay_out=_lay_out,
    block_keys=block_keys,
    judge=judge,
    cluster=cluster,
)
