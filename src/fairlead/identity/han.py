"""Names in Chinese characters cut into words: the place, what is somebody's own, trades in English, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from anyascii import anyascii

from fairlead.identity.normalise import fold
from fairlead.identity.tables import read_yaml_table
from fairlead.identity.word import word_class

HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
#: 第二十七 and 27号: a number of a plant or shop.
_NUMBER: Final = re.compile(
    r"第?([一二三四五六七八九十百零〇]+|\d+)(?=[号號厂廠工分店])|第([一二三四五六七八九十百零〇]+|\d+)"
)
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS: Final = {"十": 10, "百": 100}
#: What stands behind a place: city, province, county, district.
_AREAS: Final = re.compile("^[市省县縣区區]")
_PLACE_SYLLABLES: Final = (3, 2)


def cut_han(text: str) -> str:
    """Return the text with its runs of Chinese characters as words in Latin letters.

    温州云舟服装 is wenzhou yunzhou garment: a place that is known by its name and stands first, trades of
    tables/trade_words.yaml and numbers are words of their own; what is left between them is one word.
    """
    return HAN.sub(lambda run: f" {_cut(run.group())} ", _NUMBER.sub(_number, text))


def pinyin(word: str) -> tuple[str, ...]:
    """Return how a word of two characters or more is written in Latin letters: in one, and syllable by syllable."""
    syllables = [fold(anyascii(sign)) for sign in word]
    return ("".join(syllables), " ".join(syllables)) if len(word) > 1 else ()


def _cut(run: str) -> str:
    place, rest = _place(run)
    return f"{place} {_trades().sub(lambda word: f' {_english()[word.group()]} ', rest)}"


def _place(run: str) -> tuple[str, str]:
    for length in _PLACE_SYLLABLES:
        word = fold(anyascii(run[:length])).replace(" ", "")
        if len(run) > length and word_class(word).name == "place":
            return word, _AREAS.sub("", run[length:])
    return "", run


def _number(found: re.Match[str]) -> str:
    digits = found.group(1) or found.group(2)
    return f" {digits if digits.isdigit() else _value(digits)} "


def _value(signs: str) -> int:
    """Return the number that Chinese signs up to a hundred and some write: 二十七 is 27."""
    total, digit = 0, 0
    for sign in signs:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


@cache
def _english() -> Mapping[str, str]:
    table = read_yaml_table("trade_words")
    return {str(word): english for english, words in table.items() for word in words if HAN.fullmatch(str(word))}


@cache
def _trades() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _english()), key=lambda word: (-len(word), word))))
