"""How records of persons are compared: by the parts of the name, birth, places, occupation and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.normalise import phonetic
from fairlead.resolve.block_person import block_keys
from fairlead.resolve.cluster_person import cluster
from fairlead.resolve.judge_person import judge
from fairlead.resolve.person import Person, formal_names, left_out, postcode_area
from fairlead.resolve.record import Record
from fairlead.resolve.settings import Settings, WordWeights

#: A name is rare or common by its share among the records and this many others that have none like it, so that a
#: list of twenty rows and a long one are treated alike.
_OTHERS: Final = 2_000
_RARE: Final = 0.0008
_COMMON: Final = 0.005

_BOTH_INITIAL: Final = "least(length(given_l), length(given_r)) = 1 AND left(given_l, 1) = left(given_r, 1)"
_FAMILY_SAME: Final = "family_l = family_r"
_FAMILY_NEAR: Final = (
    "(family_sound_l = family_sound_r OR levenshtein(family_l, family_r) <= "
    "CASE WHEN least(length(family_l), length(family_r)) >= 8 THEN 2 "
    "WHEN least(length(family_l), length(family_r)) >= 4 THEN 1 ELSE 0 END)"
)
_BIRTH_DAY: Final = "length(birth_l) = 8 AND length(birth_r) = 8"
_PLACEHOLDER: Final = "right(birth_l, 4) = '0101'"
_PLACEHOLDERS: Final = f"{_PLACEHOLDER} AND right(birth_r, 4) = '0101'"
_NO_POSTCODES: Final = "postcode_l IS NULL OR postcode_r IS NULL"
_NO_BIRTH_PLACES: Final = "birth_place_l IS NULL OR birth_place_r IS NULL"

#: For every comparison: when it says nothing, and the condition of each level, the first that holds.
LEVELS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "family": (
        "family_l IS NULL OR family_r IS NULL",
        {
            "same_rare": f"{_FAMILY_SAME} AND family_share_l <= {_RARE}",
            "same": f"{_FAMILY_SAME} AND family_share_l <= {_COMMON}",
            "same_common": _FAMILY_SAME,
            "near": _FAMILY_NEAR,
            "similar": "jaro_winkler_similarity(family_l, family_r) >= 0.88",
            "elsewhere_rare": "list_contains(rare_l, family_r) OR list_contains(rare_r, family_l)",
            "elsewhere": "list_contains(words_l, family_r) OR list_contains(words_r, family_l)",
            "different": "ELSE",
        },
    ),
    "given": (
        "given_l IS NULL OR given_r IS NULL",
        {
            "same_rare": f"given_l = given_r AND given_share_l <= {_COMMON}",
            "same": "given_l = given_r",
            "short_form": "list_has_any(formal_l, formal_r)",
            "near": "levenshtein(given_l, given_r) <= 1 AND least(length(given_l), length(given_r)) >= 4 "
            "OR jaro_winkler_similarity(given_l, given_r) >= 0.93",
            "initial": _BOTH_INITIAL,
            "elsewhere_rare": "list_contains(rare_l, given_r) OR list_contains(rare_r, given_l)",
            "elsewhere": "list_contains(words_l, given_r) OR list_contains(words_r, given_l)",
            "similar": "jaro_winkler_similarity(given_l, given_r) >= 0.8",
            "different": "ELSE",
        },
    ),
    "birth": (
        "birth_l IS NULL OR birth_r IS NULL",
        {
            "same": f"birth_l = birth_r AND NOT {_PLACEHOLDER}",
            "same_placeholder": "birth_l = birth_r",
            "one_digit": f"{_BIRTH_DAY} AND levenshtein(birth_l, birth_r) = 1 AND NOT ({_PLACEHOLDERS})",
            "one_digit_of_year": f"{_BIRTH_DAY} AND levenshtein(birth_l, birth_r) = 1",
            "swapped": f"{_BIRTH_DAY} AND birth_parts_l = birth_parts_r",
            "two_digits": f"{_BIRTH_DAY} AND levenshtein(birth_l, birth_r) = 2",
            "same_year": "left(birth_l, 4) = left(birth_r, 4)",
            "different": "ELSE",
        },
    ),
    "place": (  # one comparison, since a postcode and a place of birth often say the same
        f"({_NO_POSTCODES}) AND ({_NO_BIRTH_PLACES})",
        {
            "same_postcode": "postcode_l = postcode_r",
            "near_postcode": "levenshtein(postcode_l, postcode_r) = 1 OR postcode_signs_l = postcode_signs_r",
            "same_birth_place_and_area": "birth_place_l = birth_place_r AND area_l = area_r",
            "same_birth_place": "birth_place_l = birth_place_r",
            "same_area": "area_l = area_r",
            "alike": "list_has_any(birth_place_words_l, birth_place_words_r) "
            "OR jaro_winkler_similarity(birth_place_l, birth_place_r) >= 0.9",
            "similar_postcode": "left(postcode_l, 2) = left(postcode_r, 2) OR levenshtein(postcode_l, postcode_r) = 2",
            "different": "ELSE",
        },
    ),
    "occupation": (
        "occupation_l IS NULL OR occupation_r IS NULL",
        {
            "same_rare": f"occupation_l = occupation_r AND occupation_share_l <= {_COMMON}",
            "same": "occupation_l = occupation_r",
            "different": "ELSE",
        },
    ),
    "gender": (
        "gender_l IS NULL OR gender_r IS NULL",
        {"same": "gender_l = gender_r", "different": "ELSE"},
    ),
    "street": (
        "street_l IS NULL OR street_r IS NULL",
        {
            "same": "street_l = street_r AND (house_l IS NULL OR house_r IS NULL OR house_l = house_r)",
            "alike": "list_has_any(street_words_l, street_words_r) "
            "OR jaro_winkler_similarity(street_l, street_r) >= 0.85",
            "different": "ELSE",
        },
    ),
    "city": (
        "city_l IS NULL OR city_r IS NULL",
        {"same": "city_l = city_r OR levenshtein(city_l, city_r) <= length(city_l) / 5", "different": "ELSE"},
    ),
    "number": (
        "number_l IS NULL OR number_r IS NULL",
        {
            "same": "number_l = number_r",
            "one_sign": "levenshtein(number_l, number_r) = 1 OR number_signs_l = number_signs_r",
            "different": "ELSE",
        },
    ),
    "phone": (
        "phone_l IS NULL OR phone_r IS NULL",
        {"same": "phone_l = phone_r", "different": "ELSE"},
    ),
    "email": (
        "email_l IS NULL OR email_r IS NULL",
        {
            "same": "email_l = email_r",
            "same_name": "levenshtein(email_l, email_r) <= 2 OR email_name_l = email_name_r",
            "different": "ELSE",
        },
    ),
    "country": (
        "country_l IS NULL OR country_r IS NULL",
        {"same": "country_l = country_r", "different": "ELSE"},
    ),
    "identifier": (
        "NOT list_has_any(schemes_l, schemes_r)",
        {"shared": "list_has_any(identifiers_l, identifiers_r)", "conflicting": "ELSE"},
    ),
}

_TABLE: Final = pa.schema(
    [
        ("unique_id", pa.int32()),
        ("given", pa.string()),
        ("given_share", pa.float64()),
        ("formal", pa.list_(pa.string())),
        ("family", pa.string()),
        ("family_sound", pa.string()),
        ("family_share", pa.float64()),
        ("words", pa.list_(pa.string())),
        ("rare", pa.list_(pa.string())),  # those of the words that few have
        ("birth", pa.string()),
        ("birth_parts", pa.string()),  # its parts in order, so that day and month may be swapped
        ("birth_place", pa.string()),
        ("birth_place_words", pa.list_(pa.string())),
        ("gender", pa.string()),
        ("occupation", pa.string()),
        ("occupation_share", pa.float64()),
        ("street", pa.string()),
        ("street_words", pa.list_(pa.string())),
        ("house", pa.string()),
        ("postcode", pa.string()),
        ("postcode_signs", pa.string()),  # its signs in order, so that two may be swapped
        ("area", pa.string()),
        ("city", pa.string()),
        ("country", pa.string()),
        ("number", pa.string()),
        ("number_signs", pa.string()),
        ("phone", pa.string()),
        ("email", pa.string()),
        ("email_name", pa.string()),  # what stands before the @
        ("schemes", pa.list_(pa.string())),
        ("identifiers", pa.list_(pa.string())),
    ]
)
_WHOLE_DATE: Final = len("YYYYMMDD")


def _lay_out(records: Sequence[Record], name_weights: WordWeights, street_weights: WordWeights) -> pa.Table:
    """Lay the records out in the columns that the conditions of LEVELS speak of."""
    persons = [record.person for record in records if record.person is not None]
    families = _shares(person.family for person in persons)
    givens = _shares(person.given for person in persons)
    words = _shares(word for person in persons for word in person.words)
    occupations = _shares(person.occupation for person in persons)
    rows = []
    for place, record in enumerate(records):
        person, address = record.person, record.address
        assert person is not None
        rows.append(
            {
                "unique_id": place,
                **_names(person),
                "rare": [word for word in person.words if words[word] <= _RARE],
                "given_share": givens.get(person.given),
                "family_share": families.get(person.family),
                "birth": person.birth,
                "birth_parts": _parts(person.birth),
                "birth_place": person.birth_place,
                "birth_place_words": sorted(set((person.birth_place or "").split()) - left_out("place")),
                "gender": person.gender,
                "occupation": person.occupation,
                "occupation_share": occupations.get(person.occupation),
                "street": " ".join(address.words) or None,
                "street_words": address.words,
                "house": address.house,
                "postcode": address.postcode,
                "postcode_signs": _signs(address.postcode),
                "area": postcode_area(address.postcode),
                "city": record.city,
                "country": record.country,
                "number": person.number,
                "number_signs": _signs(person.number),
                "phone": person.phone,
                "email": person.email,
                "email_name": person.email.partition("@")[0] if person.email else None,
                "schemes": sorted({scheme for scheme, _ in record.identifiers}),
                "identifiers": [f"{scheme}:{value}" for scheme, value in record.identifiers],
            }
        )
    return pa.Table.from_pylist(rows, schema=_TABLE)


def _names(person: Person) -> dict[str, Any]:
    return {
        "given": person.given,
        "formal": sorted(formal_names(person.given)) if person.given else [],
        "family": person.family,
        "family_sound": phonetic(person.family) if person.family else None,
        "words": person.words,
    }


def _shares(values: Any) -> dict[str | None, float]:
    counts = Counter(value for value in values if value is not None)
    total = sum(counts.values()) + _OTHERS
    return {value: count / total for value, count in counts.items()}


def _parts(birth: str | None) -> str | None:
    """Return the year, and month and day in order of size."""
    if birth is None or len(birth) != _WHOLE_DATE:
        return birth
    return birth[:4] + "".join(sorted((birth[4:6], birth[6:])))


def _signs(text: str | None) -> str | None:
    return "".join(sorted(text)) if text else None


PERSON: Final = Settings(
    kind="person",
    levels=LEVELS,
    weights="weights_person",
    prior=0.0002,
    least_probability=0.05,
    lay_out=_lay_out,
    block_keys=block_keys,
    judge=judge,
    cluster=cluster,
)
