"""The index by which parties are found by parts of words: what is derived from their search texts, for each database.

It is no migration: SQLite loses triggers without a word whenever a later migration makes the table anew. It is made
good after each `migrate` instead, also after that of a restored backup.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Final

from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.utils import CursorWrapper

#: The index's name in either database. A restore leaves it to be made again (see site/backup/database.py).
INDEX: Final = "parties_by_words"
#: A word of fewer letters has no trigram, and is looked for by reading all search texts.
LEAST_LETTERS: Final = 3
#: The first version of SQLite whose full text search knows trigrams.
_OLDEST_SQLITE: Final = (3, 34, 0)
_TABLE: Final = "parties_party"
#: The state of parties of an import that is not put in place yet. SQLite's index leaves them out: an import stages a
#: thousand at a time, and to add to the index so often takes four times as long as to add all in the end.
_STAGED: Final = "staged"
_GONE: Final = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, search) SELECT 'delete', old.id, old.search WHERE old.state <> '{_STAGED}';"
)
_COME: Final = f"INSERT INTO {INDEX} (rowid, search) SELECT new.id, new.search WHERE new.state <> '{_STAGED}';"
_COME_ALL: Final = f"INSERT INTO {INDEX} (rowid, search) SELECT id, search FROM {_TABLE} WHERE state <> '{_STAGED}'"  # noqa: S608 - names of ours
_CHANGED: Final = f"old.search IS NOT new.search OR (old.state = '{_STAGED}') <> (new.state = '{_STAGED}')"
#: What SQLite keeps, by name, exactly as SQLite tells it again: where a version of Fairlead changes a statement, the
#: index is built anew. Search texts are folded or in small letters already, so letters are taken as they are.
_OF_SQLITE: Final = {
    INDEX: (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(search, content='', columnsize=0,"
        " tokenize='trigram case_sensitive 1')"
    ),
    f"{INDEX}_added": f"CREATE TRIGGER {INDEX}_added AFTER INSERT ON {_TABLE} BEGIN {_COME} END",
    f"{INDEX}_removed": f"CREATE TRIGGER {INDEX}_removed AFTER DELETE ON {_TABLE} BEGIN {_GONE} END",
    f"{INDEX}_changed": (
        f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE OF search, state ON {_TABLE} WHEN {_CHANGED}"
        f" BEGIN {_GONE} {_COME} END"
    ),
}
_TRIGGERS: Final = tuple(name for name in _OF_SQLITE if name != INDEX)
_OF_POSTGRESQL: Final = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {_TABLE} USING gin (search gin_trgm_ops)",
)
#: PostgreSQL's codes where the account lacks the right, or the package is not installed or not in the search path.
_CANNOT_HAVE_IT: Final = frozenset({"42501", "0A000", "58P01", "42704"})


def make_good(using: str = "default", **_of_signal: Any) -> None:
    """Make the index where it is missing or is not the one of this version; where it is well, change nothing.

    A database that cannot have it does without: a search then reads all parties, and `fairlead doctor` says so.
    """
    database = connections[using]
    with database.cursor() as cursor:
        if _TABLE not in database.introspection.table_names(cursor):
            return
        if database.vendor == "sqlite":
            with transaction.atomic(using=using):
                _make_good_in_sqlite(cursor)
        elif database.vendor == "postgresql":
            _make_good_in_postgresql(cursor, using)


def _make_good_in_sqlite(cursor: CursorWrapper) -> None:
    if _made(cursor) == _OF_SQLITE and knows_trigrams():
        return
    for trigger in _TRIGGERS:  # where SQLite has no trigrams, they would let no party be saved
        cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    if not knows_trigrams():
        return
    cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")
    for statement in _OF_SQLITE.values():
        cursor.execute(statement)
    cursor.execute(_COME_ALL)


def _made(cursor: CursorWrapper) -> dict[str, str]:
    names = ", ".join(f"'{name}'" for name in _OF_SQLITE)
    query = f"SELECT name, sql FROM sqlite_master WHERE name IN ({names})"  # noqa: S608
    return dict(cursor.execute(query).fetchall())


def knows_trigrams() -> bool:
    """Return whether this computer's SQLite can make the index."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return False
    with closing(sqlite3.connect(":memory:")) as trial:
        return bool(trial.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def _make_good_in_postgresql(cursor: CursorWrapper, using: str) -> None:
    if _in_postgresql(cursor):
        return
    try:
        with transaction.atomic(using=using):
            for statement in _OF_POSTGRESQL:
                cursor.execute(statement)
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) not in _CANNOT_HAVE_IT:
            raise


def _in_postgresql(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [INDEX])
    return bool(cursor.fetchone()[0])


def is_there() -> bool:
    """Return whether the index is there and kept: in SQLite, whether its triggers are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _in_postgresql(cursor)
        return _made(cursor).keys() == _OF_SQLITE.keys()
