"""The application of changes."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Versions of what people change."""

    name = "fairlead.web.records"
    label = "records"
