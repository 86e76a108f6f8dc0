"""The two addresses for what watches over the workbench."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fairlead.web.jobs.beat import alive, gone, show_alive, stuck
from fairlead.web.jobs.models import Job, JobState, WorkerBeat
from fairlead.web.site import checks
from tests.web.conftest import Cast


def test_live_answers_without_the_database() -> None:
    answer = Client().get("/health/live")  # this test may not touch the database
    assert answer.json() == {"live": True}
    assert "no-store" in answer["Cache-Control"]


def test_ready_is_well_when_everything_is(db: None) -> None:
    show_alive("one")
    answer = Client().get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["parts"] == {"database": "well", "migrations": "well", "worker": "well", "disk": "well"}


def test_ready_is_not_when_no_worker_lives(db: None) -> None:
    show_alive("one")
    WorkerBeat.objects.update(at=timezone.now() - timedelta(minutes=2))
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == "none lives"


def test_ready_is_not_when_the_disk_is_full(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: SimpleNamespace(free=1024 * 1024))
    assert Client().get("/health/ready").json()["parts"]["disk"] == "1 MB are free"


def test_ready_is_not_when_migrations_are_missing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"])
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "2 are not applied"


def test_no_answer_holds_a_secret_or_a_path(db: None) -> None:
    said = Client().get("/health/ready").content.decode()
    for secret in (settings.SECRET_KEY, str(settings.HOME), str(settings.DATABASES["default"]["NAME"])):
        assert secret not in said


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_head_is_answered_and_forms_are_not(path: str, db: None) -> None:
    show_alive("one")
    head = Client().head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert Client().post(path).status_code == 405


def test_a_worker_that_ends_is_gone_at_once(db: None) -> None:
    show_alive("one")
    assert alive()
    gone("one")
    assert not alive()


def test_work_that_has_not_moved_for_ten_minutes_is_stuck(cast: Cast) -> None:
    long_ago = timezone.now() - timedelta(minutes=11)
    job = Job.objects.create(
        organisation=cast.ministry, kind="x", subject="y", state=JobState.RUNNING, beat_at=long_ago
    )
    assert stuck() == 1
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now())
    assert stuck() == 0
