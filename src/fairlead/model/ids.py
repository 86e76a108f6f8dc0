"""Identifiers made from content, so that the same thing has the same id in every run."""

from __future__ import annotations

import hashlib
from typing import Final, Literal

Prefix = Literal["row", "rec", "jdg", "pty", "sit", "lnk", "evd", "act"]

_SEPARATOR: Final = "\x1f"


def content_id(prefix: Prefix, *parts: str) -> str:
    """Return `prefix_` and 16 hexadecimal digits of the SHA-256 of the parts, in their order.

    The parts are joined by the unit separator, so that ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()
    return f"{prefix}_{digest[:16]}"


#: The organisation on whose behalf the assessment is made; links of the first tier end here.
BUYER_ID: Final = content_id("pty", "the assessing organisation")
