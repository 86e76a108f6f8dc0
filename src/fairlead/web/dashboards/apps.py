"""The application of the overview."""

from __future__ import annotations

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """The overview."""

    name = "fairlead.web.dashboards"
    label = "dashboards"
