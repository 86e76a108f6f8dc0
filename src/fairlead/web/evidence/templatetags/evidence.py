"""Words for the pages of evidence."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from fairlead.web.evidence.words import INDICATORS, POINTS, SEEN_BY, SOURCES, WHO, cards, source_titles, sure
from fairlead.web.site.templatetags.words import reader, sentence

register = template.Library()


@register.filter
def said_by(who: str | None) -> str:
    """Return who says so, in words."""
    return str(WHO.get(who or "", who or ""))


@register.filter
def points(polarity: str) -> str:
    """Return which way it points, in words."""
    return str(POINTS.get(polarity, polarity))


@register.filter
def seen_by(visibility: str) -> str:
    """Return who may see it, in words."""
    return str(SEEN_BY.get(visibility, visibility))


@register.filter
def indicator(key: str | None) -> str:
    """Return the ILO's name of an indicator."""
    return str(INDICATORS.get(key or "", key or ""))


@register.filter
def how_sure(confidence: float) -> str:
    """Return how sure it is, in words."""
    return str(sure(confidence))


@register.filter
def finding(row: Any) -> str:
    """Return what a row of evidence says: its own sentence, or the title of its card."""
    told = sentence(row.text) if row.text else ""
    card = cards().get(row.finding)
    return told or (reader().gettext(card.title) if card else row.finding)


@register.filter
def source(row: Any) -> str:
    """Return the title of the source: as it was entered, or that of the reference pack."""
    return row.source_title or source_titles().get(row.source_id) or str(SOURCES.get(row.source_id, row.source_id))


@register.filter
def place(row: Any) -> str:
    """Return where in the source it stands; nothing where that is only an id of the program."""
    return "" if row.locator.startswith("row_") else row.locator


@register.filter
def happened(iso: str | None) -> str:
    """Write when it happened as precisely as it is known."""
    return reader().date(iso) if iso else gettext("not known")
