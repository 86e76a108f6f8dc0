"""Takes an uploaded file in: measured, hashed, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.files.models import StoredFile
from fairlead.web.organisations.models import Organisation

_LONGEST_NAME: Final = 255
_UNNAMED: Final = "file"


def store(upload: UploadedFile[Any], organisation: Organisation, user: User | None) -> StoredFile:
    """Keep an uploaded file and return its row. Raises ValidationError for one that is empty or too large.

    What the file says it is is not believed and not needed: it is never opened here and only ever given back as an
    attachment.
    """
    size = upload.size or 0
    if size == 0:
        raise ValidationError(_("The file is empty."))
    if size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise ValidationError(_("The file is larger than %(most)s MB. Send a smaller one.") % {"most": most})
    folder = Path(settings.FILES) / str(organisation.pk) / "attached"
    folder.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=folder, prefix=".partial-")
    digest = hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        kept = StoredFile(
            organisation=organisation,
            sha256=digest.hexdigest(),
            name=plain_name(upload.name or ""),
            size=size,
            added_by=user,
        )
        kept.path.parent.mkdir(parents=True, exist_ok=True)
        Path(partial).replace(kept.path)
    finally:
        Path(partial).unlink(missing_ok=True)
    kept.save()
    return kept


def plain_name(name: str) -> str:
    """Return the last part of a file's name without signs that cannot be shown; it is never used as a path."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return shown[-_LONGEST_NAME:] or _UNNAMED
