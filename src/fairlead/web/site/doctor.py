"""Looks an installation over, from the ground up: what is well, what is not, and what to do."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from fairlead.errors import OptionError
from fairlead.reference.home import home_folder
from fairlead.web.site.checked import Checked
from fairlead.web.site.environment import SETTINGS, read
from fairlead.web.site.start import set_up

_OLDEST_PYTHON: Final = (3, 11)
_OLDEST_SQLITE: Final = (3, 31, 0)
_LIKE_OURS: Final = "FAIRLEAD_"
#: A clock before this is wrong: sessions and deadlines would be.
_SURELY_PAST: Final = datetime(2026, 1, 1, tzinfo=UTC)


def examine() -> Iterator[Checked]:
    """Yield what was looked at, one after the other; where the ground is not well, what stands on it is left out."""
    ground = [_python(), _settings_known(), _home(), _secret_key()]
    yield from ground
    if not all(each.well for each in ground if each.name == "home"):
        return
    try:
        set_up()
    except OptionError as error:
        yield Checked("settings", False, str(error.what), str(error.do))
        return
    from fairlead.web.site import checks  # noqa: PLC0415

    first = checks.database()
    yield first
    if not first.well:
        return
    applied = checks.migrations()
    yield from (applied, _journal())
    if applied.well:
        yield from (checks.worker(), _jobs(), _search())
    yield from (checks.disk(), _email(), _public_url(), _clock())


def _python() -> Checked:
    version = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info >= _OLDEST_PYTHON
    return Checked("python", well, version, "" if well else "Install Python 3.11 or newer.")


def _settings_known() -> Checked:
    """Look for variables that nobody reads: a mistyped name would otherwise pass unseen."""
    known = {setting.name for setting in SETTINGS} | {"FAIRLEAD_SPARK_MASTER"}  # the engine's own
    unknown = sorted(name for name in os.environ if name.startswith(_LIKE_OURS) and name not in known)
    if unknown:
        return Checked("settings", False, f"nothing reads {', '.join(unknown)}", "Correct the names or remove them.")
    return Checked("settings", True, "every variable that is set is known")


def _home() -> Checked:
    home = home_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return Checked(
            "home",
            False,
            f"{home} cannot be written ({error.strerror})",
            "Give the folder to the user that runs Fairlead, or set FAIRLEAD_HOME.",
        )
    return Checked("home", True, f"{home} can be written")


def _secret_key() -> Checked:
    if read("FAIRLEAD_SECRET_KEY"):
        return Checked("secret key", True, "comes from FAIRLEAD_SECRET_KEY")
    path = home_folder() / "secret.key"
    if not path.exists():
        return Checked("secret key", True, "will be made at the first start")
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Checked("secret key", False, "other users can read it", f"Run: chmod 600 {path}")
    return Checked("secret key", True, "only its owner can read it")


def _journal() -> Checked:
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return Checked("journal", True, f"{connection.vendor} keeps its own")
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return Checked("journal", False, f"SQLite {sqlite3.sqlite_version} is too old", "Install a newer Python.")
    if mode != "wal":
        return Checked(
            "journal", False, f"SQLite writes as “{mode}”, not ahead", "Put FAIRLEAD_HOME on a local disk, not a share."
        )
    return Checked("journal", True, "SQLite writes ahead")


def _jobs() -> Checked:
    from fairlead.web.jobs import beat  # noqa: PLC0415

    stuck = beat.stuck()
    if stuck:
        return Checked("jobs", False, f"{stuck} have not moved for ten minutes", "Start `fairlead serve` again.")
    return Checked("jobs", True, "none is stuck")


def _search() -> Checked:
    """Look whether parties have their index of words; without it all works, only slower."""
    from django.db import connection  # noqa: PLC0415

    from fairlead.web.parties import name_index  # noqa: PLC0415

    if name_index.is_there():
        return Checked("search", True, "parties have their index of words")
    slower = "without an index of words, slow with many parties"
    if connection.vendor == "postgresql":
        do = "have its administrator run CREATE EXTENSION pg_trgm in the database, then start `fairlead serve` again"
    elif name_index.knows_trigrams():
        do = "start `fairlead serve` again, which makes it"
    else:
        do = "install a newer Python, whose SQLite has trigrams"
    return Checked("search", True, f"{slower}; {do}")


def _email() -> Checked:
    from django.conf import settings  # noqa: PLC0415

    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        return Checked("e-mail", True, "is written to the terminal; set FAIRLEAD_EMAIL_URL to send it")
    import socket  # noqa: PLC0415

    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=5).close()
    except OSError as error:
        return Checked(
            "e-mail", False, f"the server does not answer ({error.strerror or error})", "Check FAIRLEAD_EMAIL_URL."
        )
    return Checked("e-mail", True, "the server answers")


def _public_url() -> Checked:
    given = read("FAIRLEAD_PUBLIC_URL")
    if not given:
        return Checked("public address", True, "not set: links lead to this computer only")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        return Checked(
            "public address", False, "is no address", "Set FAIRLEAD_PUBLIC_URL, such as https://diligence.example."
        )
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1"}:
        return Checked(
            "public address", False, "is not encrypted", "Put a reverse proxy with https in front and name its address."
        )
    return Checked("public address", True, "is set")


def _clock() -> Checked:
    from django.db import connection  # noqa: PLC0415

    now = datetime.now(tz=UTC)
    if now < _SURELY_PAST:
        return Checked("clock", False, f"says {now:%Y-%m-%d}", "Set the clock of this computer.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            apart = abs((cursor.fetchone()[0] - datetime.now(tz=UTC)).total_seconds())
        if apart > 60:  # noqa: PLR2004 - seconds; deadlines and sessions are compared by both clocks
            return Checked("clock", False, f"the database's is {apart:.0f} seconds away", "Set both by NTP.")
    return Checked("clock", True, f"says {now:%Y-%m-%d %H:%M} UTC")
