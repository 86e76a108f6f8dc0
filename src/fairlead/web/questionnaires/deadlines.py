"""What the calendar shows of questionnaires: the days by which suppliers should answer, and when answers grow old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairlead.web.actions.deadlines import SOURCES, Deadline
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import RecordState
from fairlead.web.questionnaires.models import WITH_SUPPLIER, AcceptedEvidence, Questionnaire


def _page(organisation: Organisation, number: int) -> str:
    return reverse("questionnaires:one", kwargs={"slug": organisation.slug, "number": number})


def of_questionnaires(organisation: Organisation, first: date, last: date) -> Iterable[Deadline]:
    """Yield the questionnaires that are with suppliers and due between two days, both included."""
    due = Questionnaire.objects.filter(organisation=organisation, state__in=WITH_SUPPLIER, due_on__range=(first, last))
    for number, name, day in due.order_by("due_on", "pk").values_list("pk", "party__name", "due_on"):
        title = _("%(name)s: answer the questionnaire") % {"name": name}
        yield Deadline(day, title, _page(organisation, number), "questionnaire")


def of_answers(organisation: Organisation, first: date, last: date) -> Iterable[Deadline]:
    """Yield, one for each questionnaire and day, the answers that count for the last time between two days."""
    rows = (
        AcceptedEvidence.objects.filter(
            organisation=organisation, evidence__state=RecordState.LIVE, expires_on__range=(first, last)
        )
        .values("questionnaire_id", "consent_id", "evidence__party__name", "expires_on")
        .annotate(count=Count("pk"))
        .order_by("expires_on", "questionnaire_id", "consent_id")
    )
    for row in rows:
        text = ngettext(
            "%(name)s: %(count)s answer grows old", "%(name)s: %(count)s answers grow old", row["count"]
        ) % {"name": row["evidence__party__name"], "count": row["count"]}
        shared = reverse("questionnaires:shared", kwargs={"slug": organisation.slug})
        page = _page(organisation, row["questionnaire_id"]) if row["questionnaire_id"] else shared
        yield Deadline(row["expires_on"], text, page, "evidence")


SOURCES.extend([of_questionnaires, of_answers])
