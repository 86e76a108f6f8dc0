"""The words of headings and cells, as the tables column_names.yaml and cell_words.yaml list them, ready to look up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from fairlead.reference import load_yaml

LANGUAGES: Final = ("en", "ru", "kk", "fr")
NOT_USED: Final = "not_used"
COORDINATES: Final = "both_coordinates"

#: Kazakh letters and the Russian ones that are typed in their place; both are folded to one.
_KAZAKH: Final = str.maketrans("әғқңөұүһіёœæ", "агкноуухиеoa")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9]+")
_NOT_WORDS: Final = re.compile(r"[^\w№]+|_")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class HeadingName:
    """One name that a column may have: its field, the identifier scheme where it is one, and its place in the list."""

    field: str
    scheme: str | None
    rank: int


def clean(text: str) -> str:
    """Return a cell's text without outer, doubled and invisible spaces; a spreadsheet's leading apostrophe stays."""
    if text.isprintable() and "  " not in text:  # no-break and zero-width signs are not printable
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def heading_key(text: str) -> str:
    """Return a heading as it is looked up.

    Lower case, one space between words, without what stands in brackets, diacritics, dots and hyphens; "SupplierName"
    and "supplier_name" are two words.
    """
    if _IDENTIFIER.fullmatch(text.strip()):
        text = _CAMEL.sub(" ", text.strip())
    outside = _BRACKETS.sub(" ", text)
    key = fold_words(outside)
    return key or fold_words(text)


def fold_words(text: str) -> str:
    """Return the words of a text in lower case, without diacritics and signs, one space between them."""
    folded = unicodedata.normalize("NFKD", text.replace("№", " \ue000 ").casefold().translate(_KAZAKH))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign)).replace("\ue000", "№")
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


def cell_key(text: str) -> str:
    """Return a cell's text as the words of cell_words.yaml are looked up: lower case, outer dots and spaces gone."""
    return clean(text).casefold().strip(" .:;") or clean(text)


@lru_cache(maxsize=1)
def heading_names() -> Mapping[str, HeadingName]:
    """Return every heading that is known, as `heading_key` spells it."""
    table = load_yaml("column_names")
    names: dict[str, HeadingName] = {}

    def add(words: Iterable[str], field: str, scheme: str | None = None) -> None:
        for rank, word in enumerate(words):
            names.setdefault(heading_key(word), HeadingName(field, scheme, rank))

    for scheme, words in table["identifiers"].items():
        add(words, "identifiers", scheme)
    for field, entry in table["fields"].items():
        for language in LANGUAGES:
            add(entry[language], field)
    for section in (COORDINATES, NOT_USED):
        for language in LANGUAGES:
            add(table[section][language], section)
    return MappingProxyType(names)


@lru_cache(maxsize=16)
def heading_words(section: str) -> tuple[str, ...]:
    """Return the words of a plain list in column_names.yaml, such as `other_parties`, folded."""
    return tuple(fold_words(word) for word in load_yaml("column_names")[section])


@lru_cache(maxsize=1)
def roles() -> Mapping[str, tuple[str, ...]]:
    """Return the sorts of party that a heading of names may speak of, each with the beginnings of its words."""
    table = load_yaml("column_names")["roles"]
    return MappingProxyType({role: tuple(fold_words(word) for word in words) for role, words in table.items()})


@lru_cache(maxsize=16)
def cell_words(section: str) -> frozenset[str]:
    """Return the words of a list in cell_words.yaml, such as `missing` or `affirmed`, as `cell_key` spells them."""
    return frozenset(cell_key(word) for word in load_yaml("cell_words")[section])


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, str]:
    """Return the kind of party by the words for it."""
    table = load_yaml("cell_words")["kinds"]
    return MappingProxyType({cell_key(word): kind for kind, words in table.items() for word in words})


@lru_cache(maxsize=1)
def decisions() -> Mapping[str, str]:
    """Return what a person can say of two records by the words for it."""
    table = load_yaml("cell_words")["decisions"]
    return MappingProxyType({cell_key(word): decision for decision, words in table.items() for word in words})


@lru_cache(maxsize=1)
def workforce_words() -> tuple[tuple[str, str], ...]:
    """Return the beginnings of words about the workers, folded, each with its tag."""
    table = load_yaml("cell_words")["workforce"]
    return tuple((fold_words(word), tag) for tag, words in table.items() for word in words)


@lru_cache(maxsize=1)
def plain_workforce_words() -> tuple[str, ...]:
    """Return the beginnings of words about workers that are understood and are no tag, folded."""
    return tuple(fold_words(word) for word in load_yaml("cell_words")["workforce_plain"])


def is_missing(text: str) -> bool:
    """Whether a cell holds nothing, or a word that says that nothing is known."""
    return not text or (len(text) <= _longest_missing() and cell_key(text) in cell_words("missing"))


@lru_cache(maxsize=1)
def _longest_missing() -> int:
    return max(map(len, cell_words("missing"))) + len(" .:;") * 2


@lru_cache(maxsize=1)
def legal_forms() -> frozenset[str]:
    """Return the legal forms by which a cell is seen to be a company's name, lower case."""
    return frozenset(word.casefold() for word in load_yaml("cell_words")["legal_forms"])


@lru_cache(maxsize=1)
def note_starts() -> tuple[str, ...]:
    """Return how lines under a table begin that are no suppliers, lower case."""
    return tuple(str(start).casefold() for start in load_yaml("cell_words")["notes"])
