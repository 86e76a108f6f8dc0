"""Where the files of assessments lie, and reading them only where they are what was written."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from fairlead.errors import UnreadableFile, Where
from fairlead.web.assessments.models import Assessment


def assessment_folder(assessment: Assessment) -> Path:
    """Return the folder of an assessment's snapshot and reports."""
    return Path(settings.FILES) / str(assessment.organisation_id) / "assessments" / str(assessment.number)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_checked(path: Path, sha256: str) -> bytes:
    """Return what a file holds. Raises UnreadableFile where it is gone or is not what was written."""
    where = Where(file=path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("The file is not there any more."), where=where, do=_("Take it from a backup.")
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnreadableFile(
            _("The file was changed after it was written."), where=where, do=_("Take it from a backup.")
        )
    return content
