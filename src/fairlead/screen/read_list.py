"""A list of names to screen against, from any file; files of one publisher that belong together make one list."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Final

from fairlead.errors import FileTooLarge, InputError, NothingToRead, UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read.limits import MAX_FILE_BYTES, MEGABYTE
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import file_hash, read_sheets
from fairlead.screen.list_entry import Facts, is_about_forced_labour, make_entry
from fairlead.screen.list_lines import read_lines
from fairlead.screen.list_ofac import OfacFile, ofac_file, read_ofac
from fairlead.screen.list_table import read_table_list, table_edition, table_headings
from fairlead.screen.list_un import read_un
from fairlead.screen.watch_list import About, ListEntry, WatchList

_ID_DIGITS: Final = 16
_EDITION_DIGITS: Final = 12
_MARKS: Final = b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n"


class _Format(Enum):
    TABLE = "table"
    XML = "xml"
    LINES = "lines"


@dataclass(frozen=True)
class _File:
    path: Path
    name: str  # as messages and places call it
    sha256: str
    sheets: tuple[Sheet, ...] = ()
    format: _Format = _Format.TABLE
    ofac: OfacFile | None = None


def read_list(path: Path) -> WatchList:
    """Read one list: a table (CSV, XLSX, XLS, ODS), the UN's XML, or FollowTheMoney or Senzing JSON lines.

    Raises an InputError that names the file and, where there is one, the row.
    """
    return read_lists([path])[0]


def read_lists(paths: Sequence[Path]) -> tuple[WatchList, ...]:
    """Read lists in their order; the names, other names and addresses of OFAC are joined into one list.

    A file that is given twice is read once; of two files with the same name each is called with its folder. Raises
    an InputError that names the file and, where there is one, the row.
    """
    first: dict[Path, Path] = {}
    for path in paths:
        first.setdefault(path.resolve(), path)
    distinct = list(first.values())
    names = Counter(path.name for path in distinct)
    files = [
        _open(path, path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}") for path in distinct
    ]
    ofac = [file for file in files if file.ofac]
    lists = []
    for file in files:
        if not file.ofac:
            lists.append(_single(file))
        elif file is ofac[0]:
            lists.append(_joined(ofac))
    return tuple(lists)


def _open(path: Path, name: str) -> _File:
    where = Where(file=name)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begins = file.read(4096).lstrip(_MARKS)
    except FileNotFoundError as error:
        raise NothingToRead(message("There is no such file."), where=where, do=message("Check the path.")) from error
    except OSError as error:
        raise UnreadableFile(
            message("The file cannot be opened: {reason}.", reason=str(error.strerror)), where=where
        ) from error
    if size > MAX_FILE_BYTES:
        what = message(
            "The file has {size:number} MB; the limit is {limit} MB.",
            size=str(round(size / MEGABYTE)),
            limit=str(MAX_FILE_BYTES // MEGABYTE),
        )
        raise FileTooLarge(what, where=where, do=message("Leave out columns that are not about names."))
    kind = _format(begins)
    if kind is not _Format.TABLE:
        return _File(path, name, file_hash(path), format=kind)
    sheets = tuple(read_sheets(path, name=name))
    ofac = next((found for sheet in sheets if (found := ofac_file(sheet))), None)
    return _File(path, name, file_hash(path), sheets, ofac=ofac)


def _format(begins: bytes) -> _Format:
    """Return what a file is by its first bytes after marks and spaces; an array of JSON begins with an object."""
    if begins[:1] == b"[":
        return _Format.LINES if begins[1:].lstrip(_MARKS)[:1] == b"{" else _Format.TABLE
    return {b"<": _Format.XML, b"{": _Format.LINES}.get(begins[:1], _Format.TABLE)


def _single(file: _File) -> WatchList:
    name = file.name
    made, headings = "", [name]
    facts: Iterable[Facts]
    if file.format is _Format.XML:
        un = read_un(file.path, name)
        made, facts = un.made, un.parties
    elif file.format is _Format.LINES:
        facts = read_lines(file.path, name)
    else:
        headings += table_headings(file.sheets)
        made, facts = table_edition(file.sheets), read_table_list(file.sheets)
    return _watch_list(name, file.sha256, facts, headings, made)


def _joined(files: Sequence[_File]) -> WatchList:
    order = list(OfacFile)
    files = sorted(files, key=lambda file: (order.index(file.ofac or order[0]), file.name))
    name = " + ".join(file.name for file in files)
    if all(file.ofac is OfacFile.ADDRESSES for file in files):
        raise NothingToRead(
            message("The file holds OFAC's addresses and no names."),
            where=Where(file=name),
            do=message("Give sdn.csv with it."),
        )
    sheets = {kind: [sheet for file in files if file.ofac is kind for sheet in file.sheets] for kind in OfacFile}
    together = hashlib.sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
    return _watch_list(name, files[0].sha256 if len(files) == 1 else together, read_ofac(sheets), [name], "")


def _watch_list(name: str, sha256: str, facts: Iterable[Facts], words: Sequence[str], made: str) -> WatchList:
    entries: list[ListEntry] = []
    left_out: list[str] = []
    for fact in facts:
        entry = make_entry(fact)
        if entry is None:
            left_out.append(fact.locator)
        else:
            entries.append(entry)
    if not entries:
        raise _nobody(name)
    return WatchList(
        list_id=f"list_{sha256[:_ID_DIGITS]}",
        title=name,
        edition=made or sha256[:_EDITION_DIGITS],
        sha256=sha256,
        entries=_with_own_ids(entries),
        about=About.IMPORT_BAN if is_about_forced_labour(words) else About.OTHER,
        left_out=tuple(left_out),
    )


def _with_own_ids(entries: Sequence[ListEntry]) -> tuple[ListEntry, ...]:
    """Give entries that share an id, such as a running number in each annex, their place in the file as id."""
    times = Counter(entry.entry_id for entry in entries)
    return tuple(replace(entry, entry_id=entry.locator) if times[entry.entry_id] > 1 else entry for entry in entries)


def _nobody(name: str) -> InputError:
    return NothingToRead(
        message("The list names nobody."), where=Where(file=name), do=message("Check that it has a column of names.")
    )
