"""Which currency a sign, a code or a word means, given the country where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from babel import Locale

from fairlead.reference import load_csv

_CODE: Final = re.compile(r"[A-Z]{3}")
_NO_CURRENCIES: Final = frozenset({"XXX", "XTS"})


def find_currency(text: str, country: str | None = None) -> str | None:
    """Return the ISO 4217 code that a sign, code or word means, or None where it is unknown or could be several.

    `country` is the ISO3 code of the supplier's country: "сом" is KGS in Kyrgyzstan, UZS in Uzbekistan and
    nothing certain elsewhere; "$" is USD except where the country has a dollar of its own, when it could be
    either. The words are in reference/currency_words.csv.
    """
    stripped = text.strip().strip(".,;:()[] ")
    if _CODE.fullmatch(stripped) and stripped in _codes():
        return stripped
    key = currency_key(stripped)
    words = _words()
    found = words.get((key, country or ""))
    if found is None:
        found = words.get((key, ""))
    return found or None


def is_currency_word(text: str) -> bool:
    """Whether the text is a sign, code or word for money, even one that could be several currencies."""
    stripped = text.strip().strip(".,;:()[] ")
    return (_CODE.fullmatch(stripped) is not None and stripped in _codes()) or (currency_key(stripped), "") in _words()


def currency_key(text: str) -> str:
    """Return a currency word as it is looked up: lower case, single spaces, no dots."""
    return " ".join(text.casefold().replace(".", " ").split()) or text.casefold().strip()


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(map(str, Locale("en").currencies)) - _NO_CURRENCIES


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, str], str]:
    return MappingProxyType(
        {(currency_key(row["spelling"]), row["country"]): row["currency"] for row in load_csv("currency_words")}
    )
