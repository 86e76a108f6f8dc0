"""The application that joins the features."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Base page, static files, words."""

    name = "fairlead.web.site"
    label = "fairlead_site"
