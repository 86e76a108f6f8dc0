"""Words for the pages of parties, and places where other features show what they know of a party."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.translation import gettext

from fairlead.web.parties.words import GIVES, RECEIVES, SITE_KINDS, WORKFORCE
from fairlead.web.site.templatetags.words import reader

register = template.Library()


@register.filter
def site_kind(kind: str) -> str:
    """Return the word for a kind of site."""
    return str(SITE_KINDS.get(kind, kind))


@register.filter
def gives(kind: str) -> str:
    """Return what the giving end of a link does."""
    return str(GIVES.get(kind, kind))


@register.filter
def receives(kind: str) -> str:
    """Return the same as told of the receiving end."""
    return str(RECEIVES.get(kind, kind))


@register.filter
def workforce(kind: str) -> str:
    """Return the words for a way in which workers come to the work."""
    return str(WORKFORCE.get(kind, kind))


@register.filter
def when(iso: str | None) -> str:
    """Write a date, month or year as precisely as it is known."""
    return reader().date(iso) if iso else gettext("not known")


@register.filter
def money(amount: Decimal | None, currency: str | None) -> str:
    """Write an amount with its currency."""
    return "" if amount is None else reader().money(amount, currency)


@register.filter
def interval(party: Any) -> str:
    """Return the interval of a party's rating in words; empty without one."""
    if party.p_low is None or party.p_high is None:
        return ""
    return gettext("%(low)s to %(high)s") % {
        "low": reader().percent(party.p_low),
        "high": reader().percent(party.p_high),
    }


@register.simple_tag(takes_context=True)
def shown_by(context: Context, name: str) -> str:
    """Show a template of another feature, given as app/template.html; nothing where there is no such feature."""
    try:
        found = get_template(name)
    except template.TemplateDoesNotExist:
        return ""
    return found.template.render(context)  # type: ignore[attr-defined]
