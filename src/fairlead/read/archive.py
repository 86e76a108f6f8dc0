"""Guards against workbooks that unpack to more than they should: looked at before anything is parsed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fairlead.errors import FileTooLarge, UnreadableFile, Where
from fairlead.model.message import Message, message
from fairlead.read.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED_BYTES, MEGABYTE, RATIO_FREE_BYTES

_CHUNK: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_DAMAGED: Final = message("Copy or download it again, or open it in a spreadsheet program and save it anew.")


def check_archive(path: Path, where: Where) -> None:
    """Refuse an archive whose parts are too many, too large or unpack to more than they declare.

    First the declared sizes are added up, then each part is unpacked in pieces that are thrown away, so that a
    lying size is found with a megabyte of memory. Raises FileTooLarge or UnreadableFile.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_declared(parts, where)
            for part in parts:
                if part.flag_bits & 1:
                    raise UnreadableFile(
                        message("The workbook's parts are encrypted."),
                        where=where,
                        do=message("Save a copy without a password."),
                    )
                _check_actual(path, part, where)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(where) from error


def stream_part(path: Path, name: str, where: Where) -> Iterator[bytes]:
    """Yield one part of a checked archive piece by piece."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError) as error:
        raise _damaged(where) from error


def part_names(path: Path, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return the names of a checked archive's parts that match the pattern."""
    with zipfile.ZipFile(path) as archive:
        return tuple(name for name in archive.namelist() if pattern.fullmatch(name))


def _check_declared(parts: list[zipfile.ZipInfo], where: Where) -> None:
    if len(parts) > MAX_PARTS:
        raise _too_large(
            message(
                "The workbook has {count:number} parts; the limit is {limit:number}.",
                count=str(len(parts)),
                limit=str(MAX_PARTS),
            ),
            where,
        )
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED_BYTES:
        raise _too_large(
            message(
                "The workbook unpacks to {size:number} MB; the limit is {limit} MB.",
                size=str(round(total / MEGABYTE)),
                limit=str(MAX_UNPACKED_BYTES // MEGABYTE),
            ),
            where,
        )
    for part in parts:
        _check_ratio(part, part.file_size, where)


def _check_ratio(part: zipfile.ZipInfo, size: int, where: Where) -> None:
    if size > RATIO_FREE_BYTES and size > MAX_RATIO * max(part.compress_size, 1):
        raise _too_large(
            message(
                "The part {part} unpacks to more than {limit} times its size, as only a harmful file does.",
                part=repr(part.filename),
                limit=str(MAX_RATIO),
            ),
            where,
        )


def _check_actual(path: Path, part: zipfile.ZipInfo, where: Where) -> None:
    """Unpack the part, keeping nothing, and compare its size with the declared one."""
    if part.compress_type == zipfile.ZIP_STORED:
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise UnreadableFile(
            message("The workbook is packed in an unusual way."), where=where, do=message("Save it anew as XLSX.")
        )
    size = 0
    with path.open("rb") as file:
        file.seek(part.header_offset)
        header = file.read(_LOCAL_HEADER)
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        unpacker = zlib.decompressobj(-15)
        left = part.compress_size
        while left > 0 and not unpacker.eof:
            packed = file.read(min(_CHUNK, left))
            if not packed:
                raise _damaged(where)
            left -= len(packed)
            while packed:
                size += len(unpacker.decompress(packed, _CHUNK))
                packed = unpacker.unconsumed_tail
                if size > part.file_size:
                    raise _too_large(
                        message("The part {part} unpacks to more than it declares.", part=repr(part.filename)),
                        where,
                    )
        size += len(unpacker.flush())
    if size != part.file_size:
        raise _damaged(where)


def _too_large(what: Message, where: Where) -> FileTooLarge:
    return FileTooLarge(what, where=where, do=message("Check where the file comes from, or save the list as CSV."))


def _damaged(where: Where) -> UnreadableFile:
    return UnreadableFile(message("The workbook is damaged and cannot be unpacked."), where=where, do=_DAMAGED)
