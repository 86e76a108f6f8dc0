"""The application of imports."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Lists that people upload."""

    name = "fairlead.web.imports"
    label = "imports"
