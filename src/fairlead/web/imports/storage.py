"""Where the files and tables of an import lie."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from fairlead.web.imports.models import Import, ImportFile


def folder_of(one: Import) -> Path:
    """Return the folder of an import; it is there after the call."""
    folder = Path(settings.FILES) / str(one.organisation_id) / "imports" / str(one.pk)
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
