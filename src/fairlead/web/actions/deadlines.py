"""What is due when: corrective actions, and whatever else has a date; as a page and as a calendar file."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.urls import reverse

from fairlead.remedy import OPEN
from fairlead.web.actions.action_list import rows, what
from fairlead.web.organisations.models import Organisation


@dataclass(frozen=True)
class Deadline:
    """One thing that is due on a day."""

    on: date
    title: str
    url: str
    kind: str  # action, questionnaire, evidence


Source = Callable[[Organisation, date, date], Iterable[Deadline]]

#: Where deadlines come from; other features add theirs when they are loaded.
SOURCES: Final[list[Source]] = []


def of_actions(organisation: Organisation, first: date, last: date) -> Iterable[Deadline]:
    """Yield the open actions that are due between two days, both included."""
    due = rows(organisation).filter(state__in=OPEN, due_on__range=(first, last)).order_by("due_on", "pk")
    for action in due:
        url = reverse("actions:action", kwargs={"slug": organisation.slug, "uid": action.uid})
        yield Deadline(action.due_on or first, f"{action.party.name}: {what(action)}", url, "action")


SOURCES.append(of_actions)


def deadlines(organisation: Organisation, first: date, last: date) -> list[Deadline]:
    """Return what is due between two days, both included, by day."""
    found = [one for source in SOURCES for one in source(organisation, first, last)]
    return sorted(found, key=lambda one: (one.on, one.kind, one.title))


@dataclass(frozen=True)
class Day:
    """One day of a month's page."""

    on: date
    in_month: bool
    due: Sequence[Deadline]


def month(organisation: Organisation, year: int, number: int, first_weekday: int = 0) -> list[list[Day]]:
    """Return the weeks of a month with what is due on each day; `first_weekday` 0 is Monday."""
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(year, number)
    by_day: Mapping[date, list[Deadline]] = _by_day(deadlines(organisation, weeks[0][0], weeks[-1][-1]))
    return [[Day(day, day.month == number, by_day.get(day, [])) for day in week] for week in weeks]


def _by_day(found: Iterable[Deadline]) -> dict[date, list[Deadline]]:
    days: defaultdict[date, list[Deadline]] = defaultdict(list)
    for one in found:
        days[one.on].append(one)
    return dict(days)


def ics(found: Iterable[Deadline], *, host: str, now: datetime) -> str:
    """Return deadlines as a calendar file (RFC 5545), one whole-day entry each."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fairlead//Workbench//EN"]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in found:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.kind}-{one.on:%Y%m%d}-{one.url.strip('/').replace('/', '-')}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(one.title)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> list[str]:
    """Return a line in pieces of at most 75 octets, as the format asks, never within a letter."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 74:  # noqa: PLR2004 - 75 with the blank before a further piece
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
