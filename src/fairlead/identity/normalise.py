"""Names as keys: other scripts folded to Latin, sounds brought together, legal forms kept apart.

`fold` is for equality: Қазақстан and Qazaqstan are the same word. `phonetic` is coarser and serves only
to bring candidates together: there Казахстан meets them too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii

from fairlead.reference import load_csv

#: Cyrillic letters whose common romanisation in the region differs from anyascii's.
_CYRILLIC: Final = {
    "ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i", "х": "kh",
    "ц": "ts", "щ": "shch", "ъ": "", "ь": "", "ё": "e", "э": "e", "й": "y", "ў": "o", "ҳ": "h", "ҷ": "j",
    "ӣ": "i", "ӯ": "u", "ҡ": "q", "ҙ": "z", "ҫ": "s",
}  # fmt: skip

#: Letters that look alike in Cyrillic and Latin; used to mend words typed in two scripts at once.
_LOOK_ALIKE: Final = dict(zip("аеосрхукмтвнАЕОСРХУКМТВНіІһ", "aeocpxykmtbhAEOCPXYKMTBHiIh", strict=True))
_TO_LATIN: Final = str.maketrans(_LOOK_ALIKE)
_TO_CYRILLIC: Final = str.maketrans({latin: cyrillic for cyrillic, latin in _LOOK_ALIKE.items()})

#: Apostrophes are part of a letter (Uzbek oʻ, the Kazakh Latin spelling of 2017) or of a word (children's).
_APOSTROPHES: Final = "'’‘ʻʼ`´′‛ʹ"
_LETTERS: Final = str.maketrans(
    {letter: latin for letter, latin in _CYRILLIC.items() if len(letter) == 1}
    | dict.fromkeys(_APOSTROPHES, "")
    | {"ং": "ng", "ं": "n", "শ": "sh", "ষ": "sh", "श": "sh", "ष": "sh"}
    | {"ı": "i", "&": " and ", "№": " no ", "＆": " and "}
)
#: In the scripts of South Asia (Devanagari, Bengali, Tamil and their kin) a consonant without a sign has the vowel a,
#: save at the end of a word; a virama takes it away. Their blocks have the same layout.
_SOUTH_ASIAN: Final = re.compile(r"[\u0900-\u0d7f]")
_BLOCK: Final = 0x80


def _south_asian(*ranges: range) -> str:
    return "".join(chr(block + place) for block in range(0x900, 0xD80, _BLOCK) for each in ranges for place in each)


_WITH_VOWEL: Final = re.compile(
    rf"([{_south_asian(range(0x15, 0x3A), range(0x58, 0x60))}][{_south_asian(range(0x3C, 0x3D))}]?)"
    rf"(?=[{_south_asian(range(0x01, 0x04), range(0x05, 0x3A), range(0x58, 0x60))}])"
)
#: Arrows, dingbats and emoji, which are nobody's name.
_PICTURES: Final = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]+")
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")
_MIXED_WORD: Final = re.compile(r"\w+")
_CYRILLIC_LETTER: Final = re.compile(r"[Ѐ-ӿ]")
_LATIN_LETTER: Final = re.compile(r"[A-Za-z]")

#: Sounds that are spelled in several ways, in the order in which they are replaced.
_SOUNDS: Final = (
    ("shch", "s"), ("sch", "s"), ("tch", "ĉ"), ("ch", "ĉ"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("sh", "s"),
    ("ph", "f"), ("th", "t"), ("gh", "g"), ("ng", "n"), ("ts", "s"), ("tz", "s"), ("ae", "a"), ("oe", "o"), ("ue", "u"),
    ("ou", "u"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ck", "k"), ("c", "k"), ("q", "k"), ("kh", "k"), ("h", "k"),
    ("x", "k"), ("ks", "k"), ("w", "v"), ("y", "i"), ("ĉ", "c"),
)  # fmt: skip
#: Sounds that scripts without short vowels do not tell apart, in the order in which they are replaced.
_CONSONANTS: Final = (
    ("sh", "s"), ("ch", "s"), ("th", "t"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("zh", "s"), ("ph", "f"), ("dj", "j"),
    ("p", "b"), ("v", "f"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("g", "k"), ("j", "k"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"[aeiouyw]+")
#: The same names and words are asked for at several stages; so many answers are kept.
_REMEMBERED: Final = 2**18
_DOUBLED: Final = re.compile(r"([^0-9])\1+")
_J_ENDS_SYLLABLE: Final = re.compile(r"(?<=[aeiou])j(?![aeiouy])")  # Stepnoj is Stepnoy


def fold(text: str) -> str:
    """Return the text as lower-case Latin words of letters and digits with single spaces between them.

    Cyrillic (also Kazakh, Kyrgyz, Uzbek, Mongolian) and both Kazakh Latin spellings meet as far as rules
    go; other scripts go through anyascii; `&` becomes `and`; punctuation separates words. Text without
    any letter or digit gives an empty string.
    """
    if not text.isascii():
        text = _PICTURES.sub(" ", _one_script(unicodedata.normalize("NFKC", text)))
        if _SOUTH_ASIAN.search(text):
            text = _WITH_VOWEL.sub(r"\1a", text)
        text = anyascii(text.lower().translate(_LETTERS)).lower()
    else:
        text = text.lower().replace("'", "").replace("`", "").replace("&", " and ")
    return _NOT_A_WORD.sub(" ", text.replace("'", "")).strip()


@lru_cache(maxsize=_REMEMBERED)
def phonetic(folded: str) -> str:
    """Return a coarser key of folded text, word by word, for bringing candidates together.

    kh, h, x, q and k are one sound, so are zh and j, y and i, sh and s, ts and c before e and i, w and v;
    doubled letters count once, digits as they are. Two names with the same phonetic key need not be the same name.
    """
    folded = _J_ENDS_SYLLABLE.sub("i", folded)
    for spelling, sound in _SOUNDS:
        folded = folded.replace(spelling, sound)
    return _DOUBLED.sub(r"\1", folded)


@lru_cache(maxsize=_REMEMBERED)
def consonants(word: str) -> str:
    """Return the consonants of a word as far as scripts without short vowels tell them apart.

    fernando and frnndw (فرناندو) both give frnd; p is b, v is f, z is s, and g, j, q and c are k.
    """
    for letters, sound in _CONSONANTS:
        word = word.replace(letters, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _one_script(text: str) -> str:
    """Give words that mix Cyrillic and Latin look-alikes back to the script most of their letters have."""
    if not (_CYRILLIC_LETTER.search(text) and _LATIN_LETTER.search(text)):
        return text
    return _MIXED_WORD.sub(_mend, text)


def _mend(word: re.Match[str]) -> str:
    letters = word.group()
    cyrillic, latin = len(_CYRILLIC_LETTER.findall(letters)), len(_LATIN_LETTER.findall(letters))
    if not cyrillic or not latin:
        return letters
    return letters.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)


@dataclass(frozen=True)
class SplitName:
    """A name in its parts: `core` as it was written without the legal form, and `folded`, the core as a key.

    `legal_form` and `legal_kind` are keys of legal_forms.csv (such as llc, limited), None where the name
    shows none. `usable` is False where nothing but a legal form or punctuation was left: then core and
    folded keep the original and the name must not be matched on.
    """

    core: str
    legal_form: str | None
    folded: str
    legal_kind: str | None = None
    usable: bool = True


@dataclass(frozen=True)
class _Form:
    form: str
    kind: str
    position: str  # start, end, ends (either), any


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    folded: str
    cyrillic: bool
    first: bool  # of the name, or after a bracket or quotation mark
    last: bool  # of the name, or before a bracket, comma or quotation mark
    bound: bool  # to the word before it by a hyphen, as in Ала-Тоо


@dataclass(frozen=True)
class _Forms:
    """The legal forms by script, country ("" for everywhere) and spelling without spaces."""

    by_spelling: Mapping[tuple[bool, str, str], _Form]
    beginnings: frozenset[tuple[bool, str]]
    unspaced: Sequence[tuple[str, _Form]]  # spellings in scripts without spaces, the longest first


#: Signs that belong to the letter before them, such as the vowels of Bengali.
_MARKS: Final = "".join(sign for sign in map(chr, range(0x300, 0x2000)) if unicodedata.category(sign)[0] == "M")
_LETTER: Final = rf"[^\W_][{_MARKS}]*"
_WORD: Final = re.compile(rf"&|(?:{_LETTER})+(?:['’‘ʻʼ`´′](?:{_LETTER})+)*['’‘ʻʼ`´′]?")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u3200-\u33ff]")
_OPENS: Final = re.compile(r"[(\[{«„“”\",;|]")
_CLOSES: Final = re.compile(r"[)\]}»“”\",;|(\[«]")
_HYPHENS: Final = ("-", "‐", "‑")
_EDGE: Final = " \t\n.,;:-–—_/|\\\"'«»„“”‘’()[]{}"


@lru_cache(maxsize=_REMEMBERED)
def split_legal_form(name: str, country: str | None = None) -> SplitName:
    """Take the legal form out of a name, whatever the language: ТОО «Алатау» gives core Алатау, form llc.

    `country` (ISO 3166-1 alpha-3) settles spellings that mean different forms in different places. A name
    of nothing but a legal form is returned whole and marked not usable.
    """
    forms = _forms()
    text = _one_script(unicodedata.normalize("NFKC", name))
    found: list[_Form] = []
    if _UNSPACED.search(text):
        for spelling, form in forms.unspaced:
            if spelling in text:
                text = text.replace(spelling, " ")
                found.append(form)
    keep = _words(text)
    while taken := _take_forms(keep, forms, country):
        found.extend(form for form, _ in taken)
        keep = _without(keep, {place for _, places in taken for place in places})
    folded = " ".join(word.folded for word in keep if word.folded)
    best = next((form for form in found if form.kind != "general"), found[0] if found else None)
    form_key, kind = (best.form, best.kind) if best else (None, None)
    if not folded:
        return SplitName(name.strip(), form_key, fold(name) or name.strip().lower(), kind, usable=False)
    core = name.strip() if not found else _remaining(text, keep)
    return SplitName(core, form_key, folded, kind)


@cache
def _forms() -> _Forms:
    by_spelling: dict[tuple[bool, str, str], _Form] = {}
    beginnings: set[tuple[bool, str]] = set()
    unspaced: list[tuple[str, _Form]] = []
    for row in load_csv("legal_forms"):
        form = _Form(row["form"], row["kind"], row["position"])
        spelling = unicodedata.normalize("NFKC", row["spelling"])
        if _UNSPACED.search(spelling):
            unspaced.append((spelling, form))
            continue
        cyrillic, key = bool(_CYRILLIC_LETTER.search(spelling)), fold(spelling).replace(" ", "")
        by_spelling.setdefault((cyrillic, row["iso3"], key), form)
        beginnings.update((cyrillic, key[:length]) for length in range(1, len(key) + 1))
    return _Forms(by_spelling, frozenset(beginnings), sorted(unspaced, key=lambda pair: (-len(pair[0]), pair[0])))


def _words(text: str) -> list[_Word]:
    matches = list(_WORD.finditer(text))
    words = []
    for index, match in enumerate(matches):
        before = text[matches[index - 1].end() if index else 0 : match.start()]
        after = text[match.end() : matches[index + 1].start() if index + 1 < len(matches) else len(text)]
        words.append(
            _Word(
                match.start(),
                match.end(),
                fold(match.group()),
                bool(_CYRILLIC_LETTER.search(match.group())),
                first=index == 0 or bool(_OPENS.search(before)),
                last=index == len(matches) - 1 or bool(_CLOSES.search(after)),
                bound=before in _HYPHENS and index > 0,
            )
        )
    return words


def _take_forms(words: Sequence[_Word], forms: _Forms, country: str | None) -> list[tuple[_Form, range]]:
    """Return the legal forms that stand where they may, each with the places of its words."""
    taken: list[tuple[_Form, range]] = []
    place = 0
    while place < len(words):
        form, length = _longest_form(words, place, forms, country)
        if form:
            taken.append((form, range(place, place + length)))
        place += length
    return taken


def _longest_form(words: Sequence[_Word], place: int, forms: _Forms, country: str | None) -> tuple[_Form | None, int]:
    """Return the longest legal form that begins at `place` and its number of words; without one, None and 1."""
    cyrillic, spelled = words[place].cyrillic, ""
    best: tuple[_Form | None, int] = (None, 1)
    for length, word in enumerate(words[place:], start=1):
        spelled += word.folded
        if word.cyrillic != cyrillic or (cyrillic, spelled) not in forms.beginnings:
            break
        own, general = ((cyrillic, where, spelled) for where in (country or "", ""))
        form = forms.by_spelling.get(own) or forms.by_spelling.get(general)
        after = place + length
        bound = words[place].bound or (after < len(words) and words[after].bound)
        if form and not bound and _may_stand(form.position, words[place].first, word.last):
            best = (form, length)
    return best


def _may_stand(position: str, first: bool, last: bool) -> bool:
    return {"any": True, "start": first, "end": last, "ends": first or last}[position]


def _without(words: Sequence[_Word], places: set[int]) -> list[_Word]:
    """Leave out the words at these places; what they opened or closed, their neighbours now open or close."""
    keep: list[_Word] = []
    opens = False
    for place, word in enumerate(words):
        if place in places:
            opens = opens or word.first
            if word.last and keep:
                keep[-1] = replace(keep[-1], last=True)
        else:
            keep.append(replace(word, first=True) if opens and not word.first else word)
            opens = False
    return keep


def _remaining(text: str, keep: Sequence[_Word]) -> str:
    """Return the stretches of text that the kept words cover, with what stands between neighbours."""
    pieces: list[str] = []
    for index, word in enumerate(keep):
        joined = index > 0 and not _WORD.search(text[keep[index - 1].end : word.start])
        pieces.append(
            (text[keep[index - 1].end : word.start] if joined else " " if index else "") + text[word.start : word.end]
        )
    return " ".join("".join(pieces).split()).strip(_EDGE)
