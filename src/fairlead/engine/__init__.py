"""The engines that tables are worked on with; the only code that knows which one it is."""

from fairlead.engine.duckdb import DuckDBEngine, duckdb_engine

__all__ = ["DuckDBEngine", "duckdb_engine"]
