"""A column of a sheet while it is being recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fairlead.read.heading import Heading
from fairlead.read.mapping import IGNORED


@dataclass(frozen=True)
class Column:
    """Its place, heading, a sample of its filled cells, and the field that it is taken for."""

    index: int
    heading: Heading
    values: tuple[str, ...]
    field: str = IGNORED
    also: tuple[str, ...] = ()
    scheme: str | None = None

    def share(self, test: Callable[[str], bool]) -> float:
        """Return the share of the sampled cells that pass a test; 0 where there are none."""
        return sum(1 for value in self.values if test(value)) / len(self.values) if self.values else 0.0
