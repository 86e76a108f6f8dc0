"""Logs as lines of JSON: when, how grave, which part, what; no address, name or content of a request."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Final

import orjson

#: What a log call may add with `extra`; anything else that Django attaches, such as the request, is left out.
ADDED: Final = ("status_code", "job", "kind", "seconds", "organisation")


class JsonLines(logging.Formatter):
    """Writes one record as one line of JSON.

    Of an exception only its type and the places in the program are written: its message could hold what somebody
    entered.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "part": record.name,
            "what": _what(record),
            **{name: getattr(record, name) for name in ADDED if hasattr(record, name)},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return orjson.dumps(line, default=str).decode()


def _what(record: logging.LogRecord) -> str:
    """Return the message; of a request that failed only that it did, for its path can hold what was searched for."""
    if record.name.startswith("django.request") or record.name.startswith("django.security"):
        return record.getMessage().split(":", 1)[0]
    return record.getMessage()


def _places(trace: object) -> list[str]:
    places = []
    while trace is not None:
        frame = trace.tb_frame  # type: ignore[attr-defined]
        places.append(f"{frame.f_code.co_filename}:{trace.tb_lineno}")  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return places
