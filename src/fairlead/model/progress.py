"""How long work tells whoever is waiting how far it has come; the command line draws it, tests ignore it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by a room what it is doing and how far it has come."""

    def start(self, what: str, total: int | None = None) -> None:
        """Say that work on `what` begins, with the number of steps where it is known."""

    def advance(self, steps: int = 1) -> None:
        """Say that so many steps are done."""


class Silent:
    """A progress that nobody watches."""

    def start(self, what: str, total: int | None = None) -> None:
        """Ignore the start."""

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps."""
