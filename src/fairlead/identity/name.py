"""A name as screening compares it: words without legal form, in every reading, and how much each word tells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from fairlead.identity.han import HAN, cut_han, pinyin
from fairlead.identity.normalise import fold, split_legal_form
from fairlead.identity.person_name import is_common_name
from fairlead.identity.tables import read_yaml_table
from fairlead.identity.word import class_weight, ordinary_words
from fairlead.model.vocabulary import PartyKind
from fairlead.read.country import find_country

#: A word from this weight on tells names apart; it has to be in both for two names to be the same.
DISTINGUISHING: Final = 0.35
#: A name whose words weigh less than this together says too little to be looked up by its words.
LEAST_TOLD: Final = 0.7
#: So many letters of a name are read.
LONGEST_NAME: Final = 500

#: A list is taken to be part of so many names, so that what is common in a short one is not taken for common.
_BACKGROUND: Final = 20_000
#: A word that every name has would weigh so much of its class.
_LEAST_SHARE: Final = 0.3
_SHORTEST_WORD: Final = 3
_MOST_WORDS: Final = 40
_LETTERS: Final = 2
_LONGEST_WORD: Final = 64

_BRACKET: Final = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*")
_OTHER_NAME: Final = re.compile(
    r"\s*[,;]?\s*\b(?:a\.?/?k\.?/?a\.?|f\.?/?k\.?/?a\.?|also known as|formerly known as|formerly)[\s:,]+", re.I
)
#: A legal form set right behind the name: SiemensAG.
_FORM_BEHIND: Final = re.compile(r"(?<=[a-z]{2})(?=[A-Z]{2,4}\b)")
#: Scripts whose vowels are not written, or not as in Latin, so that consonants have to be compared: Hebrew, Arabic,
#: Syriac, those of South and South-East Asia.
_WITHOUT_VOWELS: Final = re.compile(r"[\u0590-\u109f\u1780-\u17ff]")
#: Two names of one party, set apart by a stroke: Al-Qa'ida/Islamic Army.
_STROKE: Final = re.compile(r"(?<=\w{3})\s*/\s*(?=\w{3})")
_OR: Final = re.compile(r"^(?:or|aka|a\.k\.a\.|formerly|f/k/a|a/k/a)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: its words in order, folded, without the legal form.

    `whole` is the folded name with the legal form; `form` the kind of legal form, None where it shows none.
    `partial` says that a bracket was left out that may matter, such as a place or a unit; `comma` that the name
    stands as "family name, first name"; `vowelless` that its script writes no short vowels; `cut` that it was too
    long to be read to its end. `outside` is what stood in the bracket that was left out, of a country its code.
    `person` says that it was read as a person's name.
    """

    text: str
    words: tuple[str, ...]
    whole: str
    form: str | None = None
    partial: bool = False
    comma: bool = False
    vowelless: bool = False
    cut: bool = False
    outside: str = ""
    person: bool = False


@lru_cache(maxsize=400_000)
def read_name(text: str, kind: PartyKind = PartyKind.UNKNOWN, country: str | None = None) -> tuple[Reading, ...]:
    """Return the readings of a name, the plainest first; none where nothing but a legal form or signs is left.

    `Xinjiang Uyghur Autonomous Region (XUAR)` is read as it stands, without the bracket, and as its initials. What
    follows "a/k/a" is another name. A bracket that is no abbreviation gives no reading of its own.
    """
    found: dict[tuple[str, ...], Reading] = {}
    for part, partial in _spellings(text[:LONGEST_NAME]):
        reading = _read(part, kind, country, partial)
        if reading is not None:
            if len(text) > LONGEST_NAME:
                reading = replace(reading, cut=True)
            if partial:
                reading = replace(reading, outside=_outside(text[:LONGEST_NAME]))
            found.setdefault(reading.words, reading)
    return tuple(found.values())


def _outside(text: str) -> str:
    """Return what stands in the brackets: a country as its code, else the words."""
    inside = " ".join(_BRACKET.findall(text))
    return find_country(inside) or fold(inside)


def _spellings(text: str) -> list[tuple[str, bool]]:
    """Return every spelling of the name, and whether a bracket was left out that may matter."""
    spellings: list[tuple[str, bool]] = []
    for part in _OTHER_NAME.split(text):
        spellings.append((part, False))
        strokes = _STROKE.split(part)
        if len(strokes) == len("ab"):
            spellings += [(piece, True) for piece in strokes]
        inside = _BRACKET.findall(part)
        if not inside:
            continue
        outside = _BRACKET.sub(" ", part)
        others = [(piece, _OR.match(piece)) for piece in inside]
        short = [
            is_abbreviation(fold(piece), fold(outside).split()) or _in_other_letters(piece, outside) for piece in inside
        ]
        known = all(is_short or other for is_short, (_, other) in zip(short, others, strict=True))
        spellings.append((outside, not known))
        spellings += [(piece, False) for piece, is_short in zip(inside, short, strict=True) if is_short]
        spellings += [(_instead(part, piece, piece[other.end() :]), False) for piece, other in others if other]
    return spellings


