"""The cells of the list of parties that are more than their value."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fairlead.web.lists.lines import no_data
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.address import address_of
from fairlead.web.parties.models import Party
from fairlead.web.parties.told import told
from fairlead.web.site.templatetags.words import chip, percent
from fairlead.write.safe_cell import Value


def name(row: Party, _value: Value, organisation: Organisation) -> SafeString:
    """Return the name, which leads to the party's page."""
    return format_html('<a class="row" href="{}">{}</a>', address_of(row, organisation), row.name)


def band(row: Party, _value: Value, _organisation: Organisation) -> SafeString:
    """Return the band as a chip, and whether its first question is what there is to know."""
    if not row.assessed:
        return no_data(gettext("not assessed"))
    if not row.find_out:
        return chip(row.band)
    return format_html('{} <span class="tag">{}</span>', chip(row.band), gettext("find out"))


def supplies(_row: Party, value: Value, _organisation: Organisation) -> SafeString:
    """Return the goods, cut to one line; all of them where one points at it."""
    return format_html('<span class="clip" title="{}">{}</span>', value, value) if value else no_data()


def spend(row: Party, _value: Value, _organisation: Organisation) -> SafeString:
    """Return the share of all spend, or the amounts where there is none."""
    one = told(row)
    if one.spend_share is not None:
        return format_html('<span title="{}">{}</span>', one.spend, percent(one.spend_share))
    return format_html('<span class="small">{}</span>', one.spend) if one.spend else no_data()


def labels(row: Party, _value: Value, _organisation: Organisation) -> SafeString:
    """Return the labels, each as a tag."""
    return format_html_join(" ", '<span class="tag">{}</span>', ((label,) for label in told(row).labels))
