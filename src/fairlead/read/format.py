"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

from fairlead.errors import FileTooLarge, NothingToRead, UnreadableFile, Where
from fairlead.model.message import Message, message
from fairlead.read.limits import MAX_FILE_BYTES, MEGABYTE


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"


SAVE_AS: Final = message("Open it in the program that made it and save the list as XLSX or CSV.")

#: The first bytes of formats that are refused by name; a later longer one does not matter, the first match counts.
_SIGNATURES: Final[tuple[tuple[bytes, Message], ...]] = (
    (b"%PDF-", message("a PDF document")),
    (b"{\\rtf", message("an RTF document")),
    (b"\x89PNG", message("a PNG picture")),
    (b"\xff\xd8\xff", message("a JPEG picture")),
    (b"GIF8", message("a GIF picture")),
    (b"II*\x00", message("a TIFF picture")),
    (b"MM\x00*", message("a TIFF picture")),
    (b"\x1f\x8b", message("a gzip archive")),
    (b"BZh", message("a bzip2 archive")),
    (b"\xfd7zXZ\x00", message("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", message("a 7z archive")),
    (b"Rar!\x1a\x07", message("a RAR archive")),
    (b"ARROW1", message("an Arrow file")),
    (b"SQLite format 3\x00", message("an SQLite database")),
    (b"\x7fELF", message("a program")),
    (b"MZ\x90", message("a program")),
)

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: The record that begins the globals of a workbook of Excel 97 and later, and the one that says it is encrypted.
_WORKBOOK_BEGINS: Final = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS: Final = 0x002F
_FIRST_RECORDS: Final = 8

#: Names of streams in a compound (OLE) file, and what they make it; None is one that is encrypted.
_OLE_STREAMS: Final[tuple[tuple[str, Message | Format | None], ...]] = (
    ("EncryptedPackage", None),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("WordDocument", message("a Word document")),
    ("PowerPoint Document", message("a PowerPoint document")),
    ("__properties_version1.0", message("an Outlook message")),
)

_MARKUP: Final = (
    (
        re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|table|head|body|meta)\b", re.I | re.S),
        message("an HTML page"),
    ),
    (re.compile(r"\s*<\?xml.{0,400}Excel\.Sheet", re.I | re.S), message("an XML spreadsheet of Excel 2003")),
    (re.compile(r"\s*<(\?xml|[a-z][\w:.-]*[\s>])", re.I), message("an XML document")),
    (re.compile(r"\s*(\{\s*(\"|\})|\[\s*(\{|\[\s*[\"\d\[]))"), message("a JSON document")),
)


def detect_format(path: Path, name: str) -> Format:
    """Return what the file is, by its first bytes and its parts.

    `name` is how messages call the file. Raises NothingToRead for an empty file, FileTooLarge by its size alone
    (before anything is read), and UnreadableFile for everything that is not a table in a known format.
    """
    where = Where(file=name)
    head = _first_bytes(path, where)
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise _refused(what, where)
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if b"%PDF-" in head[:1024]:
        raise _refused(message("a PDF document"), where)
    if head.startswith(_ZIP):
        return _format_of_archive(path, where)
    if head.startswith(_OLE):
        return _format_of_compound(path, where)
    return Format.TEXT


def refuse_markup(text: str, where: Where) -> None:
    """Raise UnreadableFile where a text is a web page, XML or JSON and not a table."""
    start = text[:2000]
    for pattern, what in _MARKUP:
        if pattern.match(start):
            raise _refused(what, where)


def _first_bytes(path: Path, where: Where) -> bytes:
    try:
        size = path.stat().st_size
        if size == 0:
            raise NothingToRead(
                message("The file is empty."), where=where, do=message("Give a file with a table in it.")
            )
        if size > MAX_FILE_BYTES:
            raise FileTooLarge(
                message(
                    "The file has {size:number} MB; the limit is {limit} MB.",
                    size=str(round(size / MEGABYTE)),
                    limit=str(MAX_FILE_BYTES // MEGABYTE),
                ),
                where=where,
                do=message("Split it, or leave out the columns that are not about suppliers."),
            )
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise UnreadableFile(
            message("The file cannot be opened: {reason}.", reason=str(error.strerror)),
            where=where,
            do=message("Check its name and your rights to it."),
        ) from error


def _refused(what: Message, where: Where) -> UnreadableFile:
    return UnreadableFile(message("The file is {what:term}, not a table.", what=what.template), where=where, do=SAVE_AS)


def _format_of_archive(path: Path, where: Where) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
            mimetype = _mimetype(archive) if "mimetype" in parts else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            message("The workbook is damaged: it is cut off or its list of parts cannot be read."),
            where=where,
            do=message("Copy or download it again, or open it in a spreadsheet program and save it anew."),
        ) from error
    if "spreadsheet" in mimetype:
        return Format.ODS
    lower = {part.lower() for part in parts}
    if "xl/workbook.bin" in lower:
        raise _refused(message("a binary workbook (XLSB)"), where)
    if any(part.startswith("xl/") for part in lower):
        return Format.XLSX
    if any(part.startswith("word/") for part in lower) or "text" in mimetype:
        raise _refused(message("a text document"), where)
    if any(part.startswith("ppt/") for part in lower) or "presentation" in mimetype:
        raise _refused(message("a presentation"), where)
    raise UnreadableFile(
        message("The file is a ZIP archive, not a table."),
        where=where,
        do=message("Unpack it and give the files that are in it."),
    )


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        return part.read(200).decode("ascii", "replace")


def _format_of_compound(path: Path, where: Where) -> Format:
    content = path.read_bytes()
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" not in content:
            continue
        if what is None or (isinstance(what, Format) and _asks_for_password(content)):
            raise password_error(where)
        if isinstance(what, Format):
            return what
        raise _refused(what, where)
    raise UnreadableFile(message("The file is a damaged or unknown compound document."), where=where, do=SAVE_AS)


def _asks_for_password(content: bytes) -> bool:
    """Whether the stream of an XLS workbook has a FILEPASS record among its first ones ([MS-XLS] 2.4.117)."""
    place = content.find(_WORKBOOK_BEGINS)
    for _ in range(_FIRST_RECORDS):
        if place < 0 or place + 4 > len(content):
            return False
        record, length = (int.from_bytes(content[place + at : place + at + 2], "little") for at in (0, 2))
        if record == _FILEPASS:
            return True
        place += 4 + length
    return False


def password_error(where: Where) -> UnreadableFile:
    """Return the error for a workbook that a password protects."""
    return UnreadableFile(
        message("The workbook is protected by a password."),
        where=where,
        do=message("Save a copy without the password and give that."),
    )
