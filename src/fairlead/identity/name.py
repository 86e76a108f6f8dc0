"""A name as screening compares it: words without legal form, in every reading, and how much each word tells."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fairlead.identity.normalise import fold, split_legal_form
from fairlead.identity.tables import read_csv_table, read_yaml_table
from fairlead.model.vocabulary import PartyKind
from fairlead.reference import load_csv

#: A word from this weight on tells names apart; it has to be in both for two names to be the same.
DISTINGUISHING: Final = 0.35
#: A name whose words weigh less than this together says too little to be looked up by its words.
LEAST_TOLD: Final = 0.7
#: A number within a name.
NUMBER_WEIGHT: Final = 0.4
LETTER_WEIGHT: Final = 0.4

#: A list is taken to be part of so many names, so that what is common in a short one is not taken for common.
_BACKGROUND: Final = 20_000
#: A word that every name has would weigh so much of its class.
_LEAST_SHARE: Final = 0.3
_SHORTEST_WORD: Final = 3
_LONGEST_NAME: Final = 40

_BRACKET: Final = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
_OTHER_NAME: Final = re.compile(
    r"\s*[,;]?\s*\b(?:a\.?/?k\.?/?a\.?|f\.?/?k\.?/?a\.?|also known as|formerly known as|formerly)[\s:,]+", re.I
)
_NUMBER: Final = re.compile(r"\d+")
_OR: Final = re.compile(r"^(?:or|aka|a\.k\.a\.|formerly|f/k/a|a/k/a)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: its words in order, folded, without the legal form.

    `whole` is the folded name with the legal form; `form` the kind of legal form, None where it shows none.
    `partial` says that a bracket was left out that may matter, such as a place or a unit.
    """

    text: str
    words: tuple[str, ...]
    whole: str
    form: str | None = None
    partial: bool = False


@lru_cache(maxsize=400_000)
def read_name(text: str, kind: PartyKind = PartyKind.UNKNOWN, country: str | None = None) -> tuple[Reading, ...]:
    """Return the readings of a name, the plainest first; none where nothing but a legal form or signs is left.

    `Xinjiang Uyghur Autonomous Region (XUAR)` is read as it stands, without the bracket, and as its initials. What
    follows "a/k/a" is another name. A bracket that is no abbreviation gives no reading of its own.
    """
    found: dict[tuple[str, ...], Reading] = {}
    for part, partial in _spellings(text):
        reading = _read(part, kind, country, partial)
        if reading is not None:
            found.setdefault(reading.words, reading)
    return tuple(found.values())


def _spellings(text: str) -> list[tuple[str, bool]]:
    """Return every spelling of the name, and whether a bracket was left out that may matter."""
    spellings: list[tuple[str, bool]] = []
    for part in _OTHER_NAME.split(text):
        spellings.append((part, False))
        inside = _BRACKET.findall(part)
        if not inside:
            continue
        outside = _BRACKET.sub(" ", part)
        others = [(piece, _OR.match(piece)) for piece in inside]
        short = [is_abbreviation(fold(piece), fold(outside).split()) for piece in inside]
        known = all(is_short or other for is_short, (_, other) in zip(short, others, strict=True))
        spellings.append((outside, not known))
        spellings += [(piece, False) for piece, is_short in zip(inside, short, strict=True) if is_short]
        spellings += [(_instead(part, piece, piece[other.end() :]), False) for piece, other in others if other]
    return spellings


def _instead(part: str, bracket: str, word: str) -> str:
    """Put the word of "Wulin (or Wuling) Works" in the place of the one before the bracket."""
    before, _, after = part.partition(bracket)
    stem = re.sub(r"\S+\s*[(\[（]$", "", before)
    return f"{stem} {word} {after.lstrip(')]） ')}"


def is_abbreviation(short: str, words: Sequence[str]) -> bool:
    """Whether a single word of three or more letters is made of the first letters of the words, in their order.

    Little words may be left out of the letters: BAT is British American Tobacco.
    """
    return len(short) >= _SHORTEST_WORD and short.isalpha() and short in abbreviations(words)


