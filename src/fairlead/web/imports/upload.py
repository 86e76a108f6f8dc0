"""Takes uploaded lists in: each looked at, named harmlessly, told apart from what was uploaded before."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from fairlead.errors import InputError
from fairlead.read.format import Format, detect_format
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.files.keep import keep
from fairlead.web.files.store import plain_name
from fairlead.web.imports.models import Import, ImportFile, ImportState
from fairlead.web.imports.state import begin_reading
from fairlead.web.imports.storage import arriving, settle_in
from fairlead.web.organisations.models import Organisation
from fairlead.web.site.told import told

#: At most so many lists are read together.
MOST_FILES: Final = 20
_LONGEST_NAME: Final = 200

#: What a file may end in, by what it is.
_ENDINGS: Final = {
    Format.TEXT: {".csv", ".tsv", ".tab", ".txt", ".psv"},
    Format.XLSX: {".xlsx", ".xlsm", ".xltx", ".xltm"},
    Format.XLS: {".xls", ".xlt"},
    Format.ODS: {".ods", ".ots"},
    Format.PARQUET: {".parquet"},
}
_MACROS: Final = re.compile(r"(xl/vbaProject\.bin|Basic/.*|Scripts/.+)", re.IGNORECASE)
_OLE_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")


@dataclass
class TakenIn:
    """What became of an upload: the import, or what is wrong with each file, in sentences."""

    made: Import | None = None
    wrong: list[str] = field(default_factory=list)


def take_in(uploads: Sequence[UploadedFile[Any]], organisation: Organisation, user: User) -> TakenIn:
    """Keep uploaded lists and put the work of reading them into the queue.

    Where one of them cannot be a list nothing is kept, and `wrong` names each file and its reason.
    """
    if not uploads:
        return TakenIn(wrong=[_("Choose at least one file.")])
    if len(uploads) > MOST_FILES:
        return TakenIn(wrong=[_("At most %(most)s files can be read together.") % {"most": MOST_FILES}])
    with arriving(organisation) as folder:
        kept, wrong = _keep_all(uploads, folder)
        if wrong:
            return TakenIn(wrong=wrong)
        with transaction.atomic():  # whoever looks sees an import with its files and its work, or none
            one = Import.objects.create(organisation=organisation, created_by=user)
            settle_in(folder, one)
            for file in kept:
                file.of_import, file.same_as = one, _earlier(organisation, file.sha256, one)
            ImportFile.objects.bulk_create(kept)
            detail = {"files": len(kept)}
            record("import.uploaded", organisation=organisation, actor=user, subject=str(one.pk), detail=detail)
            begin_reading(one, user)
    return TakenIn(one)


def _keep_all(uploads: Sequence[UploadedFile[Any]], folder: Path) -> tuple[list[ImportFile], list[str]]:
    """Write uploads into a folder; return a row for each, not yet in the database, and what is wrong with any."""
    kept: dict[str, ImportFile] = {}
    wrong: list[str] = []
    for upload in uploads:
        name = _free_name(plain_name(upload.name or "")[-_LONGEST_NAME:], {file.name for file in kept.values()})
        try:
            written = keep(upload, folder)
            notes = list(_notes(written.path, name))
        except InputError as error:
            wrong.append(told(error))
            continue
        except ValidationError as error:
            wrong.append(f"{name}: {' '.join(error.messages)}")
            continue
        sha256, size = written.sha256, written.size
        if sha256 not in kept:  # the same bytes twice in one upload are read once
            kept[sha256] = ImportFile(place=len(kept), name=name, sha256=sha256, size=size, notes=notes)
    return list(kept.values()), wrong


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, with a number where another file of the upload has it already."""
    stem, ending = Path(name).stem, Path(name).suffix
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem} ({number}){ending}"
    return free


def _earlier(organisation: Organisation, sha256: str, one: Import) -> Import | None:
    """Return the newest other import with the same bytes that was not given up."""
    given_up = (ImportState.DISCARDED, ImportState.UNDONE, ImportState.FAILED)
    found = Import.objects.filter(organisation=organisation, files__sha256=sha256).exclude(pk=one.pk)
    return found.exclude(state__in=given_up).order_by("-pk").first()


def _notes(path: Path, name: str) -> Iterator[str]:
    """Yield what is to be said of a file. Raises an InputError where it is no list at all."""
    kind = detect_format(path, name)
    ending = Path(name.lower()).suffix
    if ending and ending not in _ENDINGS[kind] and any(ending in each for each in _ENDINGS.values()):
        yield f"is_{kind}"
    if _has_macros(path, kind):
        yield "macros"


def _has_macros(path: Path, kind: Format) -> bool:
    if kind is Format.XLS:
        return _OLE_MACROS in path.read_bytes()
    if kind not in {Format.XLSX, Format.ODS}:
        return False
    with zipfile.ZipFile(path) as archive:
        return any(_MACROS.fullmatch(part) for part in archive.namelist())
