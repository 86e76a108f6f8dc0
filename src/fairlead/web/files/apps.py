"""The application of attached files."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attached files."""

    name = "fairlead.web.files"
    label = "files"
