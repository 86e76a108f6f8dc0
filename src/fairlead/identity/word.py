"""What single words of names are: somebody's own, a place, a trade, a number; and what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from fairlead.identity.normalise import fold
from fairlead.identity.tables import read_csv_table, read_yaml_table
from fairlead.reference import load_csv

#: A number, or a single letter, within a name.
NUMBER_WEIGHT: Final = 0.4
LETTER_WEIGHT: Final = 0.4
#: The classes of name_words.yaml, and what a word is that belongs to none.
OWN: Final = "own"
NUMBER: Final = "number"
LETTER: Final = "letter"

_SHORTEST_WORD: Final = 3
_SHORTEST_STEM: Final = 3
_SHORTEST_MISSPELT: Final = 5
_NUMBER: Final = re.compile(r"\d+")
_REMEMBERED: Final = 2**18


@dataclass(frozen=True, slots=True)
class WordClass:
    """The class of a word and what a word of it tells, from 0 to 1."""

    name: str
    weight: float


_OWN: Final = WordClass(OWN, 1.0)
_NUMBER_CLASS: Final = WordClass(NUMBER, NUMBER_WEIGHT)
_LETTER_CLASS: Final = WordClass(LETTER, LETTER_WEIGHT)


@lru_cache(maxsize=_REMEMBERED)
def word_class(word: str) -> WordClass:
    """Return the class of a folded word."""
    known = _classes().get(word)
    if known is not None:
        return known
    if _NUMBER.fullmatch(word):
        return _NUMBER_CLASS
    return _LETTER_CLASS if len(word) == 1 else _OWN


def class_weight(word: str) -> float:
    """Return what a word tells by its class alone, from 0 to 1."""
    return word_class(word).weight


@cache
def _classes() -> Mapping[str, WordClass]:
    """Return the class of every word that belongs to one; a word of two classes has the one that weighs less."""
    classes: dict[str, WordClass] = {}
    table = read_yaml_table("name_words")["classes"]

    def add(words: Iterable[str], name: str) -> None:
        found = WordClass(name, table[name]["weight"])
        for word in words:
            classes[word] = min(found, classes.get(word, _OWN), key=lambda one: one.weight)

    for name, entry in table.items():
        add((part for word in entry["words"] for part in str(word).split()), name)
    trades = set(table["trade"]["words"])
    add((row["word"] for row in read_csv_table("generic_words") if row["word"] not in trades), "business")
    for row in load_csv("countries"):
        add((word for word in fold(row["name"]).split() if len(word) >= _SHORTEST_WORD), "place")
    return classes


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """Return a word of a class without the ending of its plural: industries and industry give industr."""
    for ending in ("ies", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@cache
def ordinary_words() -> frozenset[str]:
    """Return ordinary words that many firms bear as their own."""
    return frozenset(map(str, read_yaml_table("name_words")["common_words"]))


@lru_cache(maxsize=_REMEMBERED)
def is_misspelt_form(word: str) -> bool:
    """Whether a word is a word of a legal form but for one letter: aktiengeselschaft, joynt (stock company)."""
    return len(word) >= _SHORTEST_MISSPELT and any(
        abs(len(form) - len(word)) <= 1 and OSA.distance(word, form, score_cutoff=1) <= 1 for form in _long_form_words()
    )


@cache
def _long_form_words() -> tuple[str, ...]:
    words = map(str, read_yaml_table("name_words")["classes"]["particle"]["words"])
    return tuple(sorted(word for word in words if len(word) >= _SHORTEST_MISSPELT))
