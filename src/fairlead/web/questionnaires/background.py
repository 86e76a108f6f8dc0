"""What questionnaires do in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from fairlead.web.jobs.regular import regularly
from fairlead.web.questionnaires.reminders import send_reminders
from fairlead.web.questionnaires.summary import send_summaries


@regularly("questionnaires.reminders", timedelta(hours=1))
def reminders(now: datetime) -> None:
    """Remind suppliers of what they were asked."""
    send_reminders(now)


@regularly("questionnaires.summaries", timedelta(hours=6))
def summaries(now: datetime) -> None:
    """Tell members how the questionnaires stand."""
    send_summaries(now)
