"""A supplier and its site, and how they are written in one of a language's readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.pairs.romanise import chinese_number, pinyin, wade_giles, written_in
from benchmarks.pairs.words import Form, Language, Reading, Word

#: The rest of a name whose legal form is left out may begin or end with these.
_LEFT_OVER: Final = " ,-"
_PINYIN: Final = {"pinyin": "joined", "pinyin_spaced": "spaced", "pinyin_toned": "toned"}


def _english_pinyin(said: Word, _: Reading) -> str:
    return said.english or pinyin(said.pinyin, "joined")


#: Where a reading's words come from.
_WORDS: Final[Mapping[str, Callable[[Word, Reading], str]]] = {
    "native": lambda said, _: said.native,
    "english": lambda said, reading: said.english or _capitals(written_in(said.native, reading.system)),
    "russian": lambda said, reading: said.russian or written_in(said.native, reading.system),
    "latin_first": lambda said, _: said.latin[0],
    "latin_second": lambda said, _: said.latin[-1],
    "english_latin_first": lambda said, _: said.english or said.latin[0],
    "english_pinyin": _english_pinyin,
    "english_wade_giles": _english_pinyin,
    "pinyin": lambda said, _: pinyin(said.pinyin, "joined"),
    "pinyin_spaced": lambda said, _: pinyin(said.pinyin, "spaced"),
    "pinyin_toned": lambda said, _: pinyin(said.pinyin, "toned"),
}


@dataclass(frozen=True)
class Supplier:
    """A fictional supplier; `shape` names the template: plain, placed, numbered, branch or group."""

    brand: Word
    trade: Word
    place: Word
    form: Form
    shape: str = "plain"
    number: int = 0
    branch: Word | None = None


@dataclass(frozen=True)
class Site:
    """Where a facility stands."""

    house: int
    street: Word
    area: Word
    place: Word


def written_name(
    language: Language, supplier: Supplier, reading: Reading, *, form: int | None = 0, short: bool = False
) -> str:
    """Return the supplier's name in a reading, its legal form in the spelling of that number or left out (None)."""
    trade = supplier.trade.short if short else word(supplier.trade, reading, "trade")
    name = language.templates[reading.template][supplier.shape].format(
        brand=word(supplier.brand, reading, "brand"),
        trade=trade,
        place=word(supplier.place, reading, "place"),
        branch=word(supplier.branch, reading, "branch") if supplier.branch else "",
        number=chinese_number(supplier.number) if reading.script == "Han" else supplier.number,
        form="" if form is None else spelling(supplier.form, reading, form),
    )
    return _finished(re.sub(r"\s+(?=,|\s)", "", name).strip(_LEFT_OVER), reading)


def written_address(language: Language, site: Site, reading: Reading, style: str = "full") -> str:
    """Return the site's address in a reading and a style: full, short, sparse (no area, no post code) or turned."""
    address = language.addresses[reading.template][style].format(
        house=site.house,
        post=site.place.post,
        **{part: word(getattr(site, part), reading, part) for part in ("street", "area", "place")},
    )
    return _finished(address, reading)


def word(said: Word, reading: Reading, role: str) -> str:
    """Return a word as a reading has it; only a brand is written in Wade-Giles."""
    if reading.words == "english_wade_giles" and role == "brand":
        return wade_giles(said.pinyin)
    return _WORDS[reading.words](said, reading)


def spelling(form: Form, reading: Reading, number: int) -> str:
    """Return a spelling of a legal form in a reading."""
    spellings = spellings_of(form, reading)
    return spellings[number % len(spellings)]


def spellings_of(form: Form, reading: Reading) -> tuple[str, ...]:
    """Return all spellings of a legal form in a reading."""
    if reading.words in _PINYIN:
        return (pinyin(form.pinyin, _PINYIN[reading.words]),)
    return tuple(getattr(form, reading.words.split("_")[0]))


def _capitals(text: str) -> str:
    return " ".join(part[:1].upper() + part[1:] for part in text.split(" "))


def _finished(text: str, reading: Reading) -> str:
    if reading.words == "native" and reading.system:
        text = written_in(text, reading.system)
    return written_in(text, f"{reading.digits}_digits") if reading.digits else text
