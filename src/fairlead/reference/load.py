"""Reads the tables of the reference pack: the user's updated copy where there is one, else the shipped one."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from fairlead.errors import InvalidReference, Where
from fairlead.reference.home import user_reference_folder

_DATA: Final = Path(__file__).parent / "data"

Row = Mapping[str, str]


def data_folder() -> Path:
    """Return the folder of the tables that are shipped with the program."""
    return _DATA


def table_path(name: str, suffix: str = ".csv") -> Path:
    """Return where the table `name` is read from: FAIRLEAD_HOME/reference when it is there, else the shipped file.

    Raises InvalidReference when there is no such table.
    """
    for folder in (user_reference_folder(), _DATA):
        path = folder / f"{name}{suffix}"
        if path.is_file():
            return path
    raise InvalidReference(
        f"There is no reference table “{name}”.", do="`fairlead reference list` shows the tables there are."
    )


def load_csv(name: str) -> tuple[Row, ...]:
    """Return the rows of a CSV table, given its name without suffix; every value is text, empty where unknown.

    A table is read once; a file that changes on disk is read again. Do not change the rows.
    Raises InvalidReference when there is no such table, it is not UTF-8, or a row has too many or too few cells.
    """
    path = table_path(name)
    stat = path.stat()
    return _read_csv(path, stat.st_mtime_ns, stat.st_size)


def load_yaml(name: str) -> Any:
    """Return what a YAML table holds, given its name without suffix. Do not change it.

    Raises InvalidReference when there is no such table or it is not YAML.
    """
    path = table_path(name, ".yaml")
    stat = path.stat()
    return _read_yaml(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _read_csv(path: Path, _changed: int, _size: int) -> tuple[Row, ...]:
    return parse_csv(path.read_bytes(), path.name)


def parse_csv(content: bytes, file: str) -> tuple[Row, ...]:
    """Return the rows of a reference table given as bytes; `file` is its name in messages.

    Raises InvalidReference when the text is not UTF-8 or a row has too many or too few cells.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidReference(
            f"is not UTF-8 text (byte {error.start}).", where=Where(file=file), do="Save it as UTF-8."
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = tuple(next(reader, ()))
        rows = []
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                raise InvalidReference(
                    f"has {len(cells)} cells where the heading has {len(header)}.",
                    where=Where(file=file, row=number),
                    do="Give every row the same columns.",
                )
            rows.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise InvalidReference(f"is not a CSV file: {error}.", where=Where(file=file, row=reader.line_num)) from error
    return tuple(rows)


@lru_cache(maxsize=64)
def _read_yaml(path: Path, _changed: int, _size: int) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe)
    except yaml.YAMLError as error:
        raise InvalidReference(f"is not YAML: {error}", where=Where(file=path.name)) from error
