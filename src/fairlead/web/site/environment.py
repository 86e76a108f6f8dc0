"""Every setting of the workbench: the environment variable, its default and what it is for; a page is made from it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from fairlead.errors import OptionError

_TRUE: Final = frozenset({"1", "true", "yes", "on"})
#: Seconds in which PostgreSQL has to take a connection; without a limit a page waits for minutes where it is cut off.
_WAIT_FOR_DATABASE: Final = "10"
_FALSE: Final = frozenset({"0", "false", "no", "off", ""})


@dataclass(frozen=True)
class Setting:
    """One environment variable; `default` is what holds where it is not set, told in words where it is worked out."""

    name: str
    default: str
    meaning: str


SETTINGS: Final = (
    Setting(
        "FAIRLEAD_HOME",
        "the platform's folder for a user's data",
        "Where everything is kept: the SQLite database, uploaded files, snapshots of assessments, updated reference"
        " tables. Back up this folder and, where there is one, the PostgreSQL database.",
    ),
    Setting(
        "FAIRLEAD_DATABASE_URL",
        "SQLite in FAIRLEAD_HOME/workbench.sqlite3",
        "The database, such as postgresql://fairlead:password@localhost:5432/fairlead, or sqlite:////var/lib/f.sqlite3.",
    ),
    Setting(
        "FAIRLEAD_SECRET_KEY",
        "made at the first start and kept in FAIRLEAD_HOME/secret.key",
        "Signs sessions and links. Whoever has it can forge both.",
    ),
    Setting(
        "FAIRLEAD_PUBLIC_URL",
        "http://localhost with the port of fairlead serve",
        "The address by which people reach the workbench, such as https://diligence.example. It stands in links that"
        " are sent; with https, cookies are only sent encrypted.",
    ),
    Setting(
        "FAIRLEAD_BEHIND_PROXY",
        "no",
        "yes where a reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-For, and nobody can go round it.",
    ),
    Setting(
        "FAIRLEAD_EMAIL_URL",
        "console",
        "How e-mail is sent: console (written to the terminal), or smtp://user:password@host:587/?tls=yes.",
    ),
    Setting("FAIRLEAD_EMAIL_FROM", "fairlead@localhost", "The sender of e-mail."),
    Setting("FAIRLEAD_LANGUAGE", "en", "The language of pages before somebody chooses one: en, ru, kk or fr."),
    Setting("FAIRLEAD_TIME_ZONE", "UTC", "The time zone in which times are shown, such as Asia/Almaty."),
    Setting("FAIRLEAD_UPLOAD_MEGABYTES", "50", "The largest file that may be uploaded."),
    Setting("FAIRLEAD_SESSION_HOURS", "12", "After so many hours without a request somebody has to sign in again."),
    Setting(
        "FAIRLEAD_API_REQUESTS_PER_MINUTE",
        "600",
        "How many requests of the API a token may make in a minute, counted by each process of the server.",
    ),
    Setting("FAIRLEAD_WORKERS", "2", "How many processes answer requests."),
    Setting("FAIRLEAD_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR. No level logs personal data."),
)

_KNOWN: Final = frozenset(setting.name for setting in SETTINGS)


def read(name: str, default: str = "") -> str:
    """Return the value of one of `SETTINGS`, or `default` where it is not set."""
    if name not in _KNOWN:
        raise KeyError(name)
    return os.environ.get(name, "").strip() or default


def read_yes(name: str) -> bool:
    """Return whether one of `SETTINGS` is switched on. Raises OptionError where it says neither yes nor no."""
    value = read(name, "no").lower()
    if value not in _TRUE | _FALSE:
        raise OptionError(f"{name} is “{value}”, which is neither yes nor no.", do="Set it to yes or no.")
    return value in _TRUE


def read_number(name: str, default: int) -> int:
    """Return a setting that is a whole number above 0. Raises OptionError where it is none."""
    value = read(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise OptionError(f"{name} is “{value}”, which is no whole number above 0.", do=f"Set it, such as {default}.")
    return int(value)


def database(url: str) -> Mapping[str, Any]:
    """Return Django's settings of the database at an address.

    SQLite writes ahead and takes its write lock when a transaction begins, so that two writers wait for each other
    and never fail half-way. Raises OptionError for an address of another kind.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": _WAIT_FOR_DATABASE, **dict(parse_qsl(parts.query))},
        }
    raise OptionError(
        f"FAIRLEAD_DATABASE_URL names a database of the kind “{parts.scheme}”.",
        do="Give an address that begins with sqlite:/// or postgresql://.",
    )


def email(url: str) -> Mapping[str, Any]:
    """Return Django's settings for sending e-mail at an address. Raises OptionError for one of another kind."""
    if url == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise OptionError(
            "FAIRLEAD_EMAIL_URL is neither console nor an address of SMTP.",
            do="Set it to console or, such as, smtp://user:password@mail.example:587/?tls=yes.",
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("tls", "no") in _TRUE,
        "EMAIL_TIMEOUT": 20,
    }
