"""What questionnaires do in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.model.progress import Progress
from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.jobs.regular import regularly
from fairlead.web.questionnaires.many import do_all
from fairlead.web.questionnaires.many_views import SEND_MANY
from fairlead.web.questionnaires.models import Sending
from fairlead.web.questionnaires.reminders import send_reminders
from fairlead.web.questionnaires.summary import send_summaries


def _many_page(job: Job) -> str:
    return reverse("questionnaires:many", kwargs={"slug": job.organisation.slug, "number": int(job.subject)})


@declare(SEND_MANY, _("Asking many suppliers"), result=_many_page, grows=True)
def many(job: Job, progress: Progress) -> None:
    """Ask, send or remind many, or go on with it."""
    sending = Sending.objects.select_related("organisation", "user").get(
        pk=int(job.subject), organisation=job.organisation
    )
    do_all(sending, progress)


@regularly("questionnaires.reminders", timedelta(hours=1))
def reminders(now: datetime) -> None:
    """Remind suppliers of what they were asked."""
    send_reminders(now)


@regularly("questionnaires.summaries", timedelta(hours=6))
def summaries(now: datetime) -> None:
    """Tell members how the questionnaires stand."""
    send_summaries(now)
