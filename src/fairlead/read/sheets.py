"""Any file, by its content, as sheets; and the files that a folder holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fairlead.errors import NothingToRead, UnreadableFile, Where
from fairlead.model.assessment import DOCUMENT, LATER_FILES, RESULT_FILES
from fairlead.model.message import message
from fairlead.read.delimited import read_delimited
from fairlead.read.format import Format, detect_format
from fairlead.read.parquet import read_parquet
from fairlead.read.sheet import Sheet
from fairlead.read.workbook import read_workbook

#: What is taken from a folder; a file named on its own is read whatever its name ends in.
SUFFIXES: Final = frozenset(
    {".csv", ".tsv", ".tab", ".txt", ".psv", ".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".parquet"}
)
_NOT_LISTS: Final = ("readme", "mapping", "licence", "license", "manifest")


def read_sheets(path: Path, *, name: str | None = None) -> Iterator[Sheet]:
    """Yield every sheet of a file, in order, whatever the format; cells are text as they were written.

    `name` is how messages and tables call the file; by default its name without the folder. Raises an
    `InputError` of `fairlead.errors` for everything that cannot be read.
    """
    name = path.name if name is None else name
    if path.is_dir():
        raise UnreadableFile(
            message("This is a folder, not a file."), where=Where(file=name), do=message("Give a file that is in it.")
        )
    kind = detect_format(path, name)
    if kind is Format.TEXT:
        return read_delimited(path, name)
    if kind is Format.PARQUET:
        return read_parquet(path, name)
    return read_workbook(path, name, kind)


def list_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files to read: each path that is a file, and the tables in each path that is a folder.

    From a folder the files that end like a table are taken, sorted by name; hidden files, lock files, a README, a
    mapping and, beside an assessment.json, the results of that assessment are not. A file given twice is taken
    once. Raises NothingToRead for a path that does not exist and for a folder without a table.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _tables_in(path) if path.is_dir() else (_existing(path),):
            found.setdefault(file.resolve(), file)
    if not found:
        raise NothingToRead(message("No file was given."), do=message("Name at least one file or folder."))
    return tuple(found.values())


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _existing(path: Path) -> Path:
    if not path.exists():
        raise NothingToRead(
            message("There is no such file or folder."), where=Where(file=path.name), do=message("Check the path.")
        )
    return path


def _tables_in(folder: Path) -> tuple[Path, ...]:
    results = (*RESULT_FILES, *LATER_FILES) if (folder / DOCUMENT).exists() else ()
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and _is_table(file.name) and file.name not in results
    )
    if not files:
        raise NothingToRead(
            message("The folder holds no table."),
            where=Where(file=folder.name),
            do=message("Put files in it that end in {endings}.", endings=", ".join(sorted(SUFFIXES))),
        )
    return tuple(files)


def _is_table(name: str) -> bool:
    lower = name.lower()
    return (
        Path(lower).suffix in SUFFIXES
        and not lower.startswith((".", "~$"))
        and not Path(lower).stem.startswith(_NOT_LISTS)
    )
