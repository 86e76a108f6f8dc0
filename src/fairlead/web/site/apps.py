"""The application that joins the features."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def _for_short_questions(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Tell PostgreSQL neither to compile questions nor to divide one among processors.

    Questions of pages are over before that is worth it, and many people ask at the same time. It is no option of the
    connection's start, because a pooler in between may refuse those.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off; SET max_parallel_workers_per_gather = 0")


class SiteConfig(AppConfig):
    """Base page, static files, words."""

    name = "fairlead.web.site"
    label = "fairlead_site"

    def ready(self) -> None:
        """Set every new connection up."""
        connection_created.connect(_for_short_questions, dispatch_uid="fairlead.web.site.for_short_questions")
