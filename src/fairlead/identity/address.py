"""An address in the parts that decide whether two addresses are the same: house, unit, postcode, other words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from fairlead.identity.normalise import fold, phonetic
from fairlead.identity.tables import read_csv_table

#: Letters and digits; in the scripts of South Asia the vowel signs too, which are no letters to `re`.
_LETTERS: Final = r"(?:[^\W_]|[\u0900-\u0963\u0966-\u0dff])+"
_WORD: Final = re.compile(rf"[№#]|{_LETTERS}(?:['’‘ʻʼ`]{_LETTERS})*(?:[-/]{_LETTERS})*")
#: Where digits meet a script that is written without spaces: 新华路168号.
_UNSPACED_NUMBER: Final = re.compile(r"(?<=[\u2e80-\ud7ff])(?=\d)|(?<=\d)(?=[\u2e80-\ud7ff])")
_DIGITS: Final = re.compile(r"\d+")
_JOINT: Final = re.compile(r"[-/]")
_NUMBER: Final = re.compile(r"\d+[a-z]{0,2}|[a-z]\d{1,4}")
_LETTER_AND_NUMBER: Final = re.compile(r"[a-z]-\d{1,4}[a-z]?")
_UNIT_LETTER: Final = re.compile(r"[a-z]")
_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|y|ya|i)")
_ORDINAL_WORDS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1
    )
}
_ORDINAL_ENDING: Final = ("th", "nd")  # written apart, 24 TH; st and rd also are street and road
_MISTYPED_NO: Final = re.compile(r"n0(\d*)")  # N07 is No. 7
_MISTYPED_ZERO: Final = re.compile(r"(?<=\d)o")  # 33o is 330
_SHORTEST_RANGE_END: Final = 2
_LONG_POSTCODE: Final = 6
_SHORT_POSTCODE: Final = 5
_LONG_WORD: Final = 5
#: The kinds of words that ask for a number.
_ASKING: Final = ("house", "unit", "floor", "area", "hash")
_DIRECTIONS: Final = {"north": "n", "south": "s", "east": "e", "west": "w"}


@dataclass(frozen=True)
class Address:
    """The parts of an address.

    `house` is the number of the house, `unit` of an office, flat, floor or part of the building, `numbers`
    are all numbers that may be either; `words` are the other words by their sound, sorted, without those
    that only say what follows (street, город); `spelled` are the same words in their order, run together;
    `digits` are all groups of digits of the text in their order, whatever they number. `floor` is the number of
    the floor; it is the unit too where the address names no other.
    """

    house: str | None
    unit: str | None
    postcode: str | None
    numbers: tuple[str, ...]
    words: tuple[str, ...]
    spelled: str = ""
    digits: tuple[str, ...] = ()
    floor: str | None = None


#: The same address is asked for at several stages; so many answers are kept.
_REMEMBERED: Final = 2**18
NO_ADDRESS: Final = Address(None, None, None, (), ())


@dataclass(frozen=True)
class _Piece:
    kind: str  # number, word, or a kind of tables/address_words.csv
    text: str
    part: str = ""  # what follows a number after a stroke or dash: 12/3
    new: bool = True  # the first of the text, or after a comma


@lru_cache(maxsize=_REMEMBERED)
def parse_address(text: str | None) -> Address:
    """Take an address apart, in any of the languages of tables/address_words.csv.

    `ул. Абая, д. 12, оф. 5` gives house 12, unit 5, words (abaia); `12 Abay st., office 5` gives the same
    numbers.
    """
    if not text:
        return NO_ADDRESS
    text = _UNSPACED_NUMBER.sub(" ", text)
    pieces = _pieces(text)
    owner = _owners(pieces)
    words = {piece.text for piece in pieces if piece.kind == "word"}
    words.update(_DIRECTIONS[piece.kind] for piece in pieces if piece.kind in _DIRECTIONS)
    words.update(f"area{pieces[place].text}" for place, kind in owner.items() if kind == "area")
    numbers = [place for place, piece in enumerate(pieces) if piece.kind == "number"]
    marked = [place for place in numbers if owner.get(place) == "house"]
    free = [place for place in numbers if place not in owner]
    postcode = next((place for place in free if _is_postcode(pieces, place)), None)
    free = [place for place in free if place != postcode]
    house = next(iter(marked or free), None)
    unit, floor = (
        next((pieces[place].text for place in numbers if owner.get(place) == kind), None) for kind in ("unit", "floor")
    )
    if unit is None and house is not None:
        unit = pieces[house].part or None
    return Address(
        pieces[house].text if house is not None else None,
        unit or floor,
        pieces[postcode].text if postcode is not None else None,
        tuple(sorted({pieces[place].text for place in marked + free} | _range_end(pieces, house))),
        tuple(sorted(words)),
        "".join(piece.text for piece in pieces if piece.kind == "word"),
        tuple(_DIGITS.findall(fold(text))),
        floor,
    )


def _range_end(pieces: Sequence[_Piece], house: int | None) -> set[str]:
    """Return the last house of what may be a range: 31 of 27-31, 7148 of 7146-48; the 5 of 12-5 is none."""
    if house is None or not (pieces[house].text.isdigit() and pieces[house].part.isdigit()):
        return set()
    first, last = pieces[house].text, pieces[house].part
    if len(last) < min(len(first), _SHORTEST_RANGE_END):
        return set()
    whole = first[: max(0, len(first) - len(last))] + last
    return {whole} if int(whole) > int(first) else set()


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    kinds = _kinds()
    end = 0
    for match in _WORD.finditer(text):
        word, new, end = match.group(), not end or "," in text[end : match.start()], match.end()
        split = [folded for folded in (fold(part).replace(" ", "") for part in _JOINT.split(word)) if folded]
        whole = "".join(split)
        if word == "#":
            pieces.append(_Piece("hash", word, new=new))
        elif whole in _ORDINAL_ENDING and pieces and pieces[-1].kind == "number" and not new:
            pieces[-1] = replace(pieces[-1], kind="ordinal")
        elif whole in kinds:
            pieces.append(_Piece(kinds[whole], whole, new=new))
        elif mistyped := _MISTYPED_NO.fullmatch(whole):
            pieces.extend(
                [_Piece("house", "no", new=new), *([_Piece("number", mistyped[1], new=False)] if mistyped[1] else [])]
            )
        elif len(split) > 1 and kinds.get(split[0]) in _ASKING and _is_number(split[1:]):
            pieces.extend([_Piece(kinds[split[0]], split[0], new=new), _number(split[1:], new=False)])
        elif split and _is_number(split) and not _ORDINAL.fullmatch(whole):
            pieces.append(_number(split, new))
        else:
            parts = [whole] if _ORDINAL.fullmatch(whole) else split
            pieces.extend(_word(part, kinds, new and place == 0) for place, part in enumerate(parts))
    return pieces


def _is_number(split: Sequence[str]) -> bool:
    """12, 12a, 12-5 and 12/5 are numbers of houses, so are B3 and B-3."""
    return bool(_NUMBER.fullmatch(split[0]) or _LETTER_AND_NUMBER.fullmatch("-".join(split)))


def _number(split: Sequence[str], new: bool) -> _Piece:
    """`12-5` and `12/5` are a house and a part; `12-a` is a house of its own, as 12a is."""
    first, rest = _MISTYPED_ZERO.sub("0", split[0]), "".join(split[1:])
    if first.isalpha() or (len(rest) == 1 and rest.isalpha()):
        return _Piece("number", first + rest, new=new)
    return _Piece("number", first, rest, new=new)


def _word(part: str, kinds: Mapping[str, str], new: bool) -> _Piece:
    ordinal = _ORDINAL.fullmatch(part)
    if ordinal or part in _ORDINAL_WORDS:
        return _Piece("ordinal", ordinal.group(1) if ordinal else _ORDINAL_WORDS[part], new=new)
    if part in kinds:
        return _Piece(kinds[part], part, new=new)
    return _Piece("word", part if len(part) == 1 else _stem(phonetic(part)), new=new)


def _stem(word: str) -> str:
    """Drop one final vowel of a long word, so that Абая meets Abay and Пушкина meets Pushkin."""
    return word[:-1] if len(word) >= _LONG_WORD and word[-1] in "aeiou" else word


def _owners(pieces: list[_Piece]) -> dict[int, str]:
    """Give numbers to the words that ask for one: the next or the last number, on this side of a comma first.

    Ordinals that no word asks for, and the 8 of `ул. 8 Марта`, name a street and become words.
    """
    owner: dict[int, str] = {}
    for place, piece in enumerate(pieces):
        if piece.kind in _ASKING:
            number = _number_for(pieces, place, owner)
            if number is not None:
                owner[number] = _asked_for(piece, number, pieces, owner)
    for place, piece in enumerate(pieces):
        if place not in owner and (piece.kind == "ordinal" or _names_a_street(pieces, place)):
            pieces[place] = _Piece("word", f"street{piece.text}")
        elif place in owner:
            pieces[place] = replace(piece, kind="number")
    return owner


def _asked_for(piece: _Piece, number: int, pieces: Sequence[_Piece], owner: Mapping[int, str]) -> str:
    """`#` before the first number of an address is a house, before a later one a unit."""
    if piece.kind != "hash":
        return piece.kind
    earlier = any(pieces[place].kind == "number" and owner.get(place) in (None, "house") for place in range(number))
    return "unit" if earlier else "house"


def _number_for(pieces: Sequence[_Piece], place: int, owner: Mapping[int, str]) -> int | None:
    after, before = place + 1, place - 1
    near = [(after, after < len(pieces) and not pieces[after].new), (before, not pieces[place].new), (after, True)]
    for number, close in near:
        if close and 0 <= number < len(pieces) and number not in owner and _can_be_asked_for(pieces, number, place):
            return number
    return None


def _can_be_asked_for(pieces: Sequence[_Piece], number: int, place: int) -> bool:
    """A unit may also be a single letter right after its word, `Unit C`; a postcode after others is none of them."""
    if pieces[number].kind in ("number", "ordinal"):
        return not (_looks_like_postcode(pieces[number].text) and _number_before(pieces, number))
    return pieces[place].kind == "unit" and number == place + 1 and bool(_UNIT_LETTER.fullmatch(pieces[number].text))


def _number_before(pieces: Sequence[_Piece], number: int) -> bool:
    return any(piece.kind == "number" for piece in pieces[:number])


def _looks_like_postcode(digits: str) -> bool:
    return digits.isdigit() and len(digits) in (_SHORT_POSTCODE, _LONG_POSTCODE)


def _names_a_street(pieces: Sequence[_Piece], place: int) -> bool:
    if not 0 < place < len(pieces) - 1 or pieces[place].kind != "number":
        return False
    return pieces[place - 1].kind == "street" and pieces[place + 1].kind == "word" and not pieces[place + 1].new


def _is_postcode(pieces: Sequence[_Piece], place: int) -> bool:
    """Five or six digits are a postcode; at the very beginning only six, and only before a comma."""
    digits = pieces[place].text
    if not _looks_like_postcode(digits):
        return False
    alone = len(pieces) == 1 or (place == 0 and pieces[1].new)
    return place > 0 or (len(digits) == _LONG_POSTCODE and alone)


@cache
def _kinds() -> Mapping[str, str]:
    return {fold(row["word"]).replace(" ", ""): row["kind"] for row in read_csv_table("address_words")}
