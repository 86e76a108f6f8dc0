"""Shares of ownership as lists write them: 60%, 0,6, at least 50%, 25-50%; never a share that could be another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from fairlead.model.message import Message, message
from fairlead.read.words import clean, is_missing
from fairlead.reference import load_yaml

#: The step by which a bound that is not included lies beside its value.
STEP: Final = Decimal("0.000000000001")
_NONE: Final = Decimal(0)
_WHOLE: Final = Decimal(1)
_HUNDRED: Final = Decimal(100)

_NUMBER: Final = r"[0-9]{1,3}(?:[.,][0-9]{1,9})?"
_PERCENT: Final = r"(?:%|٪|percent|per cent|pct|проц(?:ент(?:ов|а)?)?\.?|пайыз|pour cent)"
_RANGE: Final = re.compile(rf"({_NUMBER})\s*{_PERCENT}?\s*(?:-|–|—|\.\.|to|до|à)\s*({_NUMBER})\s*({_PERCENT})?", re.I)
_SINGLE: Final = re.compile(rf"({_NUMBER})\s*({_PERCENT})?", re.I)
_AT_THE_END: Final = re.compile(
    rf"[\s,:(\[–—-]*((?:[^\s\d]+\s+){{0,3}}?{_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?\s*{_PERCENT}[^;]*?)[)\]\s]*$", re.I
)
_AT_THE_BEGINNING: Final = re.compile(
    rf"^\s*({_NUMBER}(?:\s*[-–—]\s*{_NUMBER})?\s*{_PERCENT})[\s,:–—-]+(?:of\s+|by\s+)?(.*)$", re.I
)
#: A comma before a share that comes before the next owner's name: "60% A, 40% B".
_LEADING: Final = re.compile(rf"\s*[,/]\s*(?={_NUMBER}\s*{_PERCENT}\s)", re.I)
_OWNERS: Final = re.compile(r"\s*[;|]\s*")
_LINES: Final = re.compile(r"\s*\n\s*")
_AFTER_PERCENT: Final = re.compile(r"(?:(?<=%)|(?<=%\)))\s*(?:,|/|\+|&|\band\b|\bи\b|\bet\b)\s+(?=\S)", re.I)


@dataclass(frozen=True)
class Share:
    """What is known of a share, from 0 to 1: at least `low`, at most `high`; the same number where it is exact."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Owner:
    """An owner that a cell names, with its share where the cell gives one."""

    name: str
    share: Share | None = None

    def to_arrow(self) -> dict[str, Any]:
        """Return the value that a column of `OWNER_TYPE` takes."""
        share = self.share
        return {"name": self.name, "share_low": share and share.low, "share_high": share and share.high}


def share_between(low: Decimal | None, high: Decimal | None, *, above: bool = False, below: bool = False) -> Share:
    """Return the share between two percentages, by default 0 and 100; `above` and `below` leave the ends out.

    Raises ValueError for what lies outside 0 to 100, or has its ends the wrong way round.
    """
    least = _NONE if low is None else low / _HUNDRED
    most = _WHOLE if high is None else high / _HUNDRED
    least, most = (least + STEP if above else least), (most - STEP if below else most)
    if not _NONE <= least <= most <= _WHOLE:
        raise ValueError("a share is a percentage from 0 to 100, and its least not above its most")
    return Share(least.quantize(STEP), most.quantize(STEP))


def read_share(text: str, *, fraction: bool = False) -> Share | None:
    """Return the share that a cell gives, or None where it gives none or one outside 0 to 100%.

    `fraction` says that a number without a percent sign is a fraction of one, as spreadsheets store percentages.
    """
    text = " ".join(text.casefold().split())
    if (found := _RANGE.fullmatch(text)) is not None:
        scale = _WHOLE if found[3] or "%" in text or not fraction else _HUNDRED
        return _between(_decimal(found[1]) * scale, _decimal(found[2]) * scale)
    found = _SINGLE.search(text)
    if found is None:
        return None
    value = _decimal(found[1]) * (_HUNDRED if fraction and not found[2] else _WHOLE)
    around = f"{text[: found.start()]} {text[found.end() :]}".strip(" .,:;()~")
    if not around:
        return _between(value, value)
    bound = _bounds().get(" ".join(around.split()))
    if bound is None:
        return None
    upwards = bound in ("at_least", "more_than")
    strict = bound in ("more_than", "less_than")
    if upwards:
        return _between(value, None, above=strict)
    return _between(None, value, below=strict)


