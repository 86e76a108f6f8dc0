"""The application of background work."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Work that goes on while people do something else."""

    name = "fairlead.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Load the kinds of work that the features declare."""
        autodiscover_modules("background")
