"""What the stages ask of an engine, whichever it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol, TypeVar

import pyarrow as pa

#: The names by which an engine is asked for, the one that is always there first.
ENGINES: Final = ("duckdb", "spark")

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Answer = TypeVar("Answer")


class Engine(Protocol):
    """A place where tables are worked on; the same question has the same answer on each."""

    @property
    def name(self) -> str:
        """One of ENGINES."""

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known to SQL under this name."""

    def query(self, sql: str) -> pa.Table:
        """Run one SELECT, written as DuckDB spells it, and return its rows in the order that its ORDER BY says."""

    def spell(self, condition: str) -> str:
        """Return an SQL expression that is written for DuckDB as this engine spells it.

        `len` is of a list and `length` of a text. Raises ValueError for a function that the engine has not.
        """

    def splink_api(self) -> Any:
        """Return Splink's interface to this engine."""

    def map_parts(
        self, work: Callable[[Shared, Part], Answer], shared: Shared, parts: Sequence[Part]
    ) -> Sequence[Answer]:
        """Return `work(shared, part)` for every part, in the order of the parts.

        The parts may be worked on in other processes or on other machines: `work` is a function of a module,
        `shared`, the parts and the answers can be pickled, and no answer depends on another.
        """
