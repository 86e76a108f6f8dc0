"""Identifiers of Central Asia and Mongolia, for which python-stdnum has no rules.

Each function answers True or False where the scheme has a published check, and for the rest False where the
structure is broken and None where it is sound: the number may exist, nothing proves it.

| scheme | digits | what is checked | what is not known |
| --- | --- | --- | --- |
| KZ-BIN | 12 | month, type digit 4-6, check digit | whether it was issued; the kind digit is not held to 0-3 |
| KZ-IIN | 12 | date, century digit 0-6, check digit | whether it was issued |
| KG-INN | 14 | first digit 0-2, date | the serial part: no check digit was published |
| UZ-STIR | 9 | length, first digit 2-7 | no check digit was published |
| UZ-PINFL | 14 | first digit 1-6, date, check digit | the district's code |
| MN-REG | 7, or 2 letters and 8 digits | structure, and the date in a person's number | no check digit was published |
| TM-TAX | 12 | length | everything else |
| TJ-INN | 9 | length | everything else |
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_KZ_FIRST: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_KZ_SECOND: Final = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_PINFL_WEIGHTS: Final = (7, 3, 1)
_MODULUS: Final = 11
_TEN: Final = 10
_MONTHS: Final = 12


def check_kz_bin(number: str) -> bool:
    """Check a Kazakh business identification number.

    YYMM of registration, type (4 resident, 5 non-resident, 6 sole entrepreneurs together), kind (0 head office,
    1 branch, 2 representation, 3 peasant farm), five digits, check digit. Source: Law of the Republic of
    Kazakhstan No. 223-III of 12 January 2007 on the national registers of identification numbers.
    """
    return _digits(number, 12) and _month(number[2:4]) and number[4] in "456" and _kz(number)


def check_kz_iin(number: str) -> bool:
    """Check a Kazakh individual identification number: YYMMDD, century and sex (0-6), four digits, check digit.

    Source: as for `check_kz_bin`.
    """
    return (
        _digits(number, 12)
        and number[6] in "0123456"
        and any(_date(century + number[:2], number[2:4], number[4:6]) for century in ("18", "19", "20"))
        and _kz(number)
    )


def check_kg_inn(number: str) -> bool | None:
    """Check a Kyrgyz tax number: 0 (organisation), 1 or 2 (woman, man), DDMMYYYY, five digits."""
    sound = _digits(number, 14) and number[0] in "012" and _date(number[5:9], number[3:5], number[1:3])
    return None if sound else False


def check_uz_stir(number: str) -> bool | None:
    """Check an Uzbek tax number: nine digits, the first 2 or 3 for organisations, 4 to 7 for people."""
    return None if _digits(number, 9) and number[0] in "234567" else False


def check_uz_pinfl(number: str) -> bool:
    """Check an Uzbek personal number: century and sex (1-6), DDMMYY, district, serial, check digit.

    The check digit is the sum of the thirteen digits with the weights 7, 3, 1 in turn, modulo 10.
    """
    if not (_digits(number, 14) and number[0] in "123456"):
        return False
    century = str(18 + (int(number[0]) - 1) // 2)
    total = sum(int(digit) * _PINFL_WEIGHTS[place % 3] for place, digit in enumerate(number[:13]))
    return _date(century + number[5:7], number[3:5], number[1:3]) and total % _TEN == int(number[13])


def check_mn_register(number: str) -> bool | None:
    """Check a Mongolian register number: seven digits, or two Cyrillic letters, YYMMDD and two digits.

    A person born from 2000 on has 20 added to the month.
    """
    if re.fullmatch(r"[0-9]{7}", number):
        return None
    if not re.fullmatch(r"[А-ЯЁӨҮ]{2}[0-9]{8}", number):
        return False
    month = int(number[4:6])
    century, month = ("20", month - 20) if month > _MONTHS else ("19", month)
    return None if _date(century + number[2:4], f"{month:02}", number[6:8]) else False


def check_tm_tax(number: str) -> bool | None:
    """Check a Turkmen tax code: twelve digits; nothing more was published."""
    return None if _digits(number, 12) else False


def check_tj_inn(number: str) -> bool | None:
    """Check a Tajik tax number: nine digits; nothing more was published."""
    return None if _digits(number, 9) else False


def _kz(number: str) -> bool:
    """The check digit of BIN and IIN: weights 1 to 11 modulo 11; where that gives 10, weights 3 to 11, 1, 2.

    A number for which the second pass gives 10 too is never issued.
    """
    if len(set(number)) == 1:
        return False
    for weights in (_KZ_FIRST, _KZ_SECOND):
        rest = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % _MODULUS
        if rest != _TEN:
            return rest == int(number[11])
    return False


def _digits(number: str, length: int) -> bool:
    return len(number) == length and number.isascii() and number.isdigit()


def _month(text: str) -> bool:
    return 1 <= int(text) <= _MONTHS


def _date(year: str, month: str, day: str) -> bool:
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
