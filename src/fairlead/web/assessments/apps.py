"""The application of assessments."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments, their ratings, reports and comparisons, and challenges to ratings."""

    name = "fairlead.web.assessments"
    label = "assessments"
