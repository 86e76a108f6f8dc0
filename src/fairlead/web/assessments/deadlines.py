"""What the calendar shows of challenges: the days by which they are to be answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fairlead.web.actions.deadlines import SOURCES, Deadline
from fairlead.web.assessments.models import Challenge, ChallengeState
from fairlead.web.organisations.models import Organisation


def of_challenges(organisation: Organisation, first: date, last: date) -> Iterable[Deadline]:
    """Yield the open challenges that are to be answered between two days, both included."""
    due = Challenge.objects.filter(
        organisation=organisation, state=ChallengeState.OPEN, due_on__range=(first, last)
    ).order_by("due_on", "pk")
    for number, name, day in due.values_list("number", "party__name", "due_on"):
        page = reverse("assessments:challenge", kwargs={"slug": organisation.slug, "number": number})
        yield Deadline(day, _("%(name)s: reply to the challenge") % {"name": name}, page, "challenge")


SOURCES.append(of_challenges)
