"""The database as one file: SQLite's own copy while it is used, PostgreSQL's dump, or rows that any of them takes."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from fairlead.errors import OptionError, UnreadableFile
from fairlead.web.parties import name_index

#: What the target makes by itself, or what ends with a restore: sessions are signed in anew.
_LEFT_OUT: Final = frozenset({"contenttypes.contenttype", "auth.permission", "sessions.session"})
_BATCH: Final = 500
#: What a dump of PostgreSQL holds and a restore makes again by itself, as its list of contents tells it. An account
#: that may fill the database may seldom make or drop extensions, and the whole restore would fail with that.
_MADE_AGAIN: Final = re.compile(rf" (EXTENSION - |COMMENT - EXTENSION |INDEX \S+ {name_index.INDEX} )")


def kind_of_database(*, portable: bool) -> str:
    """Return how the database is written: sqlite, postgresql, or portable where wanted or pg_dump is missing."""
    if portable or (connection.vendor == "postgresql" and shutil.which("pg_dump") is None):
        return "portable"
    return connection.vendor


def dump(kind: str, target: Path) -> None:
    """Write the database as of one moment into a file. Raises OptionError where pg_dump fails."""
    {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql, "portable": _dump_portable}[kind](target)


def load(kind: str, source: Path) -> None:
    """Fill the database, which is empty or may be replaced, from a file. Raises OptionError where it cannot take it."""
    if kind not in {"portable", connection.vendor}:
        raise OptionError(
            f"The backup is of a database of the kind {kind}, and the one that is set is {connection.vendor}.",
            do="Set FAIRLEAD_DATABASE_URL to that kind, or make the backup with --portable.",
        )
    {"sqlite": _load_sqlite, "postgresql": _load_postgresql, "portable": _load_portable}[kind](source)


def sqlite_path() -> Path | None:
    """Return the file of the SQLite database; None for PostgreSQL."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def _dump_sqlite(target: Path) -> None:
    path = sqlite_path()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there, pages=1_000)
        there.execute("PRAGMA journal_mode=DELETE")
    _check_sqlite(target)


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise UnreadableFile("the copy of the database is damaged.", do="Look at the disk, then try again.")


def _load_sqlite(source: Path) -> None:
    _check_sqlite(source)
    path = sqlite_path()
    assert path is not None
    connection.close()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".restoring")
    shutil.copyfile(source, partial)
    partial.replace(path)


def _dump_postgresql(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _load_postgresql(source: Path) -> None:
    options = ("--single-transaction", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error")
    name = connection.settings_dict["NAME"]
    connection.close()
    listed = _run("pg_restore", "--list", str(source)).splitlines()
    contents = source.with_name("contents")
    contents.write_text("\n".join(line for line in listed if not _MADE_AGAIN.search(line)), encoding="utf-8")
    _run("pg_restore", *options, f"--use-list={contents}", f"--dbname={name}", str(source))


def _run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs and return what it printed.

    The password goes by its environment, where no list of processes shows it.
    """
    if shutil.which(program) is None:
        raise OptionError(f"{program} is not installed.", do="Install PostgreSQL's client programs.")
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {**os.environ, **{name: str(given[key]) for name, key in names.items() if given[key]}}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        why = done.stderr.strip().splitlines()
        raise OptionError(f"{program} failed: {why[-1] if why else done.returncode}.", do="Nothing was half done.")
    return done.stdout


def _models() -> Iterator[type[models.Model]]:
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda each: each._meta.label_lower):
        meta = model._meta
        if meta.managed and not meta.proxy and meta.label_lower not in _LEFT_OUT:
            yield model


class _WholeMoments(DjangoJSONEncoder):
    """Writes moments with their microseconds, which Django cuts off; the log is sealed with them."""

    def default(self, value: Any) -> Any:
        """Return what stands for a value."""
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def _dump_portable(target: Path) -> None:
    writer = serializers.get_serializer("jsonl")()
    with transaction.atomic(), gzip.open(target, "wt", encoding="utf-8") as stream:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in _models():
            rows = model._base_manager.order_by("pk").iterator(chunk_size=_BATCH)
            writer.serialize(rows, stream=stream, cls=_WholeMoments)


def _load_portable(source: Path) -> None:
    every = list(_models())
    with transaction.atomic():
        for model in every:
            model._base_manager.all()._raw_delete(using="default")
        batch: list[models.Model] = []
        for row in _rows(source):
            if batch and (type(batch[0]) is not type(row) or len(batch) >= _BATCH):
                _insert(batch)
                batch = []
            batch.append(row)
        _insert(batch)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), every):
                cursor.execute(statement)


def _rows(source: Path) -> Iterator[models.Model]:
    with gzip.open(source, "rt", encoding="utf-8") as stream:
        for row in serializers.deserialize("jsonl", stream):
            yield row.object


def _insert(batch: list[Any]) -> None:
    """Insert rows as they are: no signal, no time of now, no line of history."""
    if batch:
        model = type(batch[0])
        model._base_manager.all()._insert(batch, fields=model._meta.concrete_fields, using="default", raw=True)
