"""From the words of a product line to the good or sector it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairlead.classify.stem import stem, words
from fairlead.classify.terms import LANGUAGES, Entry, Found, TermIndex, languages_of, split_terms
from fairlead.reference import load_csv, load_yaml

_TERM_COLUMNS: Final = {f"terms_{language}": language for language in LANGUAGES}

#: How sure a reading of words is: of two or more words, of one, of one among rivals.
SURE: Final = 0.9
FAIRLY_SURE: Final = 0.75
DOUBTFUL: Final = 0.5


@dataclass(frozen=True)
class Reading:
    """What a text was read as: the entry, the words that decided, and how sure it is (0 to 1)."""

    entry: Entry
    matched: str
    confidence: float


def read_words(text: str) -> Reading | None:
    """Return the good or sector that a product line is about, None where no term of the tables stands in it.

    Goods go before sectors, unless the words speak of a service. A longer term goes before a shorter one
    inside it; what stands before a word such as “for” or “with” goes before what stands after it; of two
    nouns side by side the head decides (the last in English and Kazakh, the first in Russian and French).
    """
    text_words = words(text)
    found = _without_excluded(list(_index().find(text_words)), text_words)
    found = [match for match in found if not any(_inside(match, other) for other in found)]
    if not found:
        return None
    service = _is_service(text_words)
    ranked = sorted(found, key=lambda match: (*_rank(match, text_words, service), match.entry))
    best = ranked[0]
    matched = " ".join(text_words[best.start : best.end])
    return Reading(best.entry, matched, _confidence(best, ranked, text_words, service))


def _rank(match: Found, text_words: Sequence[str], service: bool) -> tuple[int, int, int, int]:
    """Order matches: main clause first, then goods or services as the text speaks, then length, then the head."""
    after_preposition = _after_preposition(match, text_words)
    level = int(match.entry.level == ("good" if service else "sector"))
    head_last = match.language in ("en", "kk")
    return after_preposition, level, match.start - match.end, -match.start if head_last else match.start


def _confidence(best: Found, ranked: Sequence[Found], text_words: Sequence[str], service: bool) -> float:
    weight = _rank(best, text_words, service)[:3]
    rivals = {match.entry for match in ranked if _rank(match, text_words, service)[:3] == weight}
    if len(rivals) > 1:
        return DOUBTFUL
    return SURE if best.end - best.start > 1 else FAIRLY_SURE


def _inside(match: Found, other: Found) -> bool:
    """Say whether a match lies within a longer one."""
    longer = other.end - other.start > match.end - match.start
    return longer and other.start <= match.start and match.end <= other.end


def _without_excluded(found: Sequence[Found], text_words: Sequence[str]) -> list[Found]:
    """Drop the matches of a sector that stand within a phrase which its table names as not meaning it."""
    excluded = list(_exclusions().find(text_words)) if found else []
    return [
        match
        for match in found
        if not any(
            match.entry == phrase.entry and phrase.start < match.end and match.start < phrase.end for phrase in excluded
        )
    ]


def _after_preposition(match: Found, text_words: Sequence[str]) -> int:
    return int(any(word in _connecting("prepositions") for word in text_words[: match.start]))


def _is_service(text_words: Sequence[str]) -> bool:
    stems = {stem(word, language) for word in text_words for language in LANGUAGES}
    return not stems.isdisjoint(_connecting("services"))


@cache
def _connecting(kind: str) -> Collection[str]:
    """Return prepositions as words, or the words that show a service as stems."""
    by_language = load_yaml("product_words")[kind]
    if kind == "prepositions":
        return frozenset(word for listed in by_language.values() for word in listed)
    return frozenset(
        stem(word, language) for language, listed in by_language.items() for line in listed for word in words(line)
    )


@cache
def _index() -> TermIndex:
    terms = [
        term
        for table, level in (("goods", "good"), ("sectors", "sector"))
        for row in load_csv(table)
        for term in split_terms(row, Entry(level, row[level]), _TERM_COLUMNS)  # type: ignore[arg-type]
    ]
    return TermIndex(terms)


@cache
def _exclusions() -> TermIndex:
    return TermIndex(
        (language, term, Entry("sector", row["sector"]))
        for row in load_csv("sectors")
        for _, term, _ in split_terms(row, Entry("sector", row["sector"]), {"not_terms": ""})
        for language in languages_of(term)
    )
