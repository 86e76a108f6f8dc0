"""A background worker shows every few seconds that it lives, so that its silence can be noticed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import Error, close_old_connections
from django.utils import timezone

from fairlead.web.jobs.models import Job, JobState, WorkerBeat

#: A worker that was silent for longer is taken to be gone.
SILENT: Final = timedelta(seconds=60)
#: Rows of workers that have been gone for so long are swept away.
_FORGOTTEN: Final = timedelta(days=1)


def show_alive(worker: str) -> None:
    """Write down that the worker of this name lives. A database that is away for a moment does not end the worker."""
    try:
        now = timezone.now()
        WorkerBeat.objects.update_or_create(worker=worker, defaults={"at": now})
        WorkerBeat.objects.filter(at__lt=now - _FORGOTTEN).delete()
    except Error:
        close_old_connections()


def gone(worker: str) -> None:
    """Write down that the worker has ended as it should."""
    try:
        WorkerBeat.objects.filter(worker=worker).delete()
    except Error:
        close_old_connections()


def forget() -> None:
    """Forget every worker, where a database was brought back from a time when one lived."""
    WorkerBeat.objects.all().delete()


def alive() -> bool:
    """Say whether some worker lives."""
    return WorkerBeat.objects.filter(at__gte=timezone.now() - SILENT).exists()


def stuck() -> int:
    """Return how many pieces of work have waited or been silent for ten minutes, and nothing is done about it.

    A job that has just gone silent is not counted: a living worker takes it up again by itself.
    """
    before = timezone.now() - timedelta(minutes=10)
    waiting = Job.objects.filter(state=JobState.WAITING, created_at__lt=before)
    busy = Job.objects.filter(state=JobState.RUNNING, beat_at__gte=before).exists()
    silent = Job.objects.filter(state=JobState.RUNNING, beat_at__lt=before).count()
    return silent + (0 if busy else waiting.count())
