"""One language of a report: its catalogue, and how it writes countries, numbers, dates and money."""

from __future__ import annotations

import gettext
import string
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from fairlead.errors import FairleadError, OptionError, Where
from fairlead.model.message import Message, message
from fairlead.reference import load_csv

CATALOGUES: Final = Path(__file__).parent / "catalogues"
DOMAIN: Final = "fairlead"

#: What a catalogue's header `Last-Translator` says until a native speaker has read it.
UNCHECKED: Final = "Not checked by a native speaker"

#: The languages a report can be written in: English, in which the templates are, and one per catalogue.
LANGUAGES: Final = ("en", *sorted(folder.parent.name for folder in CATALOGUES.glob("*/LC_MESSAGES")))

#: English is written as in Britain: 31 January 2026.
_LOCALES: Final = {"en": "en_GB"}

#: Languages whose short form of a thousand can be read as a million (Kazakh м. for мың).
_THOUSANDS_LIKE_MILLIONS: Final = frozenset({"kk"})

_YEAR: Final = 4
_YEAR_AND_MONTH: Final = 7


class Language:
    """Renders sentences and values for readers of one language.

    `code` is one of `LANGUAGES`.
    Raises OptionError for a code that is not a language of Fairlead.
    """

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise OptionError(f"There is no language “{code}”.", do=f"Choose one of: {', '.join(LANGUAGES)}.")
        self.code = code
        self.locale = Locale.parse(_LOCALES.get(code, code))
        self._catalogue = _catalogue(code)
        self._formatter = _Formatter(self)

    @property
    def checked(self) -> bool:
        """Whether a native speaker has checked the catalogue, by its header `Last-Translator`."""
        return self.code == "en" or not self._catalogue.info()["last-translator"].startswith(UNCHECKED)

    def gettext(self, text: str) -> str:
        """Return the translation of a text, or the text itself where there is none."""
        return self._catalogue.gettext(text) if text else ""

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the translation that goes with a count."""
        return self._catalogue.ngettext(singular, plural, count)

    def has(self, text: str) -> bool:
        """Say whether the catalogue holds a translation of the text."""
        return self.code == "en" or self.gettext(text) != text

    def render(self, message: Message | Mapping[str, Any] | None) -> str:
        """Write out a message, given as a Message or as its Arrow value; null gives an empty text."""
        if message is None:
            return ""
        if not isinstance(message, Message):
            message = Message.from_arrow(message)
        return self._formatter.vformat(self.gettext(message.template), (), message.values)

    def error(self, error: FairleadError) -> str:
        """Tell an error: where, what is wrong and what to do. What is no message stays as it was written."""
        place, what = self.place(error.where), self.said(error.what)
        sentence = self.render(message("{place}: {what}", place=place, what=what)) if place else what
        return " ".join(filter(None, (sentence, self.said(error.why), self.said(error.do))))

    def place(self, where: Where) -> str:
        """Name a place in a user's input, such as a row of a sheet of a file; an unknown one is empty."""
        return ", ".join(map(self.said, where.parts))

    def said(self, text: str | Message) -> str:
        """Write out a message, and leave finished text as it is."""
        return self.render(text) if isinstance(text, Message) else str(text)

    def country(self, iso3: str | None) -> str:
        """Return the country's name, given its ISO 3166-1 alpha-3 code; the code itself where it has no name."""
        if not iso3:
            return ""
        return str(self.locale.territories.get(_alpha2().get(iso3, iso3), iso3))

    def good(self, key: str) -> str:
        """Return the display name of a good, given its key in the reference pack."""
        return self.gettext(_names("goods", "good").get(key, key))

    def sector(self, key: str) -> str:
        """Return the display name of a sector, given its key in the reference pack."""
        return self.gettext(_names("sectors", "sector").get(key, key))

    def number(self, value: float | Decimal | str, digits: int | None = None) -> str:
        """Write a number with the language's separators, rounded to so many digits after the point."""
        exact = Decimal(str(value))
        pattern = None if digits is None else "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(exact, format=pattern, locale=self.locale))

    def percent(self, share: float | Decimal | str) -> str:
        """Write a share between 0 and 1 as a percentage: one digit after the point below ten per cent."""
        exact = Decimal(str(share))
        one_digit = Decimal(0) < abs(exact) < Decimal("0.095")
        pattern = self.locale.percent_formats[None].pattern
        if one_digit:
            pattern = pattern.replace("#,##0", "#,##0.#")
        return str(format_percent(exact, format=pattern, locale=self.locale))

    def factor(self, value: float | Decimal | str) -> str:
        """Write the factor by which a term changes the odds, such as ×2.4."""
        number = float(value)
        return "×" + self.number(round(number, 2 if number < 1 else 1))

    def money(self, amount: Decimal | str, currency: str | None) -> str:
        """Write an amount of money, shortened where it is long, followed by its ISO 4217 code."""
        number = str(
            format_compact_decimal(
                Decimal(str(amount)),
                format_type="long" if self.code in _THOUSANDS_LIKE_MILLIONS else "short",
                locale=self.locale,
                fraction_digits=1,
            )
        )
        return f"{number} {currency}" if currency else number

    def date(self, iso: str | date) -> str:
        """Write a date, a month or a year as the language does, as precisely as it is known."""
        text = iso.isoformat() if isinstance(iso, date) else iso
        if len(text) == _YEAR:
            return text
        if len(text) == _YEAR_AND_MONTH:
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=self.locale))
        return str(format_date(date.fromisoformat(text[:10]), format="long", locale=self.locale))


class _Formatter(string.Formatter):
    """Writes each placeholder by the format that stands behind its colon."""

    def __init__(self, language: Language) -> None:
        self._write: Mapping[str, Callable[[str], str]] = {
            "": str,
            "country": language.country,
            "good": language.good,
            "sector": language.sector,
            "date": language.date,
            "number": language.number,
            "percent": language.percent,
            "factor": language.factor,
            "money": lambda value: language.money(*_amount_and_currency(value)),
            "term": language.gettext,
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._write[format_spec](str(value))


def _amount_and_currency(value: str) -> tuple[str, str | None]:
    amount, _, currency = value.partition(" ")
    return amount, currency or None


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Load the compiled catalogue; English needs none."""
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, localedir=CATALOGUES, languages=[code])


@cache
def _alpha2() -> Mapping[str, str]:
    return {row["iso3"]: row["iso2"] for row in load_csv("countries")}


@cache
def _names(table: str, key: str) -> Mapping[str, str]:
    return {row[key]: row["name"] for row in load_csv(table)}
