"""Finds the region of a country in an address, for facts that hold in one region only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fairlead.identity.normalise import fold

#: Chinese characters are written without spaces, so names in them are looked for as they stand.
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
#: What follows a name when it is a street's: road, street, avenue.
_HAN_STREET: Final = ("路", "街", "道", "大道")


@dataclass(frozen=True)
class Region:
    """One region: its country, its name, what it is called, and places that lie in it."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    places: tuple[str, ...] = ()


#: A region as the finder returns it: ISO3 of the country, name.
Found = tuple[str, str]


class RegionFinder:
    """Says in which known region an address lies.

    `street_words` are folded words that make a name before or after them the name of a street, as in
    Xinjiang Road; they matter in addresses, not in the columns for region and city.
    """

    def __init__(self, regions: Iterable[Region], street_words: frozenset[str]) -> None:
        self._names = tuple(_Names.of(region) for region in sorted(regions, key=lambda r: (r.iso3, r.name)))
        self._street_words = street_words
        self._found: dict[tuple[str | None, ...], Found | None] = {}

    def find(self, country: str | None, region: str | None, city: str | None, address: str | None) -> Found | None:
        """Return (ISO3, name) of the first region that the parts of an address name, or None.

        The region's own names count also where the country is unknown; the places in it only with the country.
        """
        key = (country, region, city, address)
        if key not in self._found:
            self._found[key] = self._find(country, (region, city), address)
        return self._found[key]

    def _find(self, country: str | None, columns: tuple[str | None, ...], address: str | None) -> Found | None:
        for names in self._names:
            if country not in {None, names.iso3}:
                continue
            phrases = names.known_country if country else names.any_country
            plain = any(text and phrases.in_text(text, frozenset()) for text in columns)
            if plain or (address and phrases.in_text(address, self._street_words)):
                return names.iso3, names.name
        return None


@dataclass(frozen=True)
class _Phrases:
    words: tuple[str, ...]  # folded, with a space before and after
    han: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Phrases:
        names = tuple(names)
        words = {f" {fold(name)} " for name in names if not _HAN.search(name)}
        return cls(tuple(sorted(words)), tuple(sorted(name for name in names if _HAN.search(name))))

    def in_text(self, text: str, street_words: frozenset[str]) -> bool:
        if self.han and _HAN.search(text) and any(_is_there(name, text, bool(street_words)) for name in self.han):
            return True
        folded = f" {fold(text)} "
        return any(phrase in folded and not _all_streets(phrase, folded, street_words) for phrase in self.words)


@dataclass(frozen=True)
class _Names:
    iso3: str
    name: str
    any_country: _Phrases
    known_country: _Phrases

    @classmethod
    def of(cls, region: Region) -> _Names:
        return cls(
            region.iso3, region.name, _Phrases.of(region.aliases), _Phrases.of((*region.aliases, *region.places))
        )


def _is_there(name: str, text: str, beware_streets: bool) -> bool:
    places = [match.end() for match in re.finditer(re.escape(name), text)]
    if not beware_streets:
        return bool(places)
    return any(not text[end : end + 2].startswith(_HAN_STREET) for end in places)


def _all_streets(phrase: str, folded: str, street_words: frozenset[str]) -> bool:
    """Say whether every place where the phrase stands is next to a word for a street."""
    for match in re.finditer(re.escape(phrase.strip()), folded):
        before, after = folded[: match.start()].split(), folded[match.end() :].split()
        if not ({*before[-1:], *after[:1]} & street_words):
            return False
    return True


def regions_of(state_imposed: Iterable[Mapping[str, str]], places: Mapping[str, tuple[str, ...]]) -> list[Region]:
    """Return the regions that the rows of the table state_imposed name, with the known places in each."""
    aliases: dict[tuple[str, str], set[str]] = {}
    for row in state_imposed:
        if row["region"]:
            terms = {row["region"], *(term.strip() for term in row["region_terms"].split(";") if term.strip())}
            aliases.setdefault((row["iso3"], row["region"]), set()).update(terms)
    return [
        Region(iso3, name, tuple(sorted(terms)), places.get(name, ()))
        for (iso3, name), terms in sorted(aliases.items())
    ]
