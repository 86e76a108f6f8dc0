"""The files of a table, in a folder, in an archive or alone, found by their names."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final

from fairlead.errors import NothingToRead, UnreadableFile, Where

_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Parts:
    """The files under a path; `names` are their paths within it, the shallowest first."""

    path: Path
    names: Sequence[str]
    is_archive: bool

    @property
    def file(self) -> str:
        """The name for messages."""
        return self.path.name

    def find(self, pattern: str) -> list[str]:
        """Return the files whose last name matches the pattern in full, upper and lower case alike."""
        compiled = re.compile(pattern, re.IGNORECASE)
        return [name for name in self.names if compiled.fullmatch(PurePosixPath(name).name)]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """Open one of the files for reading. Raises UnreadableFile where the archive is damaged."""
        try:
            if not self.is_archive:
                with (self.path if self.path.is_file() else self.path / name).open("rb") as file:
                    yield file
                return
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as part:
                yield part
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableFile(
                f"cannot be read ({error}).", where=Where(file=f"{self.file}/{name}"), do="Download it again."
            ) from error

    def sha256(self, names: Sequence[str] = ()) -> str:
        """Return the SHA-256 of the file, or of the names and contents of those files of the folder that were used."""
        digest = hashlib.sha256()
        if self.path.is_file():
            with self.path.open("rb") as file:
                _feed(digest, file)
            return digest.hexdigest()
        for name in sorted(names):
            digest.update(name.encode() + b"\0")
            with self.open(name) as file:
                _feed(digest, file)
        return digest.hexdigest()


def _feed(digest: hashlib._Hash, file: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        digest.update(chunk)


def parts_of(path: Path) -> Parts:
    """Return the files under a path: a folder's, an archive's, or the file itself.

    Raises NothingToRead when there is no such path or nothing is in it, UnreadableFile when an archive is damaged.
    """
    if not path.exists():
        raise NothingToRead("is not there.", where=Where(file=str(path)), do="Check the path.")
    if path.is_dir():
        names = [file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()]
        archive = False
    elif path.suffix.lower() == ".zip":
        names, archive = _archived(path), True
    else:
        names, archive = [path.name], False
    if not names:
        raise NothingToRead("holds no files.", where=Where(file=path.name), do="Give the table as downloaded.")
    return Parts(path, sorted(names, key=lambda name: (name.count("/"), name)), archive)


def _archived(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFile(
            f"is not an archive ({error}).", where=Where(file=path.name), do="Download it again."
        ) from error
