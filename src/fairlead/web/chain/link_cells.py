"""The cells of the list of links that are more than their value."""

from __future__ import annotations

from django.template.defaultfilters import floatformat
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fairlead.web.lists.lines import no_data
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.address import address_of
from fairlead.web.parties.models import Link
from fairlead.web.site.templatetags.words import percent
from fairlead.write.safe_cell import Value


def giver(row: Link, value: Value, organisation: Organisation) -> SafeString:
    """Return who gives, which leads to their page."""
    return format_html('<a class="row" href="{}">{}</a>', address_of(row.from_party, organisation), value)


def receiver(row: Link, value: Value, organisation: Organisation) -> SafeString:
    """Return who receives: the organisation itself, or a party, which leads to its page."""
    if row.to_party and not row.to_self:
        return format_html('<a href="{}">{}</a>', address_of(row.to_party, organisation), value)
    return conditional_escape(organisation.name) if row.to_self else no_data(gettext("not known"))


def share(row: Link, _value: Value, _organisation: Organisation) -> SafeString:
    """Return the share as a percentage."""
    return no_data() if row.share is None else conditional_escape(percent(row.share))


def spend(row: Link, _value: Value, _organisation: Organisation) -> SafeString:
    """Return the amount with its currency."""
    return no_data() if row.spend is None else format_html("{} {}", floatformat(row.spend, "-2g"), row.currency or "")
