"""Identifiers: which scheme a number belongs to, whether it is right, and what a spreadsheet did to it."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from stdnum.exceptions import ValidationError

from fairlead.model.message import Message, message
from fairlead.read.country import alpha2
from fairlead.read.identifier_schemes import (
    GENERIC_SCHEMES,
    LENGTHS,
    OWN_CHECKS,
    SISTERS,
    STDNUM_MODULES,
    TAX_SCHEMES,
    WITHOUT_COUNTRY,
)

_SCIENTIFIC: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_SEPARATORS: Final = re.compile(r"[\s\u00a0\u202f'’`.\-–/]+")
#: What a number is called before it, as a pattern.
LABELS: Final = (
    "(?:БИН/ИИН|ИИН/БИН|БСН|ЖСН|БИН|ИИН|ИНН|КПП|СТИР|BIN|IIN|INN|LEI|VAT|TVA|TIN|EIN|USCC|OGRN|ОГРНИП|ОГРН|TAX ID)"
)
_LABEL: Final = re.compile(rf"^(?!КПП){LABELS}\s*[:№#\-]?\s*(?=\S)", re.I)
_TRAILING_ZERO: Final = re.compile(r"^[0-9]+[.,]0+$")
_PART: Final = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{8,20}(?![0-9A-Z])")
_EXACT_DIGITS: Final = 15


@dataclass(frozen=True)
class Identifier:
    """A number with its scheme, in the scheme's compact spelling; `valid` is None where nothing proves it."""

    scheme: str
    value: str
    valid: bool | None


@dataclass(frozen=True)
class IdentifierReading:
    """What came of one cell: an identifier or none, and a remark where something is wrong or was mended."""

    identifier: Identifier | None
    remark: Message | None = None


@lru_cache(maxsize=200_000)
def read_identifier(text: str, scheme: str, country: str | None, *, stored_number: bool = False) -> IdentifierReading:
    """Return the identifier that a cell holds.

    `scheme` is what the heading says, one of `SCHEMES`; a generic one is settled by the row's country.
    `stored_number` says that a workbook keeps the cell as a number, whose digits beyond the fifteenth are lost.
    An identifier with a wrong check digit is kept, with `valid` False and a remark. What a spreadsheet damaged is
    mended only where one mending passes the check: zeros put back in front, an exponent that hides no digit.
    """
    candidates = _candidates(scheme, country)
    clean = _LABEL.sub("", text.strip()).strip(" ,;:#№\"'")
    if _TRAILING_ZERO.match(clean):
        clean = re.split("[.,]", clean)[0]
    if _SCIENTIFIC.fullmatch(clean):
        expanded = _expand(clean)
        if expanded is None:
            return IdentifierReading(
                None,
                message("A spreadsheet shortened this number to {value}; its digits are lost.", value=text.strip()),
            )
        clean = expanded
    if stored_number and len(clean) > _EXACT_DIGITS and clean.isdigit():
        return IdentifierReading(
            None,
            message(
                "A spreadsheet keeps only fifteen digits of a number; the last digits of {value} are lost.", value=text
            ),
        )
    return _best(clean, candidates, scheme, country)


def is_valid(scheme: str, text: str) -> bool | None:
    """Return whether the text is a right number of the scheme; None where the scheme has no check digit."""
    return _check(scheme, _compact(scheme, text))


def _candidates(scheme: str, country: str | None) -> tuple[str, ...]:
    if scheme not in GENERIC_SCHEMES:
        own = SISTERS.get(scheme, (scheme,))
        return own if "-" not in scheme else tuple(dict.fromkeys(own + TAX_SCHEMES.get(country or "", ())))
    if scheme == "BIN-IIN":
        return WITHOUT_COUNTRY[scheme] if country in (None, "KAZ") else TAX_SCHEMES.get(country or "", ())
    if scheme == "REG" and country == "GBR":
        return ("GB-COH", "GB-VAT")
    if scheme == "REG" and country == "DEU":
        return ("DE-HR", "DE-VAT")
    if country is None:
        return WITHOUT_COUNTRY.get(scheme, ())
    return TAX_SCHEMES.get(country, ())


