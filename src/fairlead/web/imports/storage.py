"""Where the files and tables of an import lie."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from fairlead.web.files.keep import to_disk
from fairlead.web.imports.models import Import, ImportFile
from fairlead.web.organisations.models import Organisation

#: Seconds after which a folder of files that are arriving was left by a crash.
_LEFT: Final = 24 * 3600
ARRIVING: Final = ".arriving-"


@contextmanager
def arriving(organisation: Organisation) -> Iterator[Path]:
    """Give a folder for files that are being uploaded, before there is an import of them; it goes at the end.

    What a crash has left there is swept away by an upload of a later day.
    """
    folders = _folders(organisation.pk)
    folders.mkdir(parents=True, exist_ok=True)
    for left in folders.glob(f"{ARRIVING}*"):
        if left.stat().st_mtime < time.time() - _LEFT:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=folders, prefix=ARRIVING))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle_in(folder: Path, one: Import) -> None:
    """Make a folder of arrived files that of a new import, in the transaction that makes the import.

    A folder that is there already is that of an import whose transaction was undone: its number was given again.
    """
    place = _folders(one.organisation_id) / str(one.pk)
    shutil.rmtree(place, ignore_errors=True)
    folder.rename(place)
    to_disk(place.parent)


def _folders(organisation_id: int) -> Path:
    return Path(settings.FILES) / str(organisation_id) / "imports"


def folder_of(one: Import) -> Path:
    """Return the folder of an import; it is there after the call."""
    folder = _folders(one.organisation_id) / str(one.pk)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def path_of(file: ImportFile) -> Path:
    """Return where the bytes of an uploaded file lie: under their hash, whatever the file was called."""
    return folder_of(file.of_import) / file.sha256


def preview_of(one: Import) -> Path:
    """Return the folder with the tables of the preview."""
    return folder_of(one) / one.preview


@contextmanager
def fresh_preview(one: Import) -> Iterator[Path]:
    """Give a new folder for the tables of a preview; it is thrown away where anything fails.

    The name of the folder is free until the import's row names it, so a preview that was not finished is never seen.
    """
    folder = Path(tempfile.mkdtemp(dir=folder_of(one), prefix="preview-"))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def drop_other_previews(one: Import) -> None:
    """Remove the folders of previews that are no longer the import's, also those that a crash has left."""
    for folder in folder_of(one).glob("preview-*"):
        if folder.name != one.preview:
            shutil.rmtree(folder, ignore_errors=True)
