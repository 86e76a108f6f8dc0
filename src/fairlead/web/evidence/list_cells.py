"""The cells of the list of evidence that are more than their value."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fairlead.web.evidence.templatetags.evidence import happened
from fairlead.web.lists.lines import no_data
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.address import address_of
from fairlead.write.safe_cell import Value


def finding(row: Any, value: Value, organisation: Organisation) -> SafeString:
    """Return what it says, which leads to its page, and whether only those who handle the case may see it."""
    address = reverse("evidence:evidence", kwargs={"slug": organisation.slug, "uid": row.uid})
    link = format_html('<a class="row" href="{}">{}</a>', address, value)
    if row.visibility != "restricted":
        return link
    return format_html('{} <span class="tag">{}</span>', link, gettext("restricted"))


def party(row: Any, value: Value, organisation: Organisation) -> SafeString:
    """Return the party, which leads to its page."""
    return format_html('<a href="{}">{}</a>', address_of(row.party, organisation), value)


def when(row: Any, _value: Value, _organisation: Organisation) -> SafeString:
    """Return when it happened, as precisely as it is known."""
    return conditional_escape(happened(row.event_date)) if row.event_date else no_data(gettext("not known"))


def source(row: Any, value: Value, _organisation: Organisation) -> SafeString:
    """Return the source and its edition."""
    if not row.edition:
        return format_html("{}", value)
    return format_html('{} <span class="muted">{}</span>', value, row.edition)
