"""What the database knows of how its tables are filled, by which it chooses the index that answers a question."""

from __future__ import annotations

import logging

from django.apps import apps
from django.db import Error, connection

log = logging.getLogger(__name__)


def gather_statistics() -> None:
    """Have the database look through its tables and their indexes.

    SQLite never does it by itself, and without it takes the wrong index for some lists of a hundred thousand parties.
    PostgreSQL does, a minute or so after many rows have come. Each table is looked through by itself: SQLite holds its
    write lock meanwhile. Where the database is busy or away nothing is lost; it is done again the next time.
    """
    try:
        with connection.cursor() as cursor:
            for model in apps.get_models():
                if model._meta.managed and not model._meta.proxy:
                    cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
    except Error:
        log.warning("the statistics of tables could not be gathered; they are the next time")
