"""The application that joins the features."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def _without_compiling(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Tell PostgreSQL not to compile questions: those of pages are over before that is worth it.

    It is no option of the connection's start, because a pooler in between may refuse those.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


class SiteConfig(AppConfig):
    """Base page, static files, words."""

    name = "fairlead.web.site"
    label = "fairlead_site"

    def ready(self) -> None:
        """Set every new connection up."""
        connection_created.connect(_without_compiling, dispatch_uid="fairlead.web.site.without_compiling")
