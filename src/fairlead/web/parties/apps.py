"""The application of parties."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties, their sites and the links between them."""

    name = "fairlead.web.parties"
    label = "parties"
