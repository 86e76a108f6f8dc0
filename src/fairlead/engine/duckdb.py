"""DuckDB, in process: a connection with settled settings, Arrow in and out, and Splink on top of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import duckdb
import pyarrow as pa

from fairlead.engine.processes import map_in_processes

if TYPE_CHECKING:
    from splink import DuckDBAPI

Shared = TypeVar("Shared")
Part = TypeVar("Part")
Answer = TypeVar("Answer")

#: Enough for a hundred thousand suppliers; what does not fit goes to the temporary folder.
MEMORY_LIMIT: Final = "3GB"
#: More threads cost memory and gain little on lists of this length.
MOST_THREADS: Final = 8


class DuckDBEngine:
    """One DuckDB database in memory; use it as `with duckdb_engine() as engine`."""

    name: Final = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection, processes: int = 1) -> None:
        self._connection = connection
        self._processes = processes

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known to SQL under this name."""
        self._connection.register(name, table)

    def query(self, sql: str) -> pa.Table:
        """Run one SELECT and return its rows as an Arrow table, in the order that its ORDER BY says."""
        return self._connection.execute(sql).to_arrow_table()

    def spell(self, condition: str) -> str:
        """Return the condition as it is: conditions are written for DuckDB."""
        return condition

    def map_parts(
        self, work: Callable[[Shared, Part], Answer], shared: Shared, parts: Sequence[Part]
    ) -> Sequence[Answer]:
        """Return `work(shared, part)` for every part, in their order; long lists are shared out to processes."""
        return map_in_processes(work, shared, parts, self._processes)

    def splink_api(self) -> DuckDBAPI:
        """Return Splink's interface to this very database."""
        from splink import DuckDBAPI  # noqa: PLC0415  (takes a second, and not every query needs it)

        return DuckDBAPI(connection=self._connection)


@contextmanager
def duckdb_engine(*, threads: int | None = None, memory_limit: str = MEMORY_LIMIT) -> Iterator[DuckDBEngine]:
    """Open a database in memory that spills to a temporary folder of its own, removed at the end.

    `threads` (also the number of processes) defaults to the processors there are, eight at most; `memory_limit` is
    DuckDB's, such as 3GB.
    Rows come in no order but that of an ORDER BY, which spares memory, and no extension is loaded or fetched, so
    that results do not depend on either.
    """
    threads = threads or min(os.cpu_count() or 1, MOST_THREADS)
    with tempfile.TemporaryDirectory(prefix="fairlead-") as folder:
        connection = duckdb.connect(
            ":memory:",
            config={
                "threads": threads,
                "memory_limit": memory_limit,
                "temp_directory": folder,
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        connection.execute("SET enable_progress_bar = false")  # the program has bars of its own
        try:
            yield DuckDBEngine(connection, threads)
        finally:
            connection.close()
