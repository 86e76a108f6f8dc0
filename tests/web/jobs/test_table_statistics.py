"""The database is told to look through its tables after work that fills them, and survives being busy."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairlead.model.progress import Progress
from fairlead.web.jobs import kinds, table_statistics
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.regular import do_what_is_due
from fairlead.web.jobs.run import start
from fairlead.web.jobs.table_statistics import gather_statistics
from fairlead.web.parties.models import Party
from tests.web.conftest import Cast, add_party


def rows_known() -> int | None:
    """How many parties the database believes there are; null where it has not looked."""
    table = Party._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples::int FROM pg_class WHERE relname = %s", [table])
            return cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return None
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        found = cursor.fetchone()
        return int(found[0].split()[0]) if found else None


@pytest.fixture
def crowd(cast: Cast) -> None:
    for number in range(40):
        add_party(cast.ministry, f"Crane {number}", f"pty_{number}")


def test_after_work_that_fills_tables_the_database_knows_how_full_they_are(
    cast: Cast, crowd: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {})

    @kinds.declare("fill", "Filling", result=lambda job: "/", grows=True)
    def fill(job: Job, progress: Progress) -> None: ...

    start("fill", "", organisation=cast.ministry, user=cast.alice)
    assert rows_known() == Party.objects.count() == 41


def test_once_a_day_it_is_looked_whether_anything_was_done_or_not(cast: Cast, crowd: None) -> None:
    assert "jobs.statistics" in do_what_is_due(timezone.now())
    assert rows_known() == 41


def looked_through() -> list[str]:
    """The tables that are looked through when the statistics are gathered."""
    with CaptureQueriesContext(connection) as asked:
        gather_statistics()
    return [one["sql"] for one in asked if one["sql"].startswith("ANALYZE")]


def test_a_table_is_looked_through_again_only_when_it_is_filled_otherwise(cast: Cast, crowd: None) -> None:
    gather_statistics()
    add_party(cast.ministry, "One more", "pty_more")
    assert looked_through() == []
    for number in range(20):
        add_party(cast.ministry, f"Heron {number}", f"pty_h{number}")
    assert looked_through() == ['ANALYZE "parties_historicalparty"', 'ANALYZE "parties_party"']
    Party.objects.filter(name__startswith="Crane").delete()
    assert 'ANALYZE "parties_party"' in looked_through()


def test_a_new_index_is_looked_at(cast: Cast, crowd: None) -> None:
    gather_statistics()
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL chooses among indexes by its columns")
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX parties_by_note ON parties_party (note)")
    assert looked_through() == ['ANALYZE "parties_party"']
    assert looked_through() == []


def test_a_database_that_is_busy_keeps_the_work_done(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        def cursor(self) -> None:
            raise OperationalError

    monkeypatch.setattr(kinds, "_KINDS", {})
    monkeypatch.setattr(table_statistics, "connection", Busy())

    @kinds.declare("fill", "Filling", result=lambda job: "/", grows=True)
    def fill(job: Job, progress: Progress) -> None: ...

    job = start("fill", "", organisation=cast.ministry, user=cast.alice)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    gather_statistics()  # raises nothing
