"""One run of the engine on what an organisation has, and the lists it screened against."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fairlead.web.assessments.models.sealed import SealedRecord, SealedRecords
from fairlead.web.jobs.models import JobState


class OwnList(models.Model):
    """A list of names that an organisation has uploaded to screen against; the same content is one list."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey("files.StoredFile", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = _("own list")
        constraints = (models.UniqueConstraint(fields=["organisation", "sha256"], name="one_list_per_content"),)

    def __str__(self) -> str:
        return self.file.name


class AssessmentState(models.TextChoices):
    """How far an assessment is; only what is done is seen anywhere but in the list of assessments."""

    RUNNING = "running", _("Being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be made")


class Assessments(SealedRecords):
    """Assessments."""

    def done(self) -> models.QuerySet[Any]:
        """Return those that are done, the newest day first and of one day the later first."""
        return self.filter(state=AssessmentState.DONE).order_by("-as_of", "-number")

    def short(self) -> Assessments:
        """Return them without what only the page of one needs."""
        return self.defer("editions")


class Assessment(SealedRecord):
    """One assessment; never changed once it is done.

    `counts` are the numbers of parties by band, with no_data. `previous` is the assessment before this one, with which
    its ratings are compared. `shards` is in how many parts the snapshot keeps what is known of single parties.
    """

    SEALED_WHEN: ClassVar[models.Q] = models.Q(state=AssessmentState.DONE)

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="assessments")
    number = models.PositiveIntegerField(_("number"))
    as_of = models.DateField(_("as of"))
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.RUNNING)
    note = models.CharField(_("note"), max_length=300, blank=True)
    lists = models.ManyToManyField(OwnList, related_name="assessments")
    previous = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    program_version = models.CharField(max_length=40, blank=True)
    model_version = models.CharField(max_length=80, blank=True)
    editions = models.JSONField(default=list)  # the reference sources, as `fairlead.model.assessment.Edition`
    counts = models.JSONField(default=dict)
    evidence_given = models.PositiveIntegerField(default=0)
    evidence_found = models.PositiveIntegerField(default=0)
    shards = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Assessments.as_manager()

    class Meta:
        verbose_name = _("assessment")
        constraints = (models.UniqueConstraint(fields=["organisation", "number"], name="one_assessment_per_number"),)
        indexes = (models.Index(fields=["organisation", "state", "-as_of", "-number"], name="assessments_newest"),)

    def __str__(self) -> str:
        return str(_("Assessment %(number)s")) % {"number": self.number}

    @property
    def is_done(self) -> bool:
        """Whether it is done and sealed."""
        return self.state == AssessmentState.DONE

    @property
    def shown_state(self) -> AssessmentState:
        """The state as people see it: what was given up again and again is not being made any more."""
        gone = self.state == AssessmentState.RUNNING and self.job is not None and self.job.state == JobState.FAILED
        return AssessmentState.FAILED if gone else AssessmentState(self.state)

    @property
    def total(self) -> int:
        """How many parties it has."""
        return sum(self.counts.values())


class SnapshotFile(SealedRecord):
    """One file of a snapshot: its name below the assessment's folder, and the hash that is checked when it is read."""

    SEALED_WHEN: ClassVar[models.Q] = models.Q(assessment__state=AssessmentState.DONE)

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assessment", "name"], name="one_snapshot_file_per_name"),)

    def __str__(self) -> str:
        return self.name
