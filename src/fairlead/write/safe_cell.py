"""Cells that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

#: What a cell is made from.
Value = str | int | float | Decimal | bool | None

#: Signs with which a spreadsheet begins a formula, or skips to one; the wide forms are read as the narrow ones.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_NUMBER: Final = re.compile(r"[+-]?\d[\d  .,]*%?")

#: Control characters that no spreadsheet may hold; tab and line feed may stay.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula: with an apostrophe before it where it might.

    A negative number, or one with a plus, stays as it is.
    """
    text = _FORBIDDEN.sub("�", text)
    if text.startswith(_STARTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
