"""From the words of a product line to the good or sector it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from fairlead.classify.line import FOR, OF, Line, is_listed, read_line
from fairlead.classify.terms import LANGUAGES, Entry, Found, TermIndex, entries, languages_of, split_terms
from fairlead.reference import load_csv, load_yaml

_TERM_COLUMNS: Final = {f"terms_{language}": language for language in LANGUAGES}

#: How sure a reading of words is: of two or more words, of one, of one among rivals or of what a thing is for.
SURE: Final = 0.9
FAIRLY_SURE: Final = 0.75
DOUBTFUL: Final = 0.5

_CONSTRUCTION: Final = Entry("sector", "construction")


@dataclass(frozen=True)
class Reading:
    """What a text was read as: the entry, the words that decided, and how sure it is (0 to 1)."""

    entry: Entry
    matched: str
    confidence: float


def read_words(text: str) -> Reading | None:
    """Return the good or sector that a product line is about, None where no term of the tables stands in it.

    Goods go before sectors, unless the words speak of a service. A longer term goes before a shorter one
    inside it; what stands before a word such as “for” or “with” goes before what stands after it; the first
    part of a line goes before what follows a comma; of two nouns side by side the head decides (the last in
    English and Kazakh, the first in Russian and French). A sector that a thing is only for is not its sector.
    """
    line = read_line(text)
    found = _without_excluded(list(_index().find(line.words)), line.words)
    found = [match for match in found if not any(_inside(match, other) for other in found)]
    ranked = sorted(found, key=lambda match: (*_rank(match, line), match.entry))
    if building_work := _building_work(line, ranked):
        return building_work
    if not ranked or _only_a_purpose(ranked[0], line):
        return None
    best = ranked[0]
    return Reading(best.entry, " ".join(line.words[best.start : best.end]), _confidence(best, ranked, line))


def _rank(match: Found, line: Line) -> tuple[int, int, int, int, int]:
    """Order matches: the main clause, goods or services as the text speaks, the part, the length, the head."""
    level = int(match.entry.level == ("good" if line.service else "sector"))
    head_last = match.language in ("en", "kk")
    position = -match.start if head_last else match.start
    return line.distance[match.start], level, line.part[match.start], match.start - match.end, position


def _confidence(best: Found, ranked: Sequence[Found], line: Line) -> float:
    weight = _rank(best, line)[:4]
    rivals = {match.entry for match in ranked if _rank(match, line)[:4] == weight}
    if len(rivals) > 1 or line.distance[best.start] == FOR:
        return DOUBTFUL
    return SURE if best.end - best.start > 1 else FAIRLY_SURE


def _only_a_purpose(best: Found, line: Line) -> bool:
    """Say whether the best that was found is the sector which some unknown thing is for: “boards for schools”."""
    return best.entry.level == "sector" and line.distance[best.start] == FOR and not line.service


def _building_work(line: Line, ranked: Sequence[Found]) -> Reading | None:
    """Return construction where the line speaks of work on a building or road, and of nothing more definite."""
    if any(_is_definite(match, line) for match in ranked if line.distance[match.start] <= OF):
        return None
    near = [word for word, distance in zip(line.words, line.distance, strict=True) if distance <= OF]
    work = next((word for word in near if is_listed("building_work", word)), None)
    place = next((word for word in near if is_listed("built_places", word)), None)
    return Reading(_CONSTRUCTION, f"{work} {place}", FAIRLY_SURE) if work and place else None


def _is_definite(match: Found, line: Line) -> bool:
    """Say whether a match tells more than that work is done, or in what kind of place."""
    if match.entry.key not in _indefinite():
        return True
    matched = line.words[match.start : match.end]
    return len(matched) > 1 and not any(is_listed("built_places", word) for word in matched)


@cache
def _indefinite() -> frozenset[str]:
    return frozenset(load_yaml("product_words")["indefinite_beside_building_work"])


def _inside(match: Found, other: Found) -> bool:
    """Say whether a match lies within a longer one."""
    longer = other.end - other.start > match.end - match.start
    return longer and other.start <= match.start and match.end <= other.end


def _without_excluded(found: Sequence[Found], text_words: Sequence[str]) -> list[Found]:
    """Drop matches within a phrase named as not meaning them, and the material of what is only “gold plated”."""
    excluded = list(_exclusions().find(text_words)) if found else []
    return [
        match
        for match in found
        if not _is_finish(match, text_words)
        and not any(
            phrase.entry in (match.entry, _ANYTHING) and phrase.start < match.end and match.start < phrase.end
            for phrase in excluded
        )
    ]


def _is_finish(match: Found, text_words: Sequence[str]) -> bool:
    return match.end < len(text_words) and is_listed("finishes", text_words[match.end])


@cache
def _index() -> TermIndex:
    return TermIndex(term for row, entry in entries() for term in split_terms(row, entry, _TERM_COLUMNS))


#: Stands for every good and sector where a phrase means none of them.
_ANYTHING: Final = Entry("sector", "")


@cache
def _exclusions() -> TermIndex:
    of_sectors = [
        (language, term, Entry("sector", row["sector"]))
        for row in load_csv("sectors")
        for _, term, _ in split_terms(row, Entry("sector", row["sector"]), {"not_terms": ""})
        for language in languages_of(term)
    ]
    no_product = [
        (language, phrase, _ANYTHING)
        for language, phrases in load_yaml("product_words")["no_product"].items()
        for phrase in phrases
    ]
    return TermIndex(of_sectors + no_product)
