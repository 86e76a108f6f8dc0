"""Amounts of money as people write them; a number that could be two numbers is never guessed.

Which sign starts the decimals is decided over a whole column: every value that can be read in one way only
("1 234,50", "1.234.567") is evidence. "1,234" is read by that evidence; without evidence, or where it conflicts,
it stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fairlead.model.message import Message, message
from fairlead.read.sheet import Number


class Decimals(StrEnum):
    """The sign that starts the decimals in a column of numbers."""

    COMMA = "comma"
    POINT = "point"


@dataclass(frozen=True)
class WrittenAmount:
    """An amount taken apart: its digits and separators, the words around it, its sign and its multiplier."""

    digits: str
    words: str
    negative: bool
    multiplier: int
    stored: bool


@dataclass(frozen=True)
class AmountReading:
    """What came of one cell: the amount, the words beside it (a currency perhaps), and a remark if it was not read."""

    amount: Decimal | None
    words: str = ""
    remark: Message | None = None


#: Spaces that stand between groups of digits: plain, no-break, narrow no-break, thin, figure.
_SPACES: Final = "\u0020\u00a0\u202f\u2009\u2007\t"
_APOSTROPHES: Final = "'’ʼ‘`´"
_NUMBER: Final = re.compile(rf"[0-9](?:[0-9.,{_SPACES}{_APOSTROPHES}]*[0-9])?")
_MINUS: Final = "-−–"
_GROUP: Final = 3
_QUANTUM: Final = Decimal("0.0001")
_MOST_DIGITS: Final = 30

_MULTIPLIERS: Final = (
    (re.compile(r"\b(тыс(яч[аи]?|\.)?|thousands?|thsd|k|мың|milliers?|mille)\b\.?", re.I), 1_000),
    (re.compile(r"\b(млн|миллион(ов|а|ы)?|mln|mio|millions?|m|mn)\b\.?", re.I), 1_000_000),
    (re.compile(r"\b(млрд|миллиард(ов|а|ы)?|bln|billions?|bn|milliards?|mrd|md)\b\.?", re.I), 1_000_000_000),
    (re.compile(r"\b(lakhs?|lacs?)\b", re.I), 100_000),
    (re.compile(r"\b(crores?|cr)\b\.?", re.I), 10_000_000),
)


@lru_cache(maxsize=200_000)
def take_apart(text: str, *, stored: bool = False) -> WrittenAmount | None:
    """Take an amount apart, or return None where the text holds no number or more than one.

    `stored` says that a workbook keeps the cell as a number, which has a point and no groups.
    """
    clean = text.strip()
    negative = clean.startswith("(") and clean.endswith(")")
    if negative:
        clean = clean[1:-1].strip()
    numbers = list(_NUMBER.finditer(clean))
    if len(numbers) != 1:
        return None
    match = numbers[0]
    before, after = clean[: match.start()].strip(), clean[match.end() :].strip()
    if (before[-1:] and before[-1:] in _MINUS) or (before[:1] and before[:1] in _MINUS):
        negative, before = True, before.strip(_MINUS).strip()
    elif after[:1] and after[:1] in _MINUS and len(after) == 1:
        negative, after = True, ""
    words, multiplier = find_multiplier(f"{before} {after}".strip())
    return WrittenAmount(match[0], words.strip(), negative, multiplier, stored)


def find_multiplier(words: str) -> tuple[str, int]:
    """Return the words without "million" and its like, and the number that these multiply by (1 without them)."""
    for pattern, factor in _MULTIPLIERS:
        rest, count = pattern.subn(" ", words)
        if count == 1:
            return " ".join(rest.split()), factor
    return words, 1


def evidence(written: WrittenAmount) -> Decimals | None:
    """Return which sign starts the decimals where the amount can be read in one way only and shows it, else None."""
    if written.stored:
        return None
    readings = _readings(written.digits)
    if len(readings) == 1:
        return next(iter(readings))
    return None


def decide_decimals(values: Iterable[str]) -> frozenset[Decimals]:
    """Return the conventions for which a column of values is evidence: none, one, or both (a conflict)."""
    found = set()
    for value in values:
        written = None if isinstance(value, Number) else take_apart(value)
        if written is not None and (shown := evidence(written)) is not None:
            found.add(shown)
    return frozenset(found)


def read_amount(text: str, convention: frozenset[Decimals], *, multiplier: int = 1) -> AmountReading:
    """Return the amount that a cell holds, read by the column's convention.

    `multiplier` is what the heading says ("in thousands"). The amount has four decimals at most; further ones are
    rounded half to even. What can be read in two ways, and what holds no number or several, gives a remark.
    """
    stored = isinstance(text, Number)
    written = take_apart(str(text), stored=stored)
    if written is None or "%" in written.words or _vague(written.words):
        return AmountReading(None, "", message("“{value}” is not an amount that can be read.", value=str(text)))
    if stored:
        return _scaled(Decimal(written.digits), written, multiplier, text)
    readings = _readings(written.digits)
    if not readings:
        return AmountReading(
            None, written.words, message("“{value}” is not an amount that can be read.", value=str(text))
        )
    amounts = set(readings.values())
    if len(amounts) == 1:
        return _scaled(amounts.pop(), written, multiplier, text)
    if len(convention) == 1 and (only := next(iter(convention))) in readings:
        return _scaled(readings[only], written, multiplier, text)
    one, other = (format(readings[each], "f") for each in (Decimals.COMMA, Decimals.POINT))
    return AmountReading(
        None,
        written.words,
        message(
            "“{value}” could be {one} or {other}, and the column does not show which; say it in mapping.yaml.",
            value=str(text),
            one=one,
            other=other,
        ),
    )


def _scaled(amount: Decimal, written: WrittenAmount, multiplier: int, text: str) -> AmountReading:
    scaled = amount * written.multiplier * (multiplier if written.multiplier == 1 else 1)
    if scaled.adjusted() >= _MOST_DIGITS:
        return AmountReading(None, written.words, message("“{value}” is too large to be an amount.", value=str(text)))
    scaled = scaled.quantize(_QUANTUM, ROUND_HALF_EVEN)
    return AmountReading(-scaled if written.negative else scaled, written.words)


def _vague(words: str) -> bool:
    """Whether the words make the number less than sure: about, up to, more than."""
    return (
        re.search(
            r"[~≈<>±?]|\b(около|примерно|до|от|более|менее|свыше|about|approx|circa|environ|up to)\b", words, re.I
        )
        is not None
    )


@lru_cache(maxsize=200_000)
def _readings(digits: str) -> dict[Decimals, Decimal]:
    """Return each way in which the digits and separators can be read as a number.

    An integer without separators reads the same in both ways and shows neither; then both are given.
    """
    found = {}
    for convention, mark, group in ((Decimals.COMMA, ",", "."), (Decimals.POINT, ".", ",")):
        number = _read_as(digits, mark, group)
        if number is not None:
            found[convention] = number
    return found


def _read_as(digits: str, mark: str, group: str) -> Decimal | None:
    whole, found, fraction = digits.partition(mark)
    if found and not (fraction.isdigit() and fraction.isascii()):
        return None
    if found and not whole:
        return None
    groups = _groups(whole, group)
    if groups is None:
        return None
    return Decimal("".join(groups) + (f".{fraction}" if found else ""))


def _groups(whole: str, group: str) -> list[str] | None:
    """Return the groups of the whole part, or None where they are not set as thousands are.

    One separator only: the sign `group`, spaces or apostrophes. Groups have three digits but the first, which has
    one to three and does not start with 0; in Indian numbers the groups before the last have two.
    """
    if whole.isdigit():
        return [whole]
    separators = {"space" if sign in _SPACES else "apostrophe" if sign in _APOSTROPHES else sign for sign in whole}
    separators -= set("0123456789")
    if len(separators) > 1 or not separators <= {"space", "apostrophe", group}:
        return None
    groups = re.split(r"[^0-9]+", whole)
    middle, last = groups[1:-1], groups[-1]
    if len(last) != _GROUP or not groups[0] or groups[0].startswith("0") or len(groups[0]) > _GROUP:
        return None
    western = all(len(each) == _GROUP for each in middle)
    indian = separators == {","} and len(groups[0]) <= 2 and all(len(each) == 2 for each in middle)  # noqa: PLR2004
    return groups if western or indian else None
