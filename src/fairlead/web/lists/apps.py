"""The application of lists."""

from __future__ import annotations

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Lists with search, filters, saved views and export."""

    name = "fairlead.web.lists"
    label = "lists"
