"""The report of an assessment in one language."""

from __future__ import annotations

from django.db import models

from fairlead.web.assessments.models.assessment import Assessment


class Report(models.Model):
    """Files made of a snapshot. `key` is the hash of all they hang on, and the name of their folder.

    `restricted` says whether evidence that only those who handle the case may see is in them. `files` holds the hash
    of each file by its name, and is empty while they are being made.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="reports")
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    restricted = models.BooleanField()
    files = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assessment", "key"], name="one_report_per_key"),)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.language}"
