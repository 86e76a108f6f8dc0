"""From a supplier's own name to its trade, where the name shows it beyond doubt."""

from __future__ import annotations

from functools import cache
from typing import Final

from fairlead.classify.terms import Entry, entries, split_terms
from fairlead.classify.words import Reading
from fairlead.identity.normalise import fold

#: How sure a trade is that only a name shows: “Garment” in a name may be a trader's as well as a maker's.
NAME_CONFIDENCE: Final = 0.4

_LONGEST: Final = 4  # words of a term


def read_name(name: str) -> Reading | None:
    """Return the trade that a company's name shows; None where it shows none, or two that differ."""
    text_words = fold(name).split()
    found: dict[Entry, str] = {}
    for length in range(min(_LONGEST, len(text_words)), 0, -1):
        for start in range(len(text_words) - length + 1):
            term = " ".join(text_words[start : start + length])
            for entry in _terms().get(term, ()):
                found.setdefault(entry, term)
        if found:
            break
    goods = [entry for entry in found if entry.level == "good"]
    chosen = goods or list(found)
    return Reading(chosen[0], found[chosen[0]], NAME_CONFIDENCE) if len(chosen) == 1 else None


@cache
def _terms() -> dict[str, tuple[Entry, ...]]:
    terms: dict[str, tuple[Entry, ...]] = {}
    for row, named in entries():
        for _, term, entry in split_terms(row, named, {"terms_name": ""}):
            key = fold(term)
            if key and entry not in terms.get(key, ()):
                terms[key] = (*terms.get(key, ()), entry)
    return terms
