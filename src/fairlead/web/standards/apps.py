"""The application of the standard of labour practices."""

from __future__ import annotations

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The standard of labour practices and an organisation's versions of it."""

    name = "fairlead.web.standards"
    label = "standards"
