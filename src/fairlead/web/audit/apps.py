"""The application of the log."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, in a chain of hashes."""

    name = "fairlead.web.audit"
    label = "audit"
