"""The log of who did what."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from fairlead.web.audit.models import AuditEntry
from fairlead.web.audit.words import subject_of, who_of, words_of
from fairlead.web.lists.definition import Column, ListDefinition
from fairlead.web.lists.lines import no_data
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Organisation
from fairlead.write.safe_cell import Value


def _at(row: AuditEntry, value: Value, _organisation: Organisation) -> SafeString:
    shown = date_format(localtime(row.at), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value, shown)


def _who(row: AuditEntry, _value: Value, _organisation: Organisation) -> SafeString:
    return escape(who_of(row))


def _subject(row: AuditEntry, value: Value, _organisation: Organisation) -> SafeString:
    return escape(subject_of(row)) if value else no_data()


def _what(row: AuditEntry, value: Value, _organisation: Organisation) -> SafeString:
    return format_html('<span title="{}">{}</span>', value, words_of(row.action))


AUDIT_LIST: Final = ListDefinition(
    key="audit",
    title=_("Log"),
    page="audit:list",
    rows=lambda organisation: AuditEntry.objects.filter(organisation=organisation).select_related("actor"),
    columns=(
        Column("number", _("Number"), lambda row: row.number, numeric=True, order=("number",)),
        Column("at", _("When"), lambda row: row.at.isoformat(timespec="seconds"), drawn=_at),
        Column("actor", _("Who"), lambda row: str(row.actor) if row.actor else row.by, drawn=_who),
        Column("action", _("What"), lambda row: row.action, drawn=_what),
        Column("subject", _("Of"), lambda row: row.subject, drawn=_subject),
        Column("hash", _("Hash"), lambda row: row.hash, exported_only=True),
    ),
    order=("-number",),
    empty="audit/empty.html",
)


@needs(Capability.AUDIT)
def audit_list(request: MemberRequest) -> HttpResponse:
    """Show the log, the newest line first."""
    return show_list(request, AUDIT_LIST)
