"""What one heading says: the field, the identifier scheme, the currency, thousands or millions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from fairlead.read.amount import find_multiplier
from fairlead.read.currency import find_currency, is_currency_word
from fairlead.read.words import (
    COORDINATES,
    NOT_USED,
    HeadingName,
    heading_key,
    heading_names,
    heading_words,
    workforce_words,
)

#: Stands between the two parts of a heading in two rows.
BETWEEN_ROWS: Final = " › "

#: How sure a heading is of its field.
EXACT: Final = 3
CONTAINED: Final = 2
MISSPELT: Final = 1

_LONGEST_HEADING: Final = 12
_SHORTEST_TYPO: Final = 5
_TYPO_RATIO: Final = 85
_BETWEEN_LANGUAGES: Final = re.compile(r"\s*[/|\n]\s*")
_WORD: Final = re.compile(r"[^\s,;:/()\[\]{}«»\"]+")
_PARTY_FIELDS: Final = frozenset(
    {
        "identifiers",
        "address",
        "city",
        "region",
        "country",
        "other_names",
        "latitude",
        "longitude",
        "list_id",
        "postcode",
        "given_name",
        "surname",
        "birth_date",
        "phone",
        "email",
    }
)

#: Beside other words these are about something else than the supplier: "product id", "name of the email account".
_NOT_OF_SUPPLIERS: Final = frozenset(
    {
        NOT_USED,
        "list_id",
        "given_name",
        "surname",
        "birth_date",
        "birth_place",
        "gender",
        "occupation",
        "phone",
        "email",
    }
)

_OTHER_PARTIES: Final = frozenset(
    {"customer", "parent", "controller", "operator", "subcontracts_for", "labour_provider"}
)

#: Where two names of equal length stand in a heading, the later of these gives way: "supplier city" is a city.
_GIVES_WAY: Final = (
    "postcode", "product", "labour_provider", "customer", "subcontracts_for", "operator", "controller", "parent",
    "name",
)  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What a heading says of its column."""

    text: str
    field: str | None
    certainty: int = 0
    rank: int = 0
    scheme: str | None = None
    currency: str | None = None
    currency_word: str = ""
    multiplier: int = 1
    workforce: str | None = None


@lru_cache(maxsize=8192)
def read_heading(text: str) -> Heading:
    """Return what a heading says; the field is None where it is not known at all."""
    key = heading_key(text)
    if not key:
        return Heading(text, None)
    currency_word, currency, bare, multiplier = _money(text)
    found, certainty = _find(key)
    if certainty < EXACT and (part := _part_in_use(text)) is not None:
        found, certainty = part, EXACT
    if certainty < EXACT and bare != key:
        again, surer = _find(bare)
        if surer > certainty:
            found, certainty = again, surer
    if found is None:
        return Heading(text, None, currency=currency, currency_word=currency_word, multiplier=multiplier)
    field = found.field
    if (field in _PARTY_FIELDS and _of_another(key)) or (field == "list_id" and certainty < EXACT):
        field = NOT_USED  # a contact's name, the number of a product
    money = field == "spend"
    return Heading(
        text,
        field,
        certainty,
        found.rank,
        found.scheme if field == "identifiers" else None,
        currency if money else None,
        currency_word if money else "",
        multiplier if money else 1,
        _workforce(key) if field == "workforce" else None,
    )


def combine(upper: str, lower: str) -> Heading:
    """Return what a heading in two rows says, the upper one often standing over several columns.

    The lower decides ("Address" over "City"), except where the upper names another party ("Customer" over "Name")
    or something else with a name ("Product" over "Name").
    """
    if not lower or heading_key(lower) == heading_key(upper):
        return read_heading(upper)
    if not upper:
        return read_heading(lower)
    over, under, both = read_heading(upper), read_heading(lower), read_heading(f"{upper} {lower}")
    return _relabel(_combined(over, under, both), f"{upper}{BETWEEN_ROWS}{lower}")


