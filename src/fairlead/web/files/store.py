"""Takes a file in that somebody attaches, and gives it a row."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.files.keep import keep
from fairlead.web.files.models import StoredFile, attached_to, place_of
from fairlead.web.organisations.models import Organisation

_LONGEST_NAME: Final = 255
_UNNAMED: Final = "file"


def store(upload: UploadedFile[Any], organisation: Organisation, user: User | None) -> StoredFile:
    """Keep an uploaded file and return its row. Raises ValidationError for one that is empty or too large.

    What the file says it is is not believed and not needed: it is never opened here and only ever given back as an
    attachment.
    """
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    kept = keep(upload, attached_to(organisation.pk), place_of)
    return StoredFile.objects.create(
        organisation=organisation,
        sha256=kept.sha256,
        name=plain_name(upload.name or ""),
        size=kept.size,
        added_by=user,
    )


def plain_name(name: str) -> str:
    """Return the last part of a file's name without signs that cannot be shown; it is never used as a path."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return shown[-_LONGEST_NAME:] or _UNNAMED
