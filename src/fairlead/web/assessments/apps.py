"""The application of assessments."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments, their ratings, reports and comparisons, and challenges to ratings."""

    name = "fairlead.web.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Put the days by which challenges are to be answered into the calendar."""
        from fairlead.web.assessments import deadlines  # noqa: F401, PLC0415 - models are there only now
