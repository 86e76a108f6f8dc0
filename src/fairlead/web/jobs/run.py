"""Starts work in the background, does it, and takes up again what a crash has interrupted."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.db import Error, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from fairlead.errors import FairleadError
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.jobs.kinds import kind
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.jobs.progress import JobProgress
from fairlead.web.jobs.table_statistics import gather_statistics
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.told import told

log = logging.getLogger(__name__)

#: A worker shows that it lives so often; a job that was silent for longer is taken up again.
BEAT: Final = timedelta(seconds=5)
SILENT: Final = timedelta(seconds=30)

#: So often a job is begun before it is given up.
MOST_ATTEMPTS: Final = 3


def start(kind_key: str, subject: str, *, organisation: Organisation, user: User | None) -> Job:
    """Put work into the queue, in the transaction of whoever asks for it; return its job."""
    with transaction.atomic():
        job = Job.objects.create(organisation=organisation, kind=kind_key, subject=subject, created_by=user)
        run_job.enqueue(job.pk)
    return job


@task()
def run_job(number: int) -> None:
    """Do one job, once: what another worker has taken, or what is over, is left alone."""
    now = timezone.now()
    taken = Job.objects.filter(pk=number, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=now, beat_at=now
    )
    if not taken:
        return
    job = Job.objects.select_related("organisation", "created_by").get(pk=number)
    began = time.monotonic()
    language = job.created_by.language if job.created_by else job.organisation.language
    with _beating(number), override(language):
        try:
            progress = JobProgress(job)
            kind(job.kind).work(job, progress)
            progress.write()
        except FairleadError as error:
            _finish(job, JobState.FAILED, told(error))
        except Exception:
            log.exception("a job failed", extra={"job": number, "kind": job.kind})
            _finish(job, JobState.FAILED, _("Something went wrong on our side. Nothing of it was kept. Try again."))
        else:
            _finish(job, JobState.DONE, "")
            if kind(job.kind).grows:
                gather_statistics()
    log.info("job over", extra={"job": number, "kind": job.kind, "seconds": round(time.monotonic() - began, 1)})


def _finish(job: Job, state: JobState, what: str) -> None:
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=state, what=what, finished_at=timezone.now(), beat_at=timezone.now())
        record(
            f"job.{state}",
            organisation=job.organisation,
            actor=job.created_by,
            subject=job.subject,
            detail={"kind": job.kind},
            by="background work",
        )


@contextmanager
def _beating(number: int) -> Iterator[None]:
    """Show every few seconds that the work goes on, from a thread with a connection of its own."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            _show_beat(number)
        connection.close()

    if connection.in_atomic_block:  # in a test: a second connection would wait for this one for ever
        yield
        return
    thread = threading.Thread(target=beat, name=f"beat of job {number}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show_beat(number: int) -> None:
    """Write that a job goes on. A database that is away for a moment ends neither the job nor its beat."""
    try:
        Job.objects.filter(pk=number).update(beat_at=timezone.now())
    except Error:
        log.warning("a job could not show that it goes on", extra={"job": number})
        connection.close()


def take_up_interrupted() -> int:
    """Put jobs whose worker has died back into the queue; return how many.

    A job that was begun too often is given up, with its reason.
    """
    silent = timezone.now() - SILENT
    count = 0
    for job in Job.objects.filter(state=JobState.RUNNING, beat_at__lt=silent).select_related("organisation"):
        with transaction.atomic():
            again = job.attempts + 1 < MOST_ATTEMPTS
            taken = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, beat_at__lt=silent).update(
                state=JobState.WAITING if again else JobState.FAILED,
                attempts=job.attempts + 1,
                what="" if again else _("The work was interrupted again and again. Nothing of it was kept."),
                finished_at=None if again else timezone.now(),
            )
            if taken and again:
                run_job.enqueue(job.pk)
                count += 1
    return count
