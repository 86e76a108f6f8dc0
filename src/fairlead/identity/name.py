"""A name as screening compares it: words without legal form, in every reading, and how much each word tells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from fairlead.identity.normalise import fold, split_legal_form
from fairlead.identity.tables import read_yaml_table
from fairlead.identity.word import class_weight, is_common
from fairlead.model.vocabulary import PartyKind

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
#: Scripts that write no short vowels, so that only consonants can be compared: Hebrew, Arabic, Syriac, Khmer and others.
_WITHOUT_VOWELS: Final = re.compile(r"[\u0590-\u08ff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
#: Two names of one party, set apart by a stroke: Al-Qa'ida/Islamic Army.
_STROKE: Final = re.compile(r"(?<=\w{3})\s*/\s*(?=\w{3})")
_OR: Final = re.compile(r"^(?:or|aka|a\.k\.a\.|formerly|f/k/a|a/k/a)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: its words in order, folded, without the legal form.

    `whole` is the folded name with the legal form; `form` the kind of legal form, None where it shows none.
    `partial` says that a bracket was left out that may matter, such as a place or a unit; `comma` that the name
    stands as "family name, first name"; `vowelless` that its script writes no short vowels; `cut` that it was too
    long to be read to its end.
    """

    text: str
    words: tuple[str, ...]
    whole: str
    form: str | None = None
    partial: bool = False
    comma: bool = False
    vowelless: bool = False
    cut: bool = False
    outside: tuple[str, ...] = ()


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
                inside = fold(" ".join(_BRACKET.findall(text[:LONGEST_NAME])))
                reading = replace(reading, outside=tuple(inside.split()[:_MOST_WORDS]))
            found.setdefault(reading.words, reading)
    return tuple(found.values())


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
    vowelless = bool(_WITHOUT_VOWELS.search(text))
    if kind is PartyKind.PERSON:
        comma = text.count(",") == 1
        return Reading(text, _words(whole.split(), firm=False), whole, None, partial, comma, vowelless)
    split = split_legal_form(_FORM_BEHIND.sub(" ", text), country)
    if not split.usable:
        return None
    words = _words(split.folded.split(), firm=True)
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
    if firm and "and" in out:
        out = _joined_by_and(out)
    return tuple(tens.get(word, word) for word in out)


def _joined_by_and(words: Sequence[str]) -> list[str]:
    """Write H & M as one word: letters about an "and" say nothing by themselves."""
    out: list[str] = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word == "and" and out and len(out[-1]) <= _LETTERS and 0 < len(after) <= _LETTERS:
            out[-1] += word
        elif len(word) <= _LETTERS and out and out[-1].endswith("and") and len(out[-1]) <= _LETTERS + len("and"):
            out[-1] += word
        else:
            out.append(word)
    return out


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


class CommonWords:
    """What the words of names tell where no list says how frequent they are: names that many people have tell less."""

    COMMON: Final = 0.6

    def __call__(self, word: str) -> float:
        """Return the weight of a word."""
        return class_weight(word) * (self.COMMON if is_common(word) else 1.0)