def _best(text: str, candidates: tuple[str, ...], scheme: str, country: str | None) -> IdentifierReading:
    for sure in (True, None):
        for candidate in candidates:
            compact = _compact(candidate, text)
            if _check(candidate, compact) is sure:
                return IdentifierReading(Identifier(candidate, compact, sure))
    if (inside := _only_right_part(text, candidates)) is not None:
        return IdentifierReading(inside)
    if scheme in GENERIC_SCHEMES and _check("LEI", _compact("LEI", text)) is True:
        return IdentifierReading(Identifier("LEI", _compact("LEI", text), True))
    padded = [
        Identifier(candidate, mended, True)
        for candidate in candidates
        if (mended := _pad(candidate, _compact(candidate, text))) is not None
    ]
    if len(padded) == 1:
        return IdentifierReading(
            padded[0],
            message("The zeros that a spreadsheet dropped were put back in front: {value}.", value=padded[0].value),
        )
    if scheme in GENERIC_SCHEMES and (scheme in {"REG", "ID"} or not candidates):
        # A register number that fits none of the country's tax schemes is no tax number at all.
        return IdentifierReading(
            Identifier(scheme if country is None else f"{alpha2(country)}-{scheme}", _plain(text), None)
        )
    return _wrong(text, _likeliest(text, candidates))


def _likeliest(text: str, candidates: tuple[str, ...]) -> str:
    """Return the scheme that a wrong number was meant to be in: a Kazakh one by its fifth digit, else the first."""
    compact = _compact(candidates[0], text)
    if {"KZ-BIN", "KZ-IIN"} <= set(candidates) and len(compact) == max(LENGTHS["KZ-BIN"]):
        return "KZ-BIN" if compact[4] in "456" else "KZ-IIN"
    return candidates[0]


def _only_right_part(text: str, candidates: tuple[str, ...]) -> Identifier | None:
    """Return the one right number among several words of a cell ("7707083893, КПП 773601001"), or None."""
    parts = _PART.findall(text.upper())
    if len(parts) < 2:  # noqa: PLR2004 - the whole was tried
        return None
    right = [
        Identifier(candidate, compact, True)
        for part in parts
        for candidate in candidates
        if _check(candidate, compact := _compact(candidate, part)) is True
    ]
    return right[0] if len({each.value for each in right}) == 1 else None


def _wrong(text: str, scheme: str) -> IdentifierReading:
    compact = _compact(scheme, text)
    identifier = Identifier(scheme, compact, False)
    lengths = LENGTHS.get(scheme, ())
    if lengths and len(compact) not in lengths:
        return IdentifierReading(
            identifier,
            message(
                "{value} has {count:number} signs; a number of the scheme {scheme} has {expected}.",
                value=compact,
                count=str(len(compact)),
                scheme=scheme,
                expected=" / ".join(str(length) for length in lengths),
            ),
        )
    return IdentifierReading(
        identifier,
        message(
            "{value} is not a right number of the scheme {scheme}: its form or check digit is wrong.",
            value=compact,
            scheme=scheme,
        ),
    )


def _pad(scheme: str, compact: str) -> str | None:
    """Return the number with zeros put back in front where that makes exactly one right number, else None."""
    if not compact.isdigit():
        return None
    right = [
        padded
        for length in LENGTHS.get(scheme, ())
        if len(compact) < length <= len(compact) + 3 and _check(scheme, padded := compact.zfill(length)) is True
    ]
    return right[0] if len(right) == 1 else None


def _expand(text: str) -> str | None:
    """Write a number with an exponent out, or return None where its mantissa does not hold every digit."""
    mantissa, _, exponent = text.replace(",", ".").lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    if decimals < int(exponent):
        return None
    return format(Decimal(mantissa).scaleb(int(exponent)), "f").partition(".")[0]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip()).upper()


def _compact(scheme: str, text: str) -> str:
    if scheme in STDNUM_MODULES:
        try:
            return str(_module(scheme).compact(text.strip())).upper()
        except (ValidationError, ValueError, IndexError):
            return _SEPARATORS.sub("", text).upper()
    return _SEPARATORS.sub("", text).upper()


@lru_cache(maxsize=200_000)
def _check(scheme: str, compact: str) -> bool | None:
    if scheme in OWN_CHECKS:
        return OWN_CHECKS[scheme](compact)
    if len(set(compact)) == 1:
        return False
    try:
        return bool(_module(scheme).is_valid(compact))
    except (ValueError, IndexError):
        return False


@lru_cache(maxsize=128)
def _module(scheme: str) -> Any:
    return importlib.import_module(f"stdnum.{STDNUM_MODULES[scheme]}")
