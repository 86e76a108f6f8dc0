"""What the database knows of how its tables are filled, by which it chooses the index that answers a question.

SQLite never looks by itself, and without it takes the wrong index for some lists of a hundred thousand parties.
PostgreSQL does, a minute or so after many rows have come.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import Error, connection
from django.db.backends.utils import CursorWrapper

log = logging.getLogger(__name__)

#: A table is looked through anew when it has so many times the rows that the database knows of, or they have it.
_OTHERWISE: Final = 1.25

#: Tables of which an index was never looked at; a partial index may hold nothing, and is left out.
_NEW_INDEX: Final = """
    SELECT DISTINCT tbl_name FROM sqlite_master
    WHERE type = 'index' AND COALESCE(sql, '') NOT LIKE '% WHERE %' AND name NOT IN (
        SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL
    )
"""


def gather_statistics() -> None:
    """Have the database look through the tables that are filled otherwise than it knows.

    Each is looked through by itself, because SQLite holds its write lock meanwhile. Where the database is busy or away
    nothing is lost; it is done the next time.
    """
    try:
        with connection.cursor() as cursor:
            for table in list(_filled_otherwise(cursor)):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
    except Error:
        log.warning("the statistics of tables could not be gathered; they are the next time")


def _filled_otherwise(cursor: CursorWrapper) -> Iterator[str]:
    known, new_index = _known(cursor)
    for model in apps.get_models():
        table = model._meta.db_table
        there = model._base_manager.order_by().count()
        believed = known.get(table, 0)
        changed = max(there, believed) > _OTHERWISE * min(there, believed)
        if changed or (there and table in new_index):
            yield table


def _known(cursor: CursorWrapper) -> tuple[dict[str, int], set[str]]:
    """Return how many rows the database believes each table to have, and of which tables an index is new to it."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r' AND reltuples > 0")
        return dict(cursor.fetchall()), set()
    cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if cursor.fetchone() is None:
        return {}, set()
    cursor.execute("SELECT tbl, MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl")
    known = dict(cursor.fetchall())
    cursor.execute(_NEW_INDEX)
    return known, {table for (table,) in cursor.fetchall()}
