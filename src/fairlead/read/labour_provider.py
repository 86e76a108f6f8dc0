"""What a cell says of the labour provider: its name, or only that there is one or none."""

from __future__ import annotations

import re
from typing import Final

from fairlead.read.words import cell_key, cell_words, is_missing

#: Yes or no, or the like, before what it is about.
_ANSWER: Final = re.compile(r"([^\W\d_]{2,15})(?:\s*[,;:(]|\s+[-–—]\s)\s*")


def read_labour_provider(text: str) -> tuple[str | None, bool | None]:
    """Return the name in a cell and whether a labour provider is used; "yes, Example Ltd" gives both."""
    key = cell_key(text)
    if key in cell_words("denied"):
        return None, False
    if key in cell_words("affirmed"):
        return None, True
    if is_missing(text):
        return None, None
    answer, found, rest = _split_answer(text)
    if found and answer in cell_words("denied"):
        return None, False
    if found and answer in cell_words("affirmed"):
        name = rest.removesuffix(")") if rest.count("(") < rest.count(")") else rest
        return (None if is_missing(name) else name), True
    return text, True


def _split_answer(text: str) -> tuple[str, bool, str]:
    """Cut a cell after a word that may be yes or no: the word, whether something follows it, what follows."""
    match = _ANSWER.match(text)
    return (cell_key(match[1]), True, text[match.end() :].strip()) if match else (text, False, "")
