"""How a product line is built: its parts, what only describes, and whether work is bought."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairlead.classify.stem import stem, words
from fairlead.classify.terms import LANGUAGES
from fairlead.reference import load_yaml

#: Between parts of a line; a comma between digits is a decimal one.
_PART_ENDS: Final = re.compile(r"[;:()\[\]\n]|,(?!\d)|(?<!\d),|\s[-–—]\s")

#: How far a word stands from the head: what it is of, what it comes with, what it is for.
HEAD, OF, WITH, FOR = range(4)
_KINDS: Final[Mapping[str, int]] = {"of": OF, "with": WITH, "for": FOR}


@dataclass(frozen=True)
class Line:
    """A product line: its words, and for each the number of its part and how far it stands from the head."""

    words: tuple[str, ...]
    part: tuple[int, ...]
    distance: tuple[int, ...]
    service: bool


def read_line(text: str) -> Line:
    """Return the words of a product line with what its punctuation, prepositions and service words say of them."""
    parts = [found for part in _PART_ENDS.split(text) if (found := words(part))]
    return Line(
        words=tuple(word for part in parts for word in part),
        part=tuple(number for number, part in enumerate(parts) for _ in part),
        distance=tuple(distance for part in parts for distance in _distances(part)),
        service=any(is_listed("services", word) for part in parts for word in part),
    )


def is_listed(kind: str, word: str) -> bool:
    """Say whether a word is, in any of its forms, in a list of product_words.yaml."""
    return not _stems_listed(kind).isdisjoint(_stems(word))


def _distances(part: Sequence[str]) -> list[int]:
    """Return how far each word of a part stands from the head; what precedes a postposition is set apart by it."""
    distances, distance, framed = [], HEAD, True
    for position, word in enumerate(part):
        kind = _joining("prepositions").get(word)
        # "Contract for cleaning" is about cleaning: a frame is no head that anything could describe.
        if kind and not framed:
            distance = max(distance, kind)
        framed = framed and (kind is not None or is_listed("frames", word))
        distances.append(distance)
        if (behind := _joining("postpositions").get(word)) and position + 1 < len(part):
            distances = [max(earlier, behind) for earlier in distances]
    return distances


@cache
def _joining(kind: str) -> Mapping[str, int]:
    """Return prepositions or postpositions with the distance that they set."""
    listed = load_yaml("product_words")[kind]
    return {
        word: _KINDS[name] for name, by_language in listed.items() for found in by_language.values() for word in found
    }


@cache
def _stems_listed(kind: str) -> frozenset[str]:
    by_language = load_yaml("product_words")[kind]
    return frozenset(
        stem(word, language) for language, listed in by_language.items() for line in listed for word in words(line)
    )


@cache
def _stems(word: str) -> frozenset[str]:
    return frozenset(stem(word, language) for language in LANGUAGES)
