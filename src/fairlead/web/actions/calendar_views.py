"""The calendar of what is due."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import get_format

from fairlead.web.actions.deadlines import deadlines, ics, month
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability

_BACK: Final = timedelta(days=31)
_AHEAD: Final = timedelta(days=366)
_YEARS: Final = range(2000, 2200)


@needs(Capability.SEE)
def calendar_page(request: MemberRequest) -> HttpResponse:
    """Show what is due in a month."""
    today = timezone.localdate()
    first = _asked(request.GET.get("month", ""), today)
    # Django counts weekdays from Sunday, the calendar of the standard library from Monday.
    weeks = month(request.organisation, first.year, first.month, (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7)
    context = {
        "weeks": weeks,
        "first": first,
        "today": today,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=31)).replace(day=1),
    }
    return render(request, "actions/calendar.html", context)


def _asked(text: str, today: date) -> date:
    """Return the first day of the month that an address names, of this one where it names none."""
    if not text:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
    if first.year not in _YEARS:
        raise Http404
    return first


@needs(Capability.EXPORT)
def calendar_file(request: MemberRequest) -> HttpResponse:
    """Give what is due in the coming year as a calendar file."""
    today = timezone.localdate()
    found = deadlines(request.organisation, today - _BACK, today + _AHEAD)
    answer = HttpResponse(
        ics(found, host=request.get_host().split(":")[0], now=timezone.now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="fairlead.ics"'
    return answer
