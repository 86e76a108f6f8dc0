"""Finds the terms of goods and sectors in a text: the longest at each place, in one pass over its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from fairlead.classify.stem import LANGUAGES_OF_SCRIPT, stem, words
from fairlead.reference import load_csv

LANGUAGES: Final = ("en", "ru", "kk", "fr")

Level = Literal["good", "sector"]


@dataclass(frozen=True, order=True)
class Entry:
    """A good or a sector by its key."""

    level: Level
    key: str


@dataclass(frozen=True)
class Found:
    """A term in a text: what it names, the words from `start` up to `end`, and the term's language."""

    entry: Entry
    start: int
    end: int
    language: str


class TermIndex:
    """Terms by the stem of their first word; a term belongs to one or several entries."""

    def __init__(self, terms: Iterable[tuple[str, str, Entry]]) -> None:
        """`terms` are (language, term, entry); a term is one or more words."""
        self._by_first: dict[tuple[str, str], dict[tuple[str, ...], list[Entry]]] = {}
        for language, term, entry in terms:
            stems = tuple(stem(word, language) for word in words(term))
            if stems:
                entries = self._by_first.setdefault((language, stems[0]), {}).setdefault(stems, [])
                if entry not in entries:
                    entries.append(entry)

    def find(self, text_words: Sequence[str]) -> Iterator[Found]:
        """Yield every term that stands in the text, in every language that its words may be of."""
        for language in LANGUAGES:
            stems = [stem(word, language) for word in text_words]
            for start, first in enumerate(stems):
                for term, entries in self._by_first.get((language, first), {}).items():
                    end = start + len(term)
                    if tuple(stems[start:end]) == term:
                        for entry in entries:
                            yield Found(entry, start, end, language)


#: The tables of the reference pack that name goods and sectors, and the level of their entries.
_TABLES: Final[tuple[tuple[str, Level], ...]] = (("goods", "good"), ("sectors", "sector"))


def entries() -> Iterator[tuple[Mapping[str, str], Entry]]:
    """Yield every row of the tables of goods and sectors with its entry, goods first."""
    for table, level in _TABLES:
        for row in load_csv(table):
            yield row, Entry(level, row[level])


def split_terms(row: Mapping[str, str], entry: Entry, columns: Mapping[str, str]) -> Iterator[tuple[str, str, Entry]]:
    """Yield (language, term, entry) for the semicolon-separated terms in the given columns of a table's row."""
    for column, language in columns.items():
        for term in row.get(column, "").split(";"):
            if term.strip():
                yield language, term.strip(), entry


def languages_of(term: str) -> tuple[str, ...]:
    """Return the languages whose stemming a term of unknown language needs, by its script."""
    first = next(iter(words(term)), "")
    return LANGUAGES_OF_SCRIPT[any("Ѐ" <= letter <= "ӿ" for letter in first)]
