"""Ownership data in, tables out: BODS and GLEIF files in any of their formats, found out by what they hold."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa

from fairlead.errors import FileTooLarge, NothingToRead, UnreadableFile, Where
from fairlead.model.assessment import InputFile
from fairlead.model.progress import Progress, Silent
from fairlead.read.bods import BodsStatements, is_bods
from fairlead.read.gleif import GleifRecords, flatten, is_gleif, is_gleif_heading, records_in
from fairlead.read.gleif_xml import read_gleif_xml
from fairlead.read.limits import MAX_FILE_BYTES, MEGABYTE
from fairlead.read.ownership_tables import Collected, Origin
from fairlead.read.sheets import file_hash

_MARKS: Final = b"\xef\xbb\xbf \t\r\n"
_EDITION_DIGITS: Final = 12
_ADVICE: Final = "Give BODS statements (JSON or JSON lines) or GLEIF's golden copy (JSON, XML or CSV)."


@dataclass(frozen=True)
class OwnershipData:
    """What ownership files say: OWNER, HOLDING and UNKNOWN_OWNER with the files' own ids, remarks (REJECTED), files.

    Of each file `rows_in` counts its statements or records, `rows_rejected` those that could not be used.
    """

    owners: pa.Table
    holdings: pa.Table
    unknown: pa.Table
    remarks: pa.Table
    inputs: tuple[InputFile, ...]


def read_ownership(paths: Sequence[Path], *, progress: Progress | None = None) -> OwnershipData:
    """Read files of ownership data; the order of the files changes nothing in the tables.

    Raises an InputError that names the file, and the line where there is one, for a file that cannot be read or is
    of neither standard. A statement that cannot be used is a remark.
    """
    progress = progress or Silent()
    progress.start("Reading ownership data", len(paths))
    collected = Collected()
    bods, gleif = BodsStatements(collected), GleifRecords(collected)
    inputs: dict[str, InputFile] = {}
    for path in sorted(paths, key=lambda one: (one.name, str(one))):
        origin = _origin(path)
        if origin.sha256 not in inputs:
            count, refused = _read_file(path, origin, bods, gleif)
            inputs[origin.sha256] = InputFile(origin.file, origin.sha256, "ownership", count, count - refused, refused)
        progress.advance()
    bods.collect()
    owners, holdings, unknown, remarks = collected.tables()
    return OwnershipData(owners, holdings, unknown, remarks, tuple(inputs.values()))


def _origin(path: Path) -> Origin:
    where = Where(file=path.name)
    try:
        size = path.stat().st_size
        sha256 = file_hash(path) if path.is_file() else ""
    except FileNotFoundError as error:
        raise NothingToRead("There is no such file.", where=where, do="Check the path.") from error
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.", where=where) from error
    if not sha256:
        raise UnreadableFile("This is a folder, not a file.", where=where, do=_ADVICE)
    if size > MAX_FILE_BYTES:
        limit = f"The file has {size / MEGABYTE:,.0f} MB; the limit is {MAX_FILE_BYTES // MEGABYTE} MB."
        raise FileTooLarge(limit, where=where, do="Give the part of it that is about your suppliers and their owners.")
    return Origin(path.name, sha256, sha256[:_EDITION_DIGITS], "")


def _read_file(path: Path, origin: Origin, bods: BodsStatements, gleif: GleifRecords) -> tuple[int, int]:
    with path.open("rb") as file:
        begins = file.read(4096).lstrip(_MARKS)[:1]
    if not begins:
        raise NothingToRead("The file is empty.", where=Where(file=origin.file), do=_ADVICE)
    if begins == b"<":
        return gleif.add(read_gleif_xml(path, origin.file), origin)
    if begins not in (b"[", b"{"):
        return gleif.add(_csv_records(path, origin.file), origin)
    items = _json_items(path, origin.file)
    if any(map(is_gleif, items[:100])):
        return gleif.add(((number, flatten(item)) for number, item in enumerate(items, 1)), origin)
    if any(map(is_bods, items)):
        return bods.add(items, origin)
    raise UnreadableFile(
        "The JSON holds neither BODS statements nor GLEIF records.", where=Where(file=origin.file), do=_ADVICE
    )


def _json_items(path: Path, name: str) -> list[Any]:
    """Return the statements of a JSON file: an array, an object that holds one, or one object a line."""
    content = path.read_bytes().lstrip(_MARKS)
    try:
        whole = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if content[:1] == b"[":
            raise UnreadableFile(f"The JSON is broken: {error}.", where=Where(file=name), do=_ADVICE) from error
        return list(_json_lines(content, name))
    if (records := records_in(whole)) is not None:
        return records
    if isinstance(whole, dict):
        inside = next((one for one in whole.values() if isinstance(one, list) and any(map(is_bods, one))), None)
        return inside if inside is not None else [whole]
    return list(whole)


def _json_lines(content: bytes, name: str) -> Iterator[Any]:
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise UnreadableFile(
                    f"The line is not JSON: {error}.", where=Where(file=name, row=number), do=_ADVICE
                ) from error


def _csv_records(path: Path, name: str) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        headings = _next_row(reader, name) or []
        if not is_gleif_heading(headings):
            raise UnreadableFile(
                "The file is neither BODS nor one of GLEIF's files.", where=Where(file=name, row=1), do=_ADVICE
            )
        number = 1
        while (cells := _next_row(reader, name)) is not None:
            number += 1
            if cells:
                yield number, {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}


def _next_row(reader: Any, name: str) -> list[str] | None:
    try:
        row: list[str] | None = next(reader, None)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "The CSV is not UTF-8 text.", where=Where(file=name, row=reader.line_num + 1), do=_ADVICE
        ) from error
    except csv.Error as error:
        raise UnreadableFile(f"The CSV is broken: {error}.", where=Where(file=name, row=reader.line_num)) from error
    return row
