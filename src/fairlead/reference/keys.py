"""How the name of a good or sector becomes its key."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

_NOT_ALPHANUMERIC: Final = re.compile(r"[^a-z0-9]+")


def good_key(name: str) -> str:
    """Return the snake_case key of a good's name: lower-case ASCII, everything else one underscore.

    >>> good_key("Açaí Berries")
    'acai_berries'
    >>> good_key("Bricks (clay)")
    'bricks_clay'
    """
    return _NOT_ALPHANUMERIC.sub("_", anyascii(name).lower()).strip("_")


def industry_key(name: str) -> str:
    """Return an industry's code or name without upper case, spaces and signs, so that spellings of it agree.

    >>> industry_key("Growing cereals n.e.c.") == industry_key("Growing cereals n.e.c")
    True
    """
    return _NOT_ALPHANUMERIC.sub("", anyascii(name).lower())
