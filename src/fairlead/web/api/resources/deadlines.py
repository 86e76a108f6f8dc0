"""What is due when: actions, questionnaires, evidence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from fairlead.web.actions.deadlines import deadlines
from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Parameter, Reply, in_query, reads
from fairlead.web.api.problems import invalid
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["actions"])

_MOST: Final = timedelta(days=400)
_AHEAD: Final = timedelta(days=30)


class DeadlineOut(BaseModel):
    """One thing that is due on a day; `page` is the address of its page."""

    on: date
    kind: str
    title: str
    page: str


class DeadlinesOut(BaseModel):
    """What is due, by day."""

    items: list[DeadlineOut]


def _day_in_query(name: str, about: str) -> Parameter:
    schema = {"type": "string", "format": "date", "pattern": "^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
    return in_query(name, schema, about)


def _day(request: ApiRequest, name: str, default: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get(name, default.isoformat()))
    except ValueError as error:
        raise invalid([(f"query.{name}", "It is no day such as 2026-03-14.")]) from error
    if len(request.GET.getlist(name)) > 1:
        raise invalid([(f"query.{name}", "It is given more than once.")])
    return day


@reads(
    router,
    "/organisations/{organisation}/deadlines",
    needs=Capability.SEE,
    reply=DeadlinesOut,
    parameters=(
        _day_in_query("first", "The first day; today where it is left out"),
        _day_in_query("last", "The last day, at most 400 days later; 30 days later where it is left out"),
    ),
)
def list_deadlines(request: ApiRequest) -> Reply:
    """What is due between two days, both included."""
    first = _day(request, "first", timezone.localdate())
    last = _day(request, "last", min(first, date.max - _AHEAD) + _AHEAD)
    if last - first > _MOST:
        raise invalid([("query.last", "It is more than 400 days after the first.")])
    found = deadlines(request.organisation, first, last)
    return Reply(
        DeadlinesOut(items=[DeadlineOut(on=one.on, kind=one.kind, title=one.title, page=one.url) for one in found])
    )
