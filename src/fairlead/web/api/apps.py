"""The application of the API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What the pages do, for programs."""

    name = "fairlead.web.api"
    label = "api"
