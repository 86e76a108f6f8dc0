"""Renders messages into the reader's language, each distinct one once: long tables repeat few sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fairlead.language import Language


class Texts:
    """Remembers what it has rendered; made for one report and thrown away with it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._known: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}

    def __call__(self, message: Mapping[str, Any] | None) -> str:
        """Return the message, given as its Arrow value, as a sentence; null as an empty text."""
        if message is None:
            return ""
        key = (message["template"], tuple(message["values"] or ()))
        if key not in self._known:
            self._known[key] = self.language.render(message)
        return self._known[key]

    def factor(self, nats: float) -> str:
        """Return by what a term multiplies the odds, such as ×2.4."""
        key = ("", (("nats", f"{nats:.4f}"),))
        if key not in self._known:
            self._known[key] = self.language.factor(math.exp(nats))
        return self._known[key]
