"""What single words of names are: own, a place, a trade, a number; one spelling of a name, its short form, its sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

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
_NUMBER: Final = re.compile(r"\d+")
#: The sounds of scripts that write no short vowels, and the letters that stand for them in Latin.
_CONSONANTS: Final = (
    ("sh", "s"), ("ch", "s"), ("th", "t"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("zh", "s"), ("ph", "f"), ("dj", "j"),
    ("p", "b"), ("v", "f"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("g", "k"), ("j", "k"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"[aeiouyw]+")
_DOUBLED: Final = re.compile(r"(.)\1+")
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


@cache
def _persons() -> Mapping[str, object]:
    table: Mapping[str, object] = read_yaml_table("person_names")
    return table


def _listed(section: str) -> Iterable[str]:
    words = _persons()[section]
    assert isinstance(words, list)
    return (str(word) for word in words)


@cache
def _spellings() -> Mapping[str, str]:
    families = _persons()["spellings"]
    assert isinstance(families, list)
    return {word: family[0] for family in families for word in family}


@cache
def _short_forms() -> Mapping[str, frozenset[str]]:
    table = _persons()["short_forms"]
    assert isinstance(table, dict)
    forms: dict[str, set[str]] = {}
    for name, words in table.items():
        for word in words:
            forms.setdefault(word, set()).add(one_spelling(name))
    return {word: frozenset(names) for word, names in forms.items()}


@cache
def _given_names() -> frozenset[str]:
    table = _persons()["short_forms"]
    assert isinstance(table, dict)
    return frozenset({*_listed("given_names"), *_spellings(), *table, *_short_forms()})


@cache
def _common_words() -> frozenset[str]:
    ordinary = map(str, read_yaml_table("name_words")["common_words"])
    return _given_names() | frozenset(_listed("family_names")) | frozenset(ordinary)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(_listed("endings"), key=lambda ending: (-len(ending), ending)))


@cache
def _father_endings() -> tuple[str, ...]:
    return tuple(_listed("father_endings"))


@cache
def father_words() -> frozenset[str]:
    """Return the words that stand before or after a father's name: bin, oglu."""
    return frozenset(_listed("father_words"))


def one_spelling(word: str) -> str:
    """Return the spelling under which a name is counted: muhammad is mohammed; other words stay as they are."""
    return _spellings().get(word, word)


def is_short_for(one: str, other: str) -> bool:
    """Whether one of two names is a short form of the other: bill and william, sasha and aleksandr."""
    forms = _short_forms()
    return one_spelling(other) in forms.get(one, ()) or one_spelling(one) in forms.get(other, ())


def is_given_name(word: str) -> bool:
    """Whether a word is a first name that many people have."""
    return word in _given_names()


def is_common(word: str) -> bool:
    """Whether a word is a first or family name that many people have, or an ordinary word that many firms bear."""
    return word in _common_words()


def is_father_name(word: str) -> bool:
    """Whether a word is made from the father's name: viktorovich, viktorovna."""
    return word.endswith(_father_endings()) and len(word) > len("ovich") + 1


def without_shared_ending(one: str, other: str) -> tuple[str, str]:
    """Return two names without the ending that both have, such as -ullah or -ovich; at least three letters stay."""
    for ending in _endings():
        if one.endswith(ending) and other.endswith(ending):
            shorter = min(len(one), len(other)) - len(ending)
            return (one[: -len(ending)], other[: -len(ending)]) if shorter >= _SHORTEST_STEM else (one, other)
    return one, other


@lru_cache(maxsize=_REMEMBERED)
def consonants(word: str) -> str:
    """Return the consonants of a word as far as scripts without short vowels tell them apart.

    fernando and frnndw (فرناندو) both give frnd; p is b, v is f, z is s, and g, j, q and c are k.
    """
    for letters, sound in _CONSONANTS:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """Return a word of a class without the ending of its plural: industries and industry give industr."""
    for ending in ("ies", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@cache
def long_form_words() -> tuple[str, ...]:
    """Return the longer words of legal forms, which are often misspelt."""
    words = read_yaml_table("name_words")["classes"]["particle"]["words"]
    return tuple(sorted(str(word) for word in words if len(str(word)) >= len("stock")))
