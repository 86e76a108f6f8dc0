"""Regular work that keeps the database in good order."""

from __future__ import annotations

from datetime import datetime, timedelta

from fairlead.web.jobs.regular import regularly
from fairlead.web.jobs.table_statistics import gather_statistics


@regularly("jobs.statistics", timedelta(days=1))
def statistics(now: datetime) -> None:
    """Have the database look through its tables."""
    gather_statistics()