def abbreviations(words: Sequence[str]) -> tuple[str, ...]:
    """Return the first letters of the words, and those of all but the little words; none of fewer than three words."""
    if len(words) < _SHORTEST_WORD:
        return ()
    every = "".join(word[0] for word in words)
    chief = "".join(word[0] for word in words if class_weight(word) > class_weight("of"))
    return tuple(dict.fromkeys((every, chief)))


def _read(text: str, kind: PartyKind, country: str | None, partial: bool) -> Reading | None:
    whole = fold(text)
    if not whole:
        return None
    if kind is PartyKind.PERSON:
        return Reading(text, _words(whole.split(), joins_letters=False), whole, None, partial)
    split = split_legal_form(text, country)
    if not split.usable:
        return None
    words = _words(split.folded.split(), joins_letters=True)
    form = split.legal_kind if split.legal_kind != "general" else None
    return Reading(split.core, words, whole, form, partial) if words else None


def _words(words: Sequence[str], *, joins_letters: bool) -> tuple[str, ...]:
    """Write numbers in digits and single letters in a row as one word: a b c is abc."""
    numbers, tens = _numbers()
    out: list[str] = []
    letters = ""
    for word in words[:_LONGEST_NAME]:
        if joins_letters and len(word) == 1 and word.isalpha():
            letters += word
            continue
        out.extend(_letters(letters))
        letters = ""
        ten = tens.get(out[-1]) if out else None
        number = numbers.get(word)
        if ten is not None and number is not None and len(number) == 1:
            out[-1] = str(int(ten) + int(number))
        elif word.isdigit():
            out.append(word.lstrip("0") or "0")
        else:
            out.append(number or word)
    out.extend(_letters(letters))
    return tuple(tens.get(word, word) for word in out)


def _letters(letters: str) -> list[str]:
    return [letters] if letters else []


@lru_cache(maxsize=1)
def _numbers() -> tuple[Mapping[str, str], Mapping[str, str]]:
    table = read_yaml_table("name_words")
    return (
        {word: str(value) for word, value in table["numbers"].items()},
        {word: str(value) for word, value in table["tens"].items()},
    )


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, float]:
    """Return the weight of every word that belongs to a class; a word of two classes has the lesser weight of both."""
    weights: dict[str, float] = {}
    table = read_yaml_table("name_words")["classes"]

    def add(words: Iterable[str], weight: float) -> None:
        for word in words:
            weights[word] = min(weight, weights.get(word, 1.0))

    for entry in table.values():
        add((part for word in entry["words"] for part in str(word).split()), entry["weight"])
    trades = set(table["trade"]["words"])
    add(
        (row["word"] for row in read_csv_table("generic_words") if row["word"] not in trades),
        table["business"]["weight"],
    )
    for row in load_csv("countries"):
        add((word for word in fold(row["name"]).split() if len(word) >= _SHORTEST_WORD), table["place"]["weight"])
    return weights


@lru_cache(maxsize=400_000)
def class_weight(word: str) -> float:
    """Return what a word tells by its class alone, from 0 to 1."""
    known = _classes().get(word)
    if known is not None:
        return known
    if _NUMBER.fullmatch(word):
        return NUMBER_WEIGHT
    return LETTER_WEIGHT if len(word) == 1 else 1.0


def tells_enough(words: Sequence[str]) -> bool:
    """Whether a name can be looked up by its words: not a legal form, not one generic word, place or trade alone."""
    if sum(map(class_weight, words)) < LEAST_TOLD:
        return False
    return len(words) > 1 or len(words[0]) >= _SHORTEST_WORD


class WordWeights:
    """What the words of names tell within one list: their class, less for words that many of its names have."""

    def __init__(self, frequencies: Mapping[str, int], names: int) -> None:
        self._frequencies = frequencies
        self._log_all = math.log(names + _BACKGROUND)
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """Return the weight of a word.

        class weight x max(0.3, ln((N + 20000) / (1 + n)) / ln(N + 20000)), where n of the list's N names have it.
        """
        weight = self._known.get(word)
        if weight is None:
            share = 1 - math.log(1 + self._frequencies.get(word, 0)) / self._log_all
            weight = self._known[word] = class_weight(word) * max(_LEAST_SHARE, share)
        return weight
