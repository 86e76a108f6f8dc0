"""The application of evidence."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """What was learned about a party."""

    name = "fairlead.web.evidence"
    label = "evidence"
