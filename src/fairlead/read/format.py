"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path
from typing import Final

from fairlead.errors import FileTooLarge, NothingToRead, UnreadableFile, Where
from fairlead.read.limits import MAX_FILE_BYTES, MEGABYTE


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"


SAVE_AS = "Open it in the program that made it and save the list as XLSX or CSV."

#: The first bytes of formats that are refused by name; a later longer one does not matter, the first match counts.
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: The record that begins the globals of a workbook of Excel 97 and later, and the one that says it is encrypted.
_WORKBOOK_BEGINS: Final = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS: Final = 0x002F
_FIRST_RECORDS: Final = 8

#: Names of streams in a compound (OLE) file, and what they make it.
_OLE_STREAMS: Final = (
    ("EncryptedPackage", "encrypted"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint document"),
    ("__properties_version1.0", "an Outlook message"),
)

_MARKUP: Final = (
    (re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|table|head|body|meta)\b", re.I | re.S), "an HTML page"),
    (re.compile(r"\s*<\?xml.{0,400}Excel\.Sheet", re.I | re.S), "an XML spreadsheet of Excel 2003"),
    (re.compile(r"\s*<(\?xml|[a-z][\w:.-]*[\s>])", re.I), "an XML document"),
    (re.compile(r"\s*(\{\s*(\"|\})|\[\s*(\{|\[\s*[\"\d\[]))"), "a JSON document"),
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
        raise _refused("a PDF document", where)
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
            raise NothingToRead("The file is empty.", where=where, do="Give a file with a table in it.")
        if size > MAX_FILE_BYTES:
            raise FileTooLarge(
                f"The file has {size / MEGABYTE:,.0f} MB; the limit is {MAX_FILE_BYTES // MEGABYTE} MB.",
                where=where,
                do="Split it, or leave out the columns that are not about suppliers.",
            )
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise UnreadableFile(
            f"The file cannot be opened: {error.strerror}.", where=where, do="Check its name and your rights to it."
        ) from error


def _refused(what: str, where: Where) -> UnreadableFile:
    return UnreadableFile(f"The file is {what}, not a table.", where=where, do=SAVE_AS)


def _format_of_archive(path: Path, where: Where) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
            mimetype = _mimetype(archive) if "mimetype" in parts else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            "The workbook is damaged: it is cut off or its list of parts cannot be read.",
            where=where,
            do="Copy or download it again, or open it in a spreadsheet program and save it anew.",
        ) from error
    if "spreadsheet" in mimetype:
        return Format.ODS
    lower = {part.lower() for part in parts}
    if "xl/workbook.bin" in lower:
        raise _refused("a binary workbook (XLSB)", where)
    if any(part.startswith("xl/") for part in lower):
        return Format.XLSX
    if any(part.startswith("word/") for part in lower) or "text" in mimetype:
        raise _refused("a text document", where)
    if any(part.startswith("ppt/") for part in lower) or "presentation" in mimetype:
        raise _refused("a presentation", where)
    raise UnreadableFile(
        "The file is a ZIP archive, not a table.", where=where, do="Unpack it and give the files that are in it."
    )


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        return part.read(200).decode("ascii", "replace")


def _format_of_compound(path: Path, where: Where) -> Format:
    content = path.read_bytes()
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" not in content:
            continue
        if what == "encrypted" or (what == "xls" and _asks_for_password(content)):
            raise password_error(where)
        if what == "xls":
            return Format.XLS
        raise _refused(what, where)
    raise UnreadableFile("The file is a damaged or unknown compound document.", where=where, do=SAVE_AS)


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
        "The workbook is protected by a password.", where=where, do="Save a copy without the password and give that."
    )
