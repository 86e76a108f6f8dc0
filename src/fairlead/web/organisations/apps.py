"""The application of organisations."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations and memberships."""

    name = "fairlead.web.organisations"
    label = "organisations"
