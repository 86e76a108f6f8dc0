"""The tables of words: what a language's supplier names and addresses are composed of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).with_name("words")
#: In the order in which their pairs stand in pairs.csv.
LANGUAGES: Final = ("english", "russian", "kazakh", "chinese", "bengali", "turkish", "arabic", "vietnamese")


@dataclass(frozen=True)
class Word:
    """A word or phrase in its own letters and as other readings have it; a place also has country and post code."""

    native: str
    english: str = ""
    russian: str = ""
    pinyin: str = ""
    latin: tuple[str, ...] = ()
    short: str = ""
    country: str = ""
    post: str = ""


@dataclass(frozen=True)
class Form:
    """A legal form: its spellings by reading; every list holds the same form."""

    native: tuple[str, ...]
    english: tuple[str, ...] = ()
    russian: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    pinyin: str = ""


@dataclass(frozen=True)
class Reading:
    """How a name is written: script, which templates, where its words come from, and a system of letters."""

    name: str
    script: str
    template: str
    words: str
    system: str = ""
    digits: str = ""


@dataclass(frozen=True)
class Language:
    """Everything that a language's pairs are composed of."""

    language: str
    readings: Mapping[str, Reading]
    templates: Mapping[str, Mapping[str, str]]
    addresses: Mapping[str, Mapping[str, str]]
    forms: tuple[Form, ...]
    branches: tuple[Word, ...]
    places: tuple[Word, ...]
    streets: tuple[Word, ...]
    areas: tuple[Word, ...]
    trades: tuple[Word, ...]
    brands: tuple[tuple[Word, Word], ...] = field(default=())


@cache
def language(name: str) -> Language:
    """Return the tables of a language."""
    table: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Language(
        language=table["language"],
        readings={key: Reading(key, **reading) for key, reading in table["readings"].items()},
        templates=table["templates"],
        addresses=table["addresses"],
        forms=tuple(Form(**_tuples(form)) for form in table["forms"]),
        brands=tuple((_word(one), _word(other)) for one, other in table["brands"]),
        **{part: tuple(map(_word, table[part])) for part in ("branches", "places", "streets", "areas", "trades")},
    )


def _word(said: Mapping[str, Any]) -> Word:
    return Word(**_tuples(said))


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
