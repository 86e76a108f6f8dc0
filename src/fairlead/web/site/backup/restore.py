"""Brings an installation back from an archive: all is checked before anything is touched."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from fairlead.errors import OptionError, UnreadableFile, Where
from fairlead.web.accounts.models import User
from fairlead.web.jobs import beat
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.backup.database import load, sqlite_path
from fairlead.web.site.backup.manifest import NAME, Manifest, from_bytes
from fairlead.web.site.start import alone

_CHUNK: Final = 1024 * 1024
#: Where what was there before is put.
_ASIDE: Final = "put-aside"


@dataclass(frozen=True)
class Restored:
    """How many files were brought back, and where what was there before lies; None where nothing was."""

    files: int
    put_aside: Path | None


def restore_backup(file: Path, *, replace: bool = False) -> Restored:
    """Restore the database and the files of FAIRLEAD_HOME from an archive.

    Raises UnreadableFile where it is no backup or a file does not fit its hash, OptionError where the installation is
    not empty and `replace` is not given, where the workbench still runs, or where the database is of another kind.
    In each of these cases nothing has been changed.
    """
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    with alone(home / "starting.lock"):
        _refuse_running()
        if not replace:
            _refuse_filled(home)
        with tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as folder:
            manifest = _unpacked(file, Path(folder))
            _refuse_later(manifest, file)
            if manifest.kind not in {"portable", connection.vendor}:
                load(manifest.kind, Path(folder) / manifest.database)  # says which kind is needed
            aside = _put_aside(home) if replace else None
            _bring_back(manifest, Path(folder), home)
    return Restored(len(manifest.files) - 1, aside)


def _refuse_running() -> None:
    try:
        running = beat.alive()
    except DatabaseError:
        return
    if running:
        raise OptionError(
            "The workbench runs, or did until a minute ago.",
            do="Stop `fairlead serve`, wait a minute, try again.",
        )


def _refuse_filled(home: Path) -> None:
    try:
        filled = Organisation.objects.exists() or User.objects.exists()
    except DatabaseError:
        filled = False
    if filled or any((home / "files").rglob("*")):
        raise OptionError(
            "This installation is not empty.", do="Give --replace to restore all the same; what is here is put aside."
        )


def _unpacked(file: Path, folder: Path) -> Manifest:
    """Unpack an archive into a folder of its own and compare every file with its hash."""
    where = Where(file=str(file))
    found: dict[str, tuple[str, int]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            for member in archive:
                if not member.isreg() or not _inside(member.name):
                    raise UnreadableFile("holds something that no backup holds.", where=where)
                content = archive.extractfile(member)
                assert content is not None
                if member.name == NAME:
                    manifest = from_bytes(content.read(), str(file))
                    continue
                target = folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                found[member.name] = _copied(content, target)
    except FileNotFoundError as error:
        raise UnreadableFile("is not there.", where=where, do="Check the path.") from error
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise UnreadableFile("is no backup, or is damaged.", where=where, do="Take another backup.") from error
    if manifest is None:
        raise UnreadableFile("is no backup, or its end is missing.", where=where, do="Take another backup.")
    expected = {name: (entry.sha256, entry.bytes) for name, entry in manifest.files.items()}
    wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if wrong or manifest.database not in found:
        raise UnreadableFile(
            f"is damaged: {len(wrong)} files do not fit their hashes, the first is {wrong[:1]}.",
            where=where,
            do="Take another backup.",
        )
    return manifest


def _inside(name: str) -> bool:
    """Say whether a name stays within the folder that it is unpacked into."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        return False
    return name == NAME or (len(path.parts) > 1 and path.parts[0] in {"home", "database"})


def _copied(content: IO[bytes], target: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while block := content.read(_CHUNK):
            digest.update(block)
            size += len(block)
            file.write(block)
    return digest.hexdigest(), size


def _refuse_later(manifest: Manifest, file: Path) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection, load=True).disk_migrations or {}}
    later = sorted(set(manifest.migrations) - known)
    if later:
        raise UnreadableFile(
            f"was made by Fairlead {manifest.program_version}, which knows {later[0]}; this version does not.",
            where=Where(file=str(file)),
            do="Install that version, or a later one.",
        )


def _put_aside(home: Path) -> Path | None:
    """Move what is in the folder into one of its own, so that a restore destroys nothing; return that folder."""
    connection.close()
    number = 1
    while (home / _ASIDE / str(number)).exists():
        number += 1
    aside = home / _ASIDE / str(number)
    database = sqlite_path()
    names = {database.name, f"{database.name}-wal", f"{database.name}-shm"} if database else set()
    kept = [path for path in home.iterdir() if path.name not in {_ASIDE, "cache", "starting.lock"}]
    moved = [path for path in kept if not path.name.startswith(".backup-")]
    outside = [] if database is None or database.parent == home else [database.with_name(name) for name in names]
    for path in (*moved, *(path for path in outside if path.exists())):
        aside.mkdir(parents=True, exist_ok=True)
        shutil.move(path, aside / path.name)
    return aside if aside.exists() else None


def _bring_back(manifest: Manifest, folder: Path, home: Path) -> None:
    if manifest.kind == "portable":
        call_command("migrate", interactive=False, verbosity=0)
    load(manifest.kind, folder / manifest.database)
    if (folder / "home").is_dir():
        shutil.copytree(folder / "home", home, dirs_exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    beat.forget()
