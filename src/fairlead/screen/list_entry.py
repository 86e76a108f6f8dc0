"""From the words of a list to an entry: names apart, countries by code, numbers compact, little that is personal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from fairlead.model.vocabulary import PartyKind
from fairlead.read.born import find_born
from fairlead.read.country import country_in_address, find_country
from fairlead.read.identifier import read_identifier
from fairlead.read.words import cell_key, kinds
from fairlead.reference import load_yaml
from fairlead.screen.list_date import read_list_date
from fairlead.screen.tables import read_table
from fairlead.screen.watch_list import About, ListEntry, ListIdentifier, ListName

_NULLS: Final = frozenset({"", "-0-", "-", "--", "n/a", "na", "none", "null", "nan", "unknown"})
_LONGEST_NULL: Final = max(map(len, _NULLS))
_SEPARATOR: Final = re.compile(r"\s*[;\n|]\s*")
_STARS: Final = re.compile(r"[*†‡]+\s*$")
_QUOTES: Final = re.compile(r"^[‘'\"“«](.*)[’'\"”»]$")
_NUMBER: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?")
_SPACED: Final = re.compile(r"(?<=\d)\s+(?=\d)")
_BETWEEN_WORDS: Final = re.compile(r"[\s._-]+")
_SIGNS: Final = re.compile(r"[./-]")
_SHORTEST_NUMBER: Final = 7
_LEAST_DIGITS: Final = 6


@dataclass
class Facts:
    """What a list says of one party, as it says it; `identifiers` are (scheme or empty, text)."""

    entry_id: str = ""
    names: list[str] = field(default_factory=list)
    weak_names: list[str] = field(default_factory=list)
    kind: str = ""
    countries: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    born: list[str] = field(default_factory=list)
    reason: str = ""
    programme: str = ""
    from_date: str = ""
    to_date: str = ""
    status: str = ""
    locator: str = ""


def clean(text: str) -> str:
    """Return a cell without outer spaces; empty where it stands for nothing (-0-, n/a)."""
    if not text:
        return ""
    text = " ".join(text.split())
    return "" if len(text) <= _LONGEST_NULL and text.lower() in _NULLS else text


def split_cell(text: str) -> list[str]:
    """Return the values of a cell that holds several, cut at semicolons, strokes and line ends."""
    return [value for part in _SEPARATOR.split(text) if (value := clean(part))]


def make_entry(facts: Facts) -> ListEntry | None:
    """Make an entry of what a list says; None where it names nobody. Addresses and numbers of persons are not kept."""
    names = _distinct(_name(name) for name in facts.names)
    weak = [name for name in _distinct(_name(name) for name in facts.weak_names) if name not in names]
    if not names and weak:
        names, weak = weak[:1], weak[1:]
    if not names:
        return None
    kind = find_kind(facts.kind)
    countries = _countries(facts)
    person = kind is PartyKind.PERSON
    return ListEntry(
        entry_id=facts.entry_id or facts.locator,
        name=names[0],
        aliases=(*(ListName(name) for name in names[1:]), *(ListName(name, weak=True) for name in weak)),
        countries=countries,
        kind=kind,
        addresses=() if person else tuple(_distinct(map(clean, facts.addresses))),
        identifiers=() if person else _identifiers(facts.identifiers, countries),
        reason=clean(facts.reason),
        programme=clean(facts.programme),
        about=About.IMPORT_BAN if is_about_forced_labour([facts.programme]) else None,
        from_date=read_list_date(clean(facts.from_date)),
        to_date=read_list_date(clean(facts.to_date)),
        ended=_says_ended(facts.status),
        born=tuple(_distinct(born for text in facts.born for born in find_born(text))),
        locator=facts.locator,
    )


def find_kind(text: str) -> PartyKind:
    """Return what sort of party the words of a list mean (individual, LegalEntity); unknown where nothing."""
    return PartyKind(kinds().get(cell_key(text), PartyKind.UNKNOWN))


def is_about_forced_labour(texts: Iterable[str]) -> bool:
    """Whether any of the texts (file name, headings, programme) holds a word of list_kinds.yaml."""
    return any(_tells_of_forced_labour(text) for text in texts if text)


@lru_cache(maxsize=4096)
def _tells_of_forced_labour(text: str) -> bool:
    return _forced_labour_words().search(_BETWEEN_WORDS.sub(" ", text)) is not None


@lru_cache(maxsize=1)
def _forced_labour_words() -> re.Pattern[str]:
    words = load_yaml("list_kinds")["import_ban"]["words"]
    whole = "|".join(re.escape(word) for word in words if word.isupper())
    inside = "|".join(re.escape(word) for word in words if not word.isupper())
    return re.compile(rf"(?<![^\W_])(?:{whole})(?![^\W_])|{inside}", re.I)


def _says_ended(status: str) -> bool:
    return bool(status) and clean(status).lower().startswith(_ended_words())


@lru_cache(maxsize=1)
def _ended_words() -> tuple[str, ...]:
    return tuple(read_table("list_headings")["ended"])


def _name(text: str) -> str:
    text = _STARS.sub("", clean(text)).strip(" ,")
    quoted = _QUOTES.match(text)
    return quoted.group(1) if quoted and not re.search("[‘’'\"“”«»]", quoted.group(1)) else text


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _countries(facts: Facts) -> tuple[str, ...]:
    found = [code for text in facts.countries if clean(text) for code in _codes(clean(text))]
    if not found:
        found = [code for text in facts.addresses if clean(text) if (code := country_in_address(clean(text)))]
    return tuple(dict.fromkeys(found))


def _codes(text: str) -> list[str]:
    whole = find_country(text)
    if whole:
        return [whole]
    return [code for part in re.split(r"[;,/]", text) if (code := find_country(part.strip()))]


def _identifiers(numbers: Sequence[tuple[str, str]], countries: Sequence[str]) -> tuple[ListIdentifier, ...]:
    found = {
        identifier
        for scheme, text in numbers
        for value in compact_numbers(text)
        if (identifier := _identifier(scheme, value, countries))
    }
    return tuple(sorted(found, key=lambda identifier: (identifier.scheme, identifier.value)))


def compact_numbers(text: str) -> list[str]:
    """Return the numbers in a text, without the spaces and signs within: `1 402 015 986 (INN)` is 1402015986."""
    values = (_SIGNS.sub("", value) for value in _NUMBER.findall(_SPACED.sub("", text.upper())))
    return [
        value for value in values if len(value) >= _SHORTEST_NUMBER and sum(map(str.isdigit, value)) >= _LEAST_DIGITS
    ]


def _identifier(scheme: str, value: str, countries: Sequence[str]) -> ListIdentifier | None:
    """Settle the scheme where the number passes its check; a number of no known scheme must be a long one."""
    if scheme:
        reading = read_identifier(value, scheme, countries[0] if countries else None).identifier
        if reading is not None and reading.valid:
            return ListIdentifier(reading.value, reading.scheme)
    return ListIdentifier(value) if len(value) > _SHORTEST_NUMBER else None
