"""Writes codes of the model as words in the reader's language: bands, kinds, countries, goods, sentences."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from fairlead.language import LANGUAGES, Language
from fairlead.report.words import band_word, kind_word

register = template.Library()


@cache
def _language(code: str) -> Language:
    return Language(code)


def reader() -> Language:
    """Return the language in which the page of this request is written."""
    code = (get_language() or "en").split("-")[0]
    return _language(code if code in LANGUAGES else "en")


@register.filter
def country(iso3: str | None) -> str:
    """Return a country's name, or that it is not known."""
    return reader().country(iso3) if iso3 else gettext("not known")


@register.filter
def good(key: str | None) -> str:
    """Return the name of a good."""
    return reader().good(key) if key else ""


@register.filter
def sector(key: str | None) -> str:
    """Return the name of a sector."""
    return reader().sector(key) if key else ""


@register.filter
def party_kind(kind: str) -> str:
    """Return the word for a kind of party."""
    return kind_word(reader(), kind)


@register.filter
def band(value: str | None) -> str:
    """Return the word for a band."""
    return band_word(reader(), value or None)


@register.filter
def chip(value: str | None) -> SafeString:
    """Return a band as a chip: its word on its colour; no data hatched."""
    return format_html('<span class="chip {}">{}</span>', value or "no_data", band(value))


@register.filter
def sentence(message: Any) -> str:
    """Return a message of the engine, given as it stands in an Arrow table, as a sentence."""
    return reader().render(message) if message else ""


@register.filter
def percent(share: float | None) -> str:
    """Return a share as a percentage, with one more digit only where it is small."""
    return "" if share is None else reader().percent(share)


@register.filter
def step_word(step: str) -> str:
    """Return what the engine says it is doing, in the reader's language."""
    return reader().gettext(step) if step else gettext("Beginning")


@register.filter
def unlocalised(number: int) -> str:
    """Return a number as HTML's attributes take it, without signs between its digits."""
    return str(number)
