"""Which words of two values differ, so that the eye goes there first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fairlead.identity.normalise import fold


class Word(NamedTuple):
    """A word of a value as it is written, and whether the other value has it too, in whatever script or case."""

    text: str
    shared: bool


def differences(left: str, right: str) -> tuple[list[Word], list[Word]]:
    """Return the words of both values; where one of the two is empty there is nothing to compare and none differs."""
    mine, theirs = left.split(), right.split()
    if not mine or not theirs:
        return [Word(word, True) for word in mine], [Word(word, True) for word in theirs]
    return _marked(mine, theirs), _marked(theirs, mine)


def _marked(words: Sequence[str], others: Sequence[str]) -> list[Word]:
    left_over = Counter(map(_key, others))
    marked: list[Word] = []
    for word in words:
        key = _key(word)
        shared = not key or left_over[key] > 0
        left_over[key] -= 1
        marked.append(Word(word, shared))
    return marked


def _key(word: str) -> str:
    return fold(word) if any(sign.isalnum() for sign in word) else ""
