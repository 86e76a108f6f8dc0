"""The application of the chain."""

from __future__ import annotations

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """Pictures of the chain and the list of its links; it keeps nothing of its own."""

    name = "fairlead.web.chain"
    label = "chain"
