"""One piece of background work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a piece of work is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be done")


class Job(models.Model):
    """Work on one subject (the id of an import, an assessment), of a kind that a feature has declared.

    `step` is what is being done, in English, as the engine says it; `beat_at` is when the worker last showed that it
    lives.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    step = models.CharField(max_length=200, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    what = models.TextField(blank=True)  # why it could not be done, and what to do
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "beat_at"], name="jobs_by_state"),
            models.Index(fields=["organisation", "-created_at"], name="jobs_by_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED}


class WorkerBeat(models.Model):
    """When a background worker last showed that it lives; one row for each that is running or was lately."""

    worker = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class RegularWork(models.Model):
    """When a piece of regular work was last begun; whoever moves the time on does it, so that two workers do not."""

    key = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
