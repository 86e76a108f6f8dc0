"""Opening an engine by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from fairlead.engine.duckdb import duckdb_engine
from fairlead.engine.engine import ENGINES, Engine
from fairlead.errors import OptionError


@contextmanager
def open_engine(name: str = "duckdb") -> Iterator[Engine]:
    """Open the engine of this name, `duckdb` or `spark`, and close it at the end.

    Raises OptionError for another name, and where Spark or Java is not installed.
    """
    if name == "duckdb":
        with duckdb_engine() as duckdb:
            yield duckdb
    elif name == "spark":
        from fairlead.engine.spark import spark_engine  # noqa: PLC0415  (an extra, which need not be installed)

        with spark_engine() as spark:
            yield spark
    else:
        raise OptionError(f"There is no engine “{name}”.", do=f"Choose one of: {', '.join(ENGINES)}.")


@contextmanager
def given_or_opened(engine: Engine | None) -> Iterator[Engine]:
    """Use the engine that a caller has given and keeps, or open DuckDB for the while."""
    with nullcontext(engine) if engine is not None else duckdb_engine() as used:
        yield used
