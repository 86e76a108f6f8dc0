"""Words in other letters: systems of romanisation, pinyin, and texts without marks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import yaml

_TABLE: Final = Path(__file__).with_name("romanisation.yaml")
_WITHOUT_MARKS: Final = str.maketrans({"ı": "i", "đ": "d", "Đ": "D", "ł": "l"})
_VOWELS_AND_SIGNS: Final = frozenset("аеёиоуыэюяъьйәөұүі")
_CHINESE_DIGITS: Final = "零一二三四五六七八九"


@dataclass(frozen=True)
class System:
    """A way of writing in other letters: letter by letter, and what differs where a word begins or after a vowel."""

    source: str
    letters: dict[str, str]
    at_start: dict[str, str] = field(default_factory=dict)


@cache
def systems() -> dict[str, System]:
    """Return the systems of romanisation.yaml by name."""
    return {name: System(**system) for name, system in yaml.safe_load(_TABLE.read_text(encoding="utf-8")).items()}


def written_in(text: str, system: str) -> str:
    """Return the text in the letters of a system, or without its marks; capitals stay capitals."""
    if system == "without_marks":
        return without_marks(text)
    if system == "wade_giles":
        return " ".join("-".join(map(_wade_giles, word.split("-"))) for word in text.split(" "))
    return " ".join(_word(word, systems()[system]) for word in text.split(" "))


def without_marks(text: str) -> str:
    """Return the text without accents, tones and other marks on its letters."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_WITHOUT_MARKS)


def pinyin(syllables: str, style: str) -> str:
    """Return pinyin syllables as `joined`, `spaced` or `toned` words, each with a capital; long words go by twos."""
    parts = syllables.split()
    size = 1 if style == "spaced" else 2 if len(parts) % 2 == 0 else len(parts)
    words = ["".join(parts[at : at + size]).capitalize() for at in range(0, len(parts), size)]
    return " ".join(words) if style == "toned" else without_marks(" ".join(words))


def wade_giles(syllables: str) -> str:
    """Return pinyin syllables as one word of Wade-Giles syllables with hyphens, without tones."""
    return written_in("-".join(without_marks(syllables).split()), "wade_giles").capitalize()


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese characters."""
    tens, units = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return leading + (_CHINESE_DIGITS[units] if units else "")


def _wade_giles(syllable: str) -> str:
    return systems()["wade_giles"].letters.get(syllable, syllable)


def _word(word: str, system: System) -> str:
    written, before = [], ""
    for sign in word:
        small = sign.lower()
        table = system.at_start if not before.isalpha() or before in _VOWELS_AND_SIGNS else {}
        other = table.get(small, system.letters.get(small, small))
        written.append(_capital(other, whole=word.isupper()) if sign != small else other)
        before = small
    return "".join(written)


def _capital(letters: str, *, whole: bool) -> str:
    return letters.upper() if whole else letters[:1].upper() + letters[1:]
