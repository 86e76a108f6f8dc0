"""Tells whether a request failed because the database is away or busy, rather than for a mistake of the program."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from django.db import InterfaceError, OperationalError

#: States of SQL, by their first signs, in which PostgreSQL is away: no connection, starting or stopping, no more room.
_AWAY_STATES: Final = ("08", "57P", "53300")
#: States in which it did not do what was asked because of others: conflicts, locks, a time that was over.
_BUSY_STATES: Final = ("40", "55", "57014")
_AWAY_SQLITE: Final = ("SQLITE_CANTOPEN", "SQLITE_IOERR")
_BUSY_SQLITE: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")


class Unavailable(StrEnum):
    """Why the database did not do what was asked of it, and may do it a moment later."""

    AWAY = "away"
    BUSY = "busy"


#: Seconds after which it is worth trying again.
TRY_AGAIN: Final = {Unavailable.AWAY: 30, Unavailable.BUSY: 5}


def unavailable(error: BaseException | None) -> Unavailable | None:
    """Return whether an error says that the database is away or busy; None where it says something else."""
    if isinstance(error, InterfaceError):
        return Unavailable.AWAY
    if not isinstance(error, OperationalError):
        return None
    cause = error.__cause__
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return _of(str(name), _AWAY_SQLITE, _BUSY_SQLITE)
    state = getattr(cause, "sqlstate", None)
    return Unavailable.AWAY if state is None else _of(str(state), _AWAY_STATES, _BUSY_STATES)


def _of(name: str, away: tuple[str, ...], busy: tuple[str, ...]) -> Unavailable | None:
    if name.startswith(away):
        return Unavailable.AWAY
    return Unavailable.BUSY if name.startswith(busy) else None