def are_fractions(cells: Iterable[str]) -> bool | None:
    """Say whether the shares of a column are fractions of one (0.6) and not percentages (60).

    None where both could be: no cell has a percent sign, none is above 1, and all are whole or none tells.
    """
    plain = [found for cell in cells if (found := _SINGLE.fullmatch(" ".join(cell.split()))) and not found[2]]
    values = [_decimal(found[1]) for found in plain]
    if not values or max(values) > 1:
        return False
    return True if any(_NONE < value < _WHOLE for value in values) else None


def read_owners(text: str) -> list[Owner]:
    """Return the owners that a cell names, cut at semicolons and after a share.

    `A 60%; B (40%)` and `60% A, 40% B` are two each. A comma alone cuts nothing, since names hold commas.
    """
    parts = [part for owners in _OWNERS.split(text) for line in _lines(owners) for part in _AFTER_PERCENT.split(line)]
    if len(parts) == 1 and len(found := _LEADING.split(text)) > 1 and all(map(_AT_THE_BEGINNING.match, found)):
        parts = found
    return [owner for part in parts if (owner := _owner(clean(part).strip(" ,"))).name and not is_missing(owner.name)]


def _lines(text: str) -> list[str]:
    """Cut a text at its line ends where every line has a share; else a long name was only broken to fit its cell."""
    lines = [line for line in _LINES.split(text) if line]
    return lines if len(lines) > 1 and all(_owner(clean(line)).share for line in lines) else [text]


def _owner(part: str) -> Owner:
    if (found := _AT_THE_BEGINNING.match(part)) is not None and (share := read_share(found[1])) is not None:
        return Owner(found[2].strip(), share)
    if (found := _AT_THE_END.search(part)) is not None:
        words = found[1].split()
        for start in range(len(words)):  # the fewest words that still leave a share: "Holding at least 50%"
            if (share := read_share(" ".join(words[start:]))) is not None:
                before = [part[: found.start(1)].rstrip(" ,:([–—-"), *words[:start]]
                return Owner(" ".join(filter(None, before)), share)
    return Owner(part)


def with_shares(owners: Sequence[Owner], cell: str, *, fraction: bool) -> tuple[list[Owner], Message | None]:
    """Return the owners with the shares of a column of shares, and a remark where these do not fit.

    The cell holds one share for each owner, cut at semicolons. A share that the name's cell gives stays.
    """
    if is_missing(cell):
        return list(owners), None
    parts = [part for owners in _OWNERS.split(cell) for part in _LINES.split(owners) if part.strip()]
    shares = [read_share(part, fraction=fraction) for part in parts]
    if any(share is None for share in shares):
        return list(owners), message("“{value}” is not a share from 0 to 100%.", value=cell)
    if len(shares) != len(owners):
        return list(owners), message(
            "There are {shares:number} shares for {owners:number} owners; none was used.",
            shares=str(len(shares)),
            owners=str(len(owners)),
        )
    return [
        owner if owner.share else Owner(owner.name, share) for owner, share in zip(owners, shares, strict=True)
    ], None


def _between(low: Decimal | None, high: Decimal | None, *, above: bool = False, below: bool = False) -> Share | None:
    try:
        return share_between(low, high, above=above, below=below)
    except ValueError:
        return None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


@lru_cache(maxsize=1)
def _bounds() -> dict[str, str]:
    table = load_yaml("cell_words")["share_bounds"]
    return {word.casefold(): bound for bound, words in table.items() for word in words}