def _combined(over: Heading, under: Heading, both: Heading) -> Heading:
    """Return the one of three readings that counts: the upper row, the lower, or both as one heading."""
    other_party = over.field in _OTHER_PARTIES
    if over.certainty >= CONTAINED and under.field in ("name", "other_names"):
        if other_party or over.field in ("product", NOT_USED):
            return over
    elif other_party and under.field in _PARTY_FIELDS:
        return Heading("", NOT_USED, EXACT)
    if under.certainty < EXACT:
        under = max((both, under, over), key=lambda each: each.certainty)
    if under.field == "spend" and not under.currency and both.field == "spend":
        return both
    return under


def _relabel(heading: Heading, label: str) -> Heading:
    return replace(heading, text=label)


def _find(key: str) -> tuple[HeadingName | None, int]:
    names = heading_names()
    if key in names:
        return names[key], EXACT
    words = key.split()
    if len(words) <= _LONGEST_HEADING:
        found = _longest_inside(words) or _longest_inside([word for word in words if not word.isdigit()])
        if found is not None:
            return found, CONTAINED
    if len(key) >= _SHORTEST_TYPO and len(words) <= _LONGEST_HEADING // 2:
        near = process.extractOne(key, _long_names(), scorer=fuzz.ratio, score_cutoff=_TYPO_RATIO)
        if near is not None:
            return names[near[0]], MISSPELT
    return None, 0


def _part_in_use(text: str) -> HeadingName | None:
    """Return what a heading in two languages ("Численность / Саны") says where its parts do not contradict."""
    names = heading_names()
    parts = [names.get(heading_key(part)) for part in _BETWEEN_LANGUAGES.split(text)]
    known = [part for part in parts if part is not None and part.field != NOT_USED]
    return known[0] if len(parts) > 1 and len({part.field for part in known}) == 1 else None


@lru_cache(maxsize=1)
def _long_names() -> tuple[str, ...]:
    return tuple(sorted(key for key in heading_names() if len(key) >= _SHORTEST_TYPO))


def _longest_inside(words: list[str]) -> HeadingName | None:
    """Return the longest known name that stands in the heading as whole words, a short one only in a short heading."""
    names = heading_names()
    for length in range(len(words), 0, -1):
        if length * 4 < len(words):
            break
        inside = [
            names[phrase]
            for start in range(len(words) - length + 1)
            if (phrase := " ".join(words[start : start + length])) in names and (length > 1 or len(phrase) > 2)  # noqa: PLR2004
        ]
        if inside:
            return min(inside, key=_precedence)
    return None


def _precedence(name: HeadingName) -> tuple[int, int]:
    if name.field in _NOT_OF_SUPPLIERS:
        return (0, name.rank)
    place = _GIVES_WAY.index(name.field) + 2 if name.field in _GIVES_WAY else 1
    return (place, name.rank)


def _of_another(key: str) -> bool:
    padded = f" {key}"
    return any(f" {stem}" in padded for stem in heading_words("other_parties"))


def _money(text: str) -> tuple[str, str | None, str, int]:
    """Return the currency word in a heading, its code, the heading without both, and the multiplier."""
    rest, multiplier = find_multiplier(re.sub(r"[(),\[\]]", " ", text))
    words = [word.strip(".") for word in _WORD.findall(rest)]
    for length in (2, 1):
        for start in range(len(words) - length, -1, -1):
            phrase = " ".join(words[start : start + length])
            if is_currency_word(phrase) and phrase.casefold() not in heading_names():
                bare = " ".join(words[:start] + words[start + length :])
                return phrase, find_currency(phrase), heading_key(bare), multiplier
    return "", None, heading_key(rest), multiplier


def _workforce(key: str) -> str | None:
    padded = f" {key}"
    tags = sorted({tag for word, tag in workforce_words() if f" {word}" in padded})
    return tags[0] if len(tags) == 1 else None


def is_coordinates(heading: Heading) -> bool:
    """Whether the heading is of a column that holds latitude and longitude."""
    return heading.field == COORDINATES
