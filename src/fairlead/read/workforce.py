"""What a cell says of the workers: how they came to the work and under what arrangement."""

from __future__ import annotations

import re

from fairlead.model.vocabulary import Workforce
from fairlead.read.words import cell_key, cell_words, fold_words, is_missing, plain_workforce_words, workforce_words


def read_workforce(text: str, asked: Workforce | None) -> frozenset[str] | None:
    """Return the tags of a cell, none where it denies or says nothing, or None where it is not understood.

    `asked` is the tag that the heading asks about ("Migrant workers"): then yes, a number above zero and a share
    such as "35%" affirm it.
    """
    if is_missing(text) or cell_key(text) in cell_words("denied"):
        return frozenset()
    if asked is not None and (cell_key(text) in cell_words("affirmed") or _some(text)):
        return frozenset({asked.value})
    found = frozenset(_tags(text))
    understood = found or _is_plain(text) or (asked is not None and _none(text))
    return found if understood else None


def _tags(text: str) -> set[str]:
    padded = f" {fold_words(text)}"
    return {tag for word, tag in workforce_words() if f" {word}" in padded}


def _is_plain(text: str) -> bool:
    padded = f" {fold_words(text)}"
    return any(f" {word}" in padded for word in plain_workforce_words())


def _some(text: str) -> bool:
    """Whether a cell is a number above zero, or a share such as "35%"."""
    match = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?)\s*%?", text)
    return match is not None and any(digit in "123456789" for digit in match[1])


def _none(text: str) -> bool:
    return re.fullmatch(r"0+(?:[.,]0+)?\s*%?", text) is not None
