"""Background work: done once, told in plain words when it fails, taken up again after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from fairlead.errors import NothingToRead
from fairlead.model.progress import Progress
from fairlead.web.audit.models import AuditEntry
from fairlead.web.jobs import kinds
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.progress import JobProgress
from fairlead.web.jobs.run import MOST_ATTEMPTS, SILENT, run_job, start, take_up_interrupted
from fairlead.web.organisations.capabilities import Role
from tests.web.conftest import Cast

DONE: list[str] = []


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_KINDS", {})
    DONE.clear()

    @kinds.declare("count", "Counting", result=lambda job: f"/o/{job.organisation.slug}/parties/")
    def count(job: Job, progress: Progress) -> None:
        progress.start("Counting", 2)
        progress.advance(2)
        DONE.append(job.subject)

    @kinds.declare("empty", "Reading", result=lambda job: "/")
    def empty(job: Job, progress: Progress) -> None:
        raise NothingToRead("The file is empty.", do="Give another.")

    @kinds.declare("bug", "Breaking", result=lambda job: "/")
    def bug(job: Job, progress: Progress) -> None:
        raise ZeroDivisionError("Aygul Example, 12 Example Street")

    yield


def test_work_is_done_and_written_into_the_log(cast: Cast) -> None:
    job = start("count", "imp_1", organisation=cast.ministry, user=cast.alice)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, DONE) == (JobState.DONE, 2, 2, ["imp_1"])
    assert AuditEntry.objects.get(action="job.done").detail == {"kind": "count"}


def test_a_job_that_is_over_is_not_done_again(cast: Cast) -> None:
    job = start("count", "imp_1", organisation=cast.ministry, user=cast.alice)
    run_job.call(job.pk)
    assert DONE == ["imp_1"]


def test_an_error_of_the_engine_is_told_with_what_to_do(cast: Cast) -> None:
    job = start("empty", "imp_1", organisation=cast.ministry, user=cast.alice)
    job.refresh_from_db()
    assert (job.state, job.what) == (JobState.FAILED, "The file is empty. Give another.")


def test_a_bug_is_told_without_what_its_message_holds(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    job = start("bug", "imp_1", organisation=cast.ministry, user=cast.alice)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Aygul" not in job.what


def test_work_whose_worker_died_is_taken_up_again(cast: Cast) -> None:
    job = _died(cast, attempts=0)
    assert take_up_interrupted() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, DONE) == (JobState.DONE, 1, ["imp_9"])


def test_work_that_is_alive_is_left_alone(cast: Cast) -> None:
    job = _died(cast, attempts=0, silent_for=SILENT / 2)
    assert take_up_interrupted() == 0
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_work_that_dies_again_and_again_is_given_up(cast: Cast) -> None:
    job = _died(cast, attempts=MOST_ATTEMPTS - 1)
    assert take_up_interrupted() == 0
    job.refresh_from_db()
    assert (job.state, DONE) == (JobState.FAILED, [])
    assert job.what


def _died(cast: Cast, *, attempts: int, silent_for: timedelta = 2 * SILENT) -> Job:
    return Job.objects.create(
        organisation=cast.ministry,
        kind="count",
        subject="imp_9",
        state=JobState.RUNNING,
        attempts=attempts,
        beat_at=timezone.now() - silent_for,
    )


def test_progress_is_written_at_most_twice_a_second(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    job = Job.objects.create(organisation=cast.ministry, kind="count", subject="imp_1")
    now = 0.0
    progress = JobProgress(job, clock=lambda: now)
    with django_assert_num_queries(1):  # type: ignore[operator]
        progress.start("Counting", 1_000)
        for _ in range(400):
            progress.advance()
    now = 0.6
    with django_assert_num_queries(1):  # type: ignore[operator]
        progress.advance()
    job.refresh_from_db()
    assert (job.done, job.total, job.step) == (401, 1_000, "Counting")


def test_the_page_shows_how_far_it_is_and_goes_on_when_done(cast: Cast) -> None:
    job = Job.objects.create(
        organisation=cast.ministry,
        kind="count",
        subject="imp_1",
        state=JobState.RUNNING,
        step="Counting",
        done=3_000,
        total=9_000,
    )
    client, address = cast.as_role(Role.VIEWER), f"/o/ministry/jobs/{job.pk}/"
    page = client.get(address).content.decode()
    assert 'value="3000" max="9000"' in page
    assert "3,000 / 9,000" in page
    Job.objects.update(state=JobState.DONE)
    assert client.get(address)["Location"] == "/o/ministry/parties/"
    assert client.get(address, headers={"HX-Target": "job"})["HX-Redirect"] == "/o/ministry/parties/"


def test_the_page_of_a_failed_job_says_why(cast: Cast) -> None:
    job = start("empty", "imp_1", organisation=cast.ministry, user=cast.alice)
    page = cast.as_role(Role.VIEWER).get(f"/o/ministry/jobs/{job.pk}/").content.decode()
    assert "The file is empty. Give another." in page


def test_another_organisations_job_is_not_found(cast: Cast) -> None:
    job = start("count", "imp_1", organisation=cast.port, user=cast.bob)
    assert cast.as_role(Role.ADMINISTRATOR).get(f"/o/ministry/jobs/{job.pk}/").status_code == 404
