"""Writes an upload to the disk under the hash of what it holds: whole or not at all, whatever ends the program."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Kept:
    """What was written: its SHA-256, its size in bytes, and where it lies."""

    sha256: str
    size: int
    path: Path


def keep(upload: UploadedFile[Any], folder: Path, place: Callable[[str], Path] = Path) -> Kept:
    """Write an upload below a folder, where `place` puts its hash: in the folder itself where nothing else is said.

    Raises ValidationError for one that is over the limit; what it says of its own size is not believed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=folder, prefix=".partial-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in upload.chunks():
                size += len(chunk)
                if size > settings.UPLOAD_LIMIT:
                    raise ValidationError(over_the_limit())
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        path = folder / place(digest.hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(partial).replace(path)
        to_disk(path.parent)
    finally:
        Path(partial).unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size, path)


def to_disk(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder: a row that names it never tells of what was lost."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def over_the_limit() -> str:
    """Return the sentence about a file that is too large."""
    most = settings.UPLOAD_LIMIT // (1024 * 1024)
    return _("The file is larger than %(most)s MB. Send a smaller one.") % {"most": most}
