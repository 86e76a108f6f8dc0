"""Brings an installation up to date before it serves: database and static files, one start at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

SETTINGS: Final = "fairlead.web.site.settings"
#: A number of our own for PostgreSQL's lock; whoever holds it brings the database up to date.
_LOCK: Final = 4_605_246


def set_up() -> None:
    """Load the settings and the features. Raises OptionError for a setting that cannot be used."""
    from django import setup  # noqa: PLC0415 - settings are read here, after the environment is complete

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    setup()


def prepare() -> None:
    """Bring the database up to date and gather the static files; whoever starts at the same time waits."""
    set_up()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    with alone(Path(settings.HOME) / "starting.lock"), _alone_in_database():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, after whoever holds it now; a process that dies lets go of it by itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        _lock(file)
        try:
            yield
        finally:
            _unlock(file)


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":  # pragma: no cover - Windows
        import msvcrt  # noqa: PLC0415

        file.seek(0)
        windows: Any = msvcrt
        windows.locking(file.fileno(), windows.LK_LOCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_EX)


def _unlock(file: IO[bytes]) -> None:
    if os.name == "nt":  # pragma: no cover - Windows
        import msvcrt  # noqa: PLC0415

        file.seek(0)
        windows: Any = msvcrt
        windows.locking(file.fileno(), windows.LK_UNLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def _alone_in_database() -> Iterator[None]:
    """Keep other machines from bringing the same PostgreSQL database up to date at the same time."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
