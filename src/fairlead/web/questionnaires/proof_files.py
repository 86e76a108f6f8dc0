"""What suppliers may attach: small enough, of a kind that is known by its content, called what it is."""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

#: Limits of what suppliers attach.
LARGEST: Final = 20 * 1024 * 1024
MOST_FILES: Final = 60
LONGEST_NAME: Final = 120

_BY_START: Final = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
)
_ENDS: Final = {
    "pdf": {".pdf"},
    "png": {".png"},
    "jpg": {".jpg", ".jpeg"},
    "webp": {".webp"},
    "heic": {".heic", ".heif"},
    "docx": {".docx"},
    "xlsx": {".xlsx"},
    "odt": {".odt"},
    "ods": {".ods"},
    "txt": {".txt", ".csv"},
}
_HEIC: Final = {b"heic", b"heix", b"mif1", b"heif"}
_BY_PART: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_BY_MIMETYPE: Final = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_MOST_PARTS: Final = 5_000
_LARGEST_UNPACKED: Final = 200 * 1024 * 1024
_UNSEEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


class UnusableUpload(Exception):
    """A file cannot be kept; the text says why and what to do, in the reader's language."""


def safe_name(name: str) -> str:
    """Return a file's name without folders, control signs and signs that turn the direction of writing."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = _UNSEEN.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    stem, dot, end = clean.rpartition(".")
    if len(clean) > LONGEST_NAME and dot:
        clean = f"{stem[: LONGEST_NAME - len(end) - 1]}.{end}"
    return clean[:LONGEST_NAME] or "file"


def checked_kind(file: UploadedFile[Any], name: str) -> str:
    """Return what a file is by its content. Raises UnusableUpload where it may not be attached."""
    if not file.size:
        raise UnusableUpload(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if file.size > LARGEST:
        raise UnusableUpload(
            _("“%(name)s” is larger than %(limit)s megabytes. Send a smaller one, such as a scan in grey.")
            % {"name": name, "limit": LARGEST // 1024 // 1024}
        )
    kind = _kind(file)
    end = PurePosixPath(name.lower()).suffix
    if kind is None:
        raise UnusableUpload(
            _("“%(name)s” cannot be attached. Send a PDF, a photograph, a text or a spreadsheet without macros.")
            % {"name": name}
        )
    if end not in _ENDS[kind]:
        raise UnusableUpload(
            _("“%(name)s” is not what its name says: by its content it is %(kind)s. Name it rightly or send another.")
            % {"name": name, "kind": kind.upper()}
        )
    return kind


def _kind(file: UploadedFile[Any]) -> str | None:
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    for begins, kind in _BY_START:
        if start.startswith(begins):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC:
        return "heic"
    if start.startswith(b"PK\x03\x04"):
        return _office(file)
    return "txt" if _is_text(start) else None


def _is_text(start: bytes) -> bool:
    if b"\0" in start or start.lstrip()[:1] == b"<":  # no HTML and no SVG
        return False
    for cut in range(4):  # a sign may be cut in two at the end
        try:
            start[: len(start) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def _office(file: UploadedFile[Any]) -> str | None:
    """Return what kind of office document a package is; None for other archives, macros and bombs.

    Nothing is unpacked.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            mimetype = b""
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    mimetype = part.read(80)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None
    finally:
        file.seek(0)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        return None
    if any("vbaproject" in name.lower() or name.lower().startswith("basic/") for name in names):
        return None
    by_part = next((kind for part, kind in _BY_PART if part in names), None)
    return by_part or next((kind for begins, kind in _BY_MIMETYPE if mimetype.startswith(begins)), None)
