"""What corrective actions do in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from fairlead.web.actions.reminders import send_reminders
from fairlead.web.jobs.regular import regularly


@regularly("actions.reminders", timedelta(hours=1))
def reminders(now: datetime) -> None:
    """Send reminders of what is due."""
    send_reminders(now)
