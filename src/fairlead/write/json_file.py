"""JSON: UTF-8, keys in order, long arrays written row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from fairlead.write.csv_file import plain_decimal

_OPTIONS: Final = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


def write_json(path: Path, document: Mapping[str, Any]) -> Path:
    """Write an object; its keys are sorted, and a value that is an iterator is written as an array as it comes.

    Decimals become texts, so that no digit is lost. Returns the path.
    """
    with path.open("wb") as file:
        file.write(b"{")
        for place, key in enumerate(sorted(document)):
            file.write(b",\n" if place else b"\n")
            file.write(orjson.dumps(key) + b":")
            _write_value(file, document[key])
        file.write(b"\n}\n")
    return path


def _write_value(file: BinaryIO, value: Any) -> None:
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        file.write(b"[")
        for place, row in enumerate(value):
            file.write((b",\n" if place else b"\n") + dumped(row))
        file.write(b"]")
    else:
        file.write(dumped(value))


def dumped(value: Any) -> bytes:
    """Return a value as JSON on one line."""
    return orjson.dumps(value, default=_other, option=_OPTIONS)


def _other(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
