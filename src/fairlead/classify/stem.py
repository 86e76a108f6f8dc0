"""Words reduced to stems, so that «модулей» meets «модули» and «қызметтері» meets «қызмет»."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import snowballstemmer

from fairlead.reference import load_yaml

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]")
_ELIDED: Final = re.compile(r"^(?:l|d|qu|n|s|j|m|t|c)['’](?=\w)")  # French l'eau, d'entretien

#: The vowel that comes and goes in Russian nouns: хлопок, хлопка; перчатки, перчаток.
_FLEETING: Final = re.compile(r"(?<=\w\w[бвгджзклмнпрстфхцчшщ])[ое](?=к$)")

_SHORTEST_KAZAKH_STEM: Final = 3

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})

#: Languages whose words are written in each script.
LANGUAGES_OF_SCRIPT: Final[Mapping[bool, tuple[str, ...]]] = {True: ("ru", "kk"), False: ("en", "fr")}


def words(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text in order; ё counts as е, œ as oe, accents of Latin letters are dropped."""
    text = unicodedata.normalize("NFC", text).lower().replace("ё", "е").translate(_LIGATURES)
    return tuple(_plain(_ELIDED.sub("", word)) for word in _WORD.findall(text))


def _plain(word: str) -> str:
    """Drop the accents of a Latin word; a Cyrillic one keeps its letters, й and Kazakh ones among them."""
    if word.isascii() or is_cyrillic(word):
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def is_cyrillic(word: str) -> bool:
    """Say whether a word is written in Cyrillic."""
    return bool(_CYRILLIC.search(word))


@cache
def stem(word: str, language: str) -> str:
    """Return the stem of a word in a language: en, fr, ru or kk; a word in another script comes back whole."""
    if is_cyrillic(word) != (language in LANGUAGES_OF_SCRIPT[True]):
        return word
    if language == "kk":
        return _kazakh_stem(word)
    stemmed = _snowball(language)(word)
    return _FLEETING.sub("", stemmed) if language == "ru" else stemmed


@cache
def _snowball(language: str) -> Callable[[str], str]:
    names = {"en": "english", "fr": "french", "ru": "russian"}
    stemmer = snowballstemmer.stemmer(names[language])
    return lambda word: str(stemmer.stemWord(word))


def _kazakh_stem(word: str) -> str:
    """Take endings off, the longest first, again and again while enough of the word remains."""
    while True:
        ending = next((ending for ending in _kazakh_endings() if word.endswith(ending)), None)
        if ending is None or len(word) - len(ending) < _SHORTEST_KAZAKH_STEM:
            return word
        word = word[: -len(ending)]


@cache
def _kazakh_endings() -> tuple[str, ...]:
    return tuple(sorted(load_yaml("product_words")["kazakh_endings"], key=lambda ending: (-len(ending), ending)))
