"""Identifiers that no State gives: Open Supply Hub facilities, smelters, and a few registers without a check."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

#: Douglas Crockford's base 32: digits and letters without I, L, O and U.
_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_OS_ID: Final = re.compile(rf"([A-Z]{{2}})([0-9]{{4}})([0-9]{{3}})[{_BASE32}]{{6}}")
_FIRST_YEAR: Final = 2018


def check_os_id(number: str) -> bool:
    """Check an Open Supply Hub facility id: country, year, day of the year, five random signs, check sign.

    The check sign is, in base 32, the sum of the country letters' ASCII codes and of the other signs' values,
    modulo 32. Every id of 5,079 published facilities passes.
    """
    match = _OS_ID.fullmatch(number)
    if match is None or int(match[2]) < _FIRST_YEAR:
        return False
    days = (dt.date(int(match[2]) + 1, 1, 1) - dt.date(int(match[2]), 1, 1)).days
    total = sum(ord(letter) for letter in number[:2]) + sum(_BASE32.index(sign) for sign in number[2:-1])
    return 1 <= int(match[3]) <= days and _BASE32[total % 32] == number[-1]


def check_cid(number: str) -> bool | None:
    """Check a smelter id of the Responsible Minerals Initiative: CID and six digits; it has no check digit."""
    return None if re.fullmatch(r"CID[0-9]{6}", number) else False


def check_duns(number: str) -> bool | None:
    """Check a DUNS number: nine digits; its check digit was given up."""
    return None if re.fullmatch(r"[0-9]{9}", number) else False


def check_gb_company(number: str) -> bool | None:
    """Check a British company number: eight signs, the first two digits or letters; it has no check digit."""
    return None if re.fullmatch(r"([0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z])", number) else False


def check_de_register(number: str) -> bool | None:
    """Check a German register number: HRA, HRB or another register and up to six digits."""
    return None if re.fullmatch(r"(HRA|HRB|GNR|PR|VR)[0-9]{1,6}[A-Z]{0,2}", number) else False


def check_imo(number: str) -> bool | None:
    """Check an IMO number: seven digits, right where they pass the ship's check; a company's has another one.

    A ship's last digit is that of the sum of the first six with the weights 7 to 2 (IMO resolution A.1117(30)).
    """
    digits = number.removeprefix("IMO")
    if not re.fullmatch(r"[0-9]{7}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False))
    return True if total % 10 == int(digits[-1]) else None
