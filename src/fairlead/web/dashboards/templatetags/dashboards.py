"""Filters for the overview."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.audit.words import who_of, words_of

register = template.Library()
register.filter(who_of)
register.filter(words_of)

_COVERED: Final[Mapping[str, str | Promise]] = {
    "country": _("the country is known"),
    "product": _("what it delivers is known"),
    "tier": _("the tier is known"),
    "beyond": _("stands beyond the first tier"),
    "assessed": _("enough is known for a rating"),
}


@register.filter
def covered_word(key: str) -> str | Promise:
    """Return what is known, in words."""
    return _COVERED[key]


@register.filter
def amount(value: Decimal | int | None) -> str | Promise:
    """Return a sum without cents as the reader's language writes it; that there is no data where it is null."""
    return _("no data") if value is None else number_format(value, decimal_pos=0, force_grouping=True)