def _in_other_letters(inside: str, outside: str) -> bool:
    """Whether a bracket of two words or more stands in other letters than the name: it is the name again."""
    return len(inside.split()) > 1 and inside.isascii() != outside.isascii()


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
    vowelless = bool(_WITHOUT_VOWELS.search(text))
    if kind is PartyKind.PERSON:
        comma = text.count(",") == 1
        return Reading(text, _words(whole.split(), firm=False), whole, None, partial, comma, vowelless, person=True)
    split = split_legal_form(_FORM_BEHIND.sub(" ", text), country)
    if not split.usable:
        return None
    folded = fold(cut_han(split.core)) if HAN.search(split.core) else split.folded
    words = _words(folded.split(), firm=True)
    form = split.legal_kind if split.legal_kind != "general" else None
    return Reading(split.core, words, whole, form, partial, False, vowelless) if words else None


def _words(words: Sequence[str], *, firm: bool) -> tuple[str, ...]:
    """Write numbers in digits; of a firm also single letters in a row as one word (a b c is abc), short words whole."""
    numbers, tens, shortened = _tables()
    out: list[str] = []
    letters = ""
    for word in words[:_MOST_WORDS]:
        if firm and len(word) == 1 and word.isalpha():
            letters += word
            continue
        out.extend(_letters(letters))
        letters = ""
        ten = tens.get(out[-1]) if out else None
        number = numbers.get(word, word)
        if ten is not None and len(number) == 1 and number.isdigit():
            out[-1] = str(int(ten) + int(number))
        elif word.isdigit():
            out.append(word.lstrip("0")[:_LONGEST_WORD] or "0")
        else:
            out.append(shortened.get(number, number)[:_LONGEST_WORD] if firm else number[:_LONGEST_WORD])
    out.extend(_letters(letters))
    if firm:
        out = _in_english(_joined_by_and(out) if "and" in out else out)
    return tuple(tens.get(word, word) for word in out)


def _joined_by_and(words: Sequence[str]) -> list[str]:
    """Write H & M as one word: letters about an "and" say nothing by themselves."""
    out: list[str] = []
    place = 0
    while place < len(words):
        three = words[place : place + 3]
        if len(three) == 3 and three[1] == "and" and max(len(three[0]), len(three[2])) <= _LETTERS:  # noqa: PLR2004
            out.append("".join(three))
            place += 3
        else:
            out.append(words[place])
            place += 1
    return out


def _in_english(words: Sequence[str]) -> list[str]:
    """Put words for trades in other languages in English: gida is food, may mac garment."""
    phrases, beginnings = _phrases()
    if beginnings.isdisjoint(words):
        return list(words)
    out: list[str] = []
    place = 0
    while place < len(words):
        length = next((size for size in (3, 2, 1) if tuple(words[place : place + size]) in phrases), 0)
        out.append(phrases[tuple(words[place : place + length])] if length else words[place])
        place += length or 1
    return out


@lru_cache(maxsize=1)
def _phrases() -> tuple[Mapping[tuple[str, ...], str], frozenset[str]]:
    table = read_yaml_table("trade_words")
    phrases = {
        tuple(spelling.split()): english
        for english, words in table.items()
        for word in map(str, words)
        for spelling in (pinyin(word) if HAN.fullmatch(word) else (fold(word),))
    }
    return phrases, frozenset(phrase[0] for phrase in phrases if phrase)


def _letters(letters: str) -> list[str]:
    return [letters] if letters else []


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    table = read_yaml_table("name_words")
    return (
        {word: str(value) for word, value in table["numbers"].items()},
        {word: str(value) for word, value in table["tens"].items()},
        table["abbreviations"],
    )


def says_something(words: Sequence[str]) -> bool:
    """Whether two names can be compared by these words: not generic words, titles and numbers alone."""
    return any(class_weight(word) >= DISTINGUISHING and not word.isdigit() for word in words)


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


#: A name or word that many have tells so much less than one that hardly anybody else has.
_COMMON: Final = 0.6


@lru_cache(maxsize=400_000)
def common_weight(word: str) -> float:
    """Return what a word tells where no list says how frequent it is: class weight, less for what many are called."""
    return class_weight(word) * (_COMMON if is_common_name(word) or word in ordinary_words() else 1.0)
