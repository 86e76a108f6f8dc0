"""How far a piece of work has come, written where the page can read it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.utils import timezone

from fairlead.web.jobs.models import Job

#: Seconds between two writes.
_PAUSE: Final = 0.5


class JobProgress:
    """A `fairlead.model.progress.Progress` that keeps the job's row up to date, at most twice a second."""

    def __init__(self, job: Job, clock: Callable[[], float] = time.monotonic) -> None:
        self._job, self._clock, self._written = job, clock, 0.0

    def start(self, what: str, total: int | None = None) -> None:
        """Say that work on `what` begins."""
        self._job.step, self._job.done, self._job.total = what[:200], 0, total
        self.write()

    def advance(self, steps: int = 1) -> None:
        """Say that so many steps are done."""
        self._job.done += steps
        if self._clock() - self._written >= _PAUSE:
            self.write()

    def write(self) -> None:
        """Write how far it is now."""
        self._written = self._clock()
        Job.objects.filter(pk=self._job.pk).update(
            step=self._job.step, done=self._job.done, total=self._job.total, beat_at=timezone.now()
        )
