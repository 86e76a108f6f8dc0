"""The engines that tables are worked on with; the only code that knows which one it is."""

from fairlead.engine.duckdb import DuckDBEngine, duckdb_engine
from fairlead.engine.engine import ENGINES, Engine
from fairlead.engine.open import given_or_opened, open_engine

__all__ = ["ENGINES", "DuckDBEngine", "Engine", "duckdb_engine", "given_or_opened", "open_engine"]
