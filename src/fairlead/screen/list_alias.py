"""Other names that a list writes into the cell of the name, and words after it that are no part of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from fairlead.screen.tables import read_table

_ALIASES: Final = re.compile(r"[\s,;(]*\b(?:(?:and|including|with)\s+)?(?:\w+\s+)?alias(?:es)?\s*:\s*", re.I)
_BETWEEN: Final = re.compile(r"\s*;\s*(?:and\s+)?", re.I)
_AND: Final = re.compile(r",?\s+and\s+", re.I)
_TWO: Final = re.compile(r"\btwo\s+aliases\b", re.I)


def split_aliases(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the other names of a cell such as those of the UFLPA Entity List.

    "Quillon Silk Co. (including two aliases: QS; and Quillon Seide) and subsidiaries" is Quillon Silk Co., QS and
    Quillon Seide. Names joined by "and" are cut only where the list says that there are two.
    """
    found = _ALIASES.search(text)
    if found is None or not text[: found.start()].strip():
        return _without_ending(text), ()
    name, rest = text[: found.start()], text[found.end() :]
    inside = _until_closed(rest) if "(" in found[0] else rest
    parts = _BETWEEN.split(_without_ending(inside))
    if len(parts) == 1 and _TWO.search(found[0]):
        parts = _AND.split(parts[0], maxsplit=1)
    endings = {ending.removeprefix("and ").strip() for ending in _endings()}
    aliases = (part.strip(" ,.;") if part.endswith((",", ";")) else part.strip() for part in parts)
    return _without_ending(name), tuple(alias for alias in aliases if alias and alias.casefold() not in endings)


def _until_closed(text: str) -> str:
    """Return the text up to the bracket that closes one opened before it."""
    depth = 0
    for place, sign in enumerate(text):
        if sign == ")" and depth == 0:
            return text[:place]
        depth += (sign == "(") - (sign == ")")
    return text


def _without_ending(text: str) -> str:
    lower = text.casefold().rstrip(" .)")
    for ending in _endings():
        if lower.endswith(ending):
            return text[: len(lower) - len(ending)].rstrip(" ,;(")
    return text.strip()


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """Return the endings, the longest first, so that none hides another."""
    return tuple(sorted(read_table("list_headings")["not_of_the_name"], key=len, reverse=True))
