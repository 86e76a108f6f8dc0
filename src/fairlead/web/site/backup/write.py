"""Writes the archive: the database first, then the files, then the manifest with the hash of each."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from fairlead import __version__
from fairlead.errors import OptionError
from fairlead.web.site.backup.database import dump, kind_of_database, sqlite_path
from fairlead.web.site.backup.manifest import LAYOUT, NAME, Entry, Manifest

#: What is made anew by itself, or belongs to a process that runs.
_LEFT_OUT: Final = ("cache", "put-aside")
_ENDINGS: Final = (".lock", ".partial", ".restoring", "-wal", "-shm", "-journal")
_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True)
class Written:
    """How much a backup holds."""

    files: int
    bytes: int


def write_backup(file: Path, *, portable: bool = False) -> Written:
    """Write an archive of the database and everything in FAIRLEAD_HOME; nothing has to be stopped for it.

    The database is copied before the files, and files are never changed once they are there, so that every file of
    which the database tells is in the archive. `portable` writes the rows so that another kind of database takes
    them. Raises OptionError where the archive cannot be written; what lay under its name before is then still there.
    """
    home = Path(settings.HOME)
    if not file.absolute().parent.is_dir() or file.is_dir():
        raise OptionError(f"{file} cannot be written.", do="Give a file in a folder that exists.")
    partial = file.with_name(file.name + ".partial")
    kind = kind_of_database(portable=portable)
    try:
        with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
            copy = Path(folder) / "database"
            applied = _applied()
            dump(kind, copy)
            entries = _pack(partial, home, copy, kind, applied, skipped={file.absolute(), partial.absolute()})
        partial.replace(file)
    except OSError as error:
        raise OptionError(f"{file} cannot be written ({error.strerror}).", do="Make room or give another.") from error
    finally:
        partial.unlink(missing_ok=True)
    return Written(len(entries), sum(entry.bytes for entry in entries.values()))


def _applied() -> tuple[str, ...]:
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def _pack(
    partial: Path, home: Path, database: Path, kind: str, applied: tuple[str, ...], *, skipped: set[Path]
) -> dict[str, Entry]:
    """Write the archive and return what it holds."""
    name = f"database/{kind}"
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
        entries = {name: _add(archive, name, database)}
        for path in _files(home, skipped):
            member = f"home/{path.relative_to(home).as_posix()}"
            try:
                entries[member] = _add(archive, member, path)
            except FileNotFoundError:  # taken away while the backup ran
                continue
        manifest = Manifest(LAYOUT, __version__, kind, name, applied, entries).to_bytes()
        archive.addfile(_member(NAME, len(manifest)), io.BytesIO(manifest))
    return entries


def _add(archive: tarfile.TarFile, name: str, path: Path) -> Entry:
    """Add a file and return its hash and size: of the bytes that go into the archive, whatever happens meanwhile."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        hashed = _Hashing(file, size)
        archive.addfile(_member(name, size), hashed)
    return Entry(hashed.digest.hexdigest(), size)


class _Hashing:
    """A file that hashes what is read of it, up to the size that it had at first."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        self._file, self._left = file, size
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._file.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(block)
        self.digest.update(block)
        return block


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _files(home: Path, skipped: set[Path]) -> Iterator[Path]:
    database = sqlite_path()
    names = {database.name} if database else set()
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        if inside.parts[0] in _LEFT_OUT or path.is_symlink() or not path.is_file():
            continue
        if path.absolute() in skipped or path.name in names or path.name.endswith(_ENDINGS):
            continue
        if path.name.startswith((".partial-", ".backup-", ".doctor")) or inside.parts[0].startswith(".backup-"):
            continue
        if path.parent.name.startswith(".arriving-"):  # an upload of which there is no row yet
            continue
        yield path
