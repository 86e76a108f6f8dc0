"""The overview."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from fairlead.web.actions.deadlines import deadlines
from fairlead.web.audit.models import AuditEntry
from fairlead.web.dashboards.figures import figures_of
from fairlead.web.dashboards.figures_table import figures_table
from fairlead.web.lists.table_file import exported
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import UNRANKED, Party

_FIRST: Final = 7
_AHEAD: Final = timedelta(days=30)


@needs(Capability.SEE)
def overview(request: MemberRequest) -> HttpResponse:
    """Show what is known, where to look first, what is late, and what workers got back."""
    today, organisation = timezone.localdate(), request.organisation
    figures = figures_of(organisation, today)
    if file := exported(request, lambda: figures_table(figures)):
        return file
    first = Party.live.filter(organisation=organisation, rank__lt=UNRANKED).order_by("rank", "pk")[:_FIRST]
    log = AuditEntry.objects.filter(organisation=organisation).select_related("actor").order_by("-number")[:_FIRST]
    context = {
        "risk": figures.risk,
        "coverage": figures.coverage,
        "progress": figures.progress,
        "remedy": figures.remedy,
        "first": first,
        "deadlines": deadlines(organisation, today, today + _AHEAD)[:_FIRST],
        "log": log if request.membership.may(Capability.AUDIT) else (),
    }
    return render(request, "dashboards/overview.html", context)
