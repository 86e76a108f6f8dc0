"""An address without the name of its own country, which one list writes at the end of it and another leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from fairlead.identity.address import Address, parse_address
from fairlead.reference import load_csv

_REMEMBERED: Final = 2**16


@lru_cache(maxsize=_REMEMBERED)
def without_country(address: Address, country: str | None) -> Address:
    """Take the words of a country's name (ISO 3166-1 alpha-3) out of an address in that country."""
    words, spelled = set(address.words), address.spelled
    for name in _names().get(country or "", ()):
        if words.issuperset(name.words):
            words -= set(name.words)
            spelled = spelled.removesuffix(name.spelled)
    if len(words) == len(address.words):
        return address
    return replace(address, words=tuple(sorted(words)), spelled=spelled)


@cache
def _names() -> Mapping[str, list[Address]]:
    """Return the names of every country as parts of an address, the longest first."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in load_csv("countries"):
        names[row["iso3"]].add(row["name"])
    for row in load_csv("country_aliases"):
        names[row["iso3"]].add(row["alias"])
    return {country: sorted(_in_words(own), key=_longest_first) for country, own in names.items()}


def _in_words(names: Iterable[str]) -> list[Address]:
    """Leave out what is nothing but letters: the S of U.S. may as well be south."""
    parts = [parse_address(name) for name in names]
    return [part for part in parts if part.words and all(len(word) > 1 for word in part.words)]


def _longest_first(name: Address) -> tuple[int, str]:
    return -len(name.spelled), name.spelled
