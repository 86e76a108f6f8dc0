"""Regular work: done when its time has come, once, and not stopped by a failure beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fairlead.web.jobs import regular
from fairlead.web.jobs.regular import do_what_is_due, regularly

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.django_db
def test_work_is_done_each_time_its_hour_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular, "_REGULAR", {})
    done: list[datetime] = []
    regularly("count", timedelta(hours=1))(done.append)

    @regularly("bug", timedelta(hours=1))
    def bug(now: datetime) -> None:
        raise ZeroDivisionError

    for minutes in (0, 30, 59, 60, 90, 121):
        do_what_is_due(NOW + timedelta(minutes=minutes))
    assert done == [NOW, NOW + timedelta(minutes=60), NOW + timedelta(minutes=121)]
