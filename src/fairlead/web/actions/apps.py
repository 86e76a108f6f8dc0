"""The application of corrective actions."""

from __future__ import annotations

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Corrective actions and responsible disengagement."""

    name = "fairlead.web.actions"
    label = "actions"
