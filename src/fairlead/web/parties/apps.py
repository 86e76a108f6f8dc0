"""The application of parties."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartiesConfig(AppConfig):
    """Parties, their sites and the links between them."""

    name = "fairlead.web.parties"
    label = "parties"

    def ready(self) -> None:
        """Have the index of names made good after each `migrate`."""
        from fairlead.web.parties import name_index  # noqa: PLC0415 - as the other applications do

        post_migrate.connect(name_index.make_good, sender=self)
