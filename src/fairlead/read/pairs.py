"""Pairs of names in, one row each: two names that may mean the same, and what sort of thing they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.errors import NoHeaderFound, NothingToRead, Where
from fairlead.model.message import Message, message
from fairlead.model.schemas import REJECTED
from fairlead.model.vocabulary import PairKind, PartyKind
from fairlead.read.remarks import Remarks
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import list_files, read_sheets
from fairlead.read.words import cell_key, is_missing, kinds

#: The headings that a table of pairs must have; `kind` may be missing.
NEEDED: Final = ("id", "left", "right")
KIND: Final = "kind"

_HEADER_WITHIN: Final = 30
_HUMP: Final = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|_+")
_PAIR_KINDS: Final = {
    PartyKind.COMPANY: PairKind.COMPANY,
    PartyKind.PUBLIC_BODY: PairKind.COMPANY,
    PartyKind.LABOUR_PROVIDER: PairKind.COMPANY,
    PartyKind.PERSON: PairKind.PERSON,
    PartyKind.VESSEL: PairKind.VESSEL,
    PartyKind.UNKNOWN: PairKind.UNKNOWN,
}
_ADDRESS: Final = frozenset({"address", "адрес", "мекенжай", "adresse"})


@dataclass(frozen=True, slots=True)
class NamePair:
    """One row: its number in the sheet, all its cells in the order of the columns, and what is compared.

    `remarks` say what about the row was not understood or is doubtful.
    """

    row: int
    cells: tuple[str, ...]
    key: str
    left: str
    right: str
    kind: PairKind
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True)
class PairTable:
    """A table of pairs: its columns as they are headed, its rows in their order, and the rows that were rejected."""

    columns: tuple[str, ...]
    pairs: tuple[NamePair, ...]
    rejected: pa.Table  # REJECTED
    repeated: int  # rows whose id another row has too


def read_pairs(path: Path) -> PairTable:
    """Read the first sheet that has the columns id, left and right, in whatever order and letter case.

    Blank rows are no rows. A row of a text file that has more cells than the heading is rejected, because its names
    may stand in the wrong columns; every other row is kept. Raises an `InputError` of `fairlead.errors`: NoHeaderFound
    where no sheet has the columns, NothingToRead where the table has no rows, and what reading a file raises.
    """
    if not path.is_dir():
        list_files([path])  # says so where there is no such file
    first: Sheet | None = None
    for sheet in read_sheets(path):
        first = first or sheet
        if (header := _header(sheet)) is not None:
            return _pairs(sheet, header)
    raise NoHeaderFound(
        _without_header(first),
        where=Where(file=path.name),
        do="Head the columns id, left, right and kind; kind is person, company, vessel, address or empty.",
    )


def _without_header(sheet: Sheet | None) -> str:
    heads = next((row for row in sheet.rows if any(map(str.strip, row))), ()) if sheet else ()
    have = {cell_key(cell) for cell in heads}
    absent = [f"“{name}”" for name in NEEDED if name not in have]
    return f"The table has no column {' and no column '.join(absent)}."


def _header(sheet: Sheet) -> int | None:
    """Return the row (from 0) of the headings."""
    for number, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        if set(NEEDED) <= {cell_key(cell) for cell in row}:
            return number
    return None


def _pairs(sheet: Sheet, header: int) -> PairTable:
    columns = tuple(cell.strip().lstrip("\ufeff") for cell in sheet.rows[header])
    keys = [cell_key(cell) for cell in columns]
    places: dict[str, int] = {name: keys.index(name) for name in (*NEEDED, KIND) if name in keys}
    rejected = Remarks(sheet.file, sheet.sheet)
    rows: list[tuple[int, tuple[str, ...]]] = []
    counts: dict[str, int] = {}
    for number, cells in enumerate(sheet.rows[header + 1 :], header + 2):
        if not any(map(str.strip, cells)):
            continue
        if any(map(str.strip, cells[len(columns) :])):
            rejected.add(number, columns[places["left"]], _too_wide(), cells)
            continue
        padded = (*cells[: len(columns)], *[""] * (len(columns) - len(cells)))
        rows.append((number, padded))
        key = padded[places["id"]].strip()
        counts[key] = counts.get(key, 0) + 1
    if not rows and not rejected.entries:
        raise NothingToRead(
            "There is no pair under the headings.", where=Where(file=sheet.file), do="Give at least one row of names."
        )
    pairs = tuple(_pair(number, cells, places, counts) for number, cells in rows)
    repeated = sum(count for key, count in counts.items() if key and count > 1)
    return PairTable(columns, pairs, rejected.table() if rejected.entries else REJECTED.empty_table(), repeated)


def _too_wide() -> Message:
    return message(
        "The row has more cells than the heading, so that its values may stand in the wrong columns; "
        "a name or address with the separating sign in it must stand in quotation marks."
    )


def _pair(number: int, cells: tuple[str, ...], places: Mapping[str, int], counts: Mapping[str, int]) -> NamePair:
    key = cells[places["id"]].strip()
    word = cells[places[KIND]].strip() if KIND in places else ""
    kind = read_kind(word)
    remarks = []
    if not key:
        remarks.append(message("The row has no id."))
    elif counts[key] > 1:
        remarks.append(message("Other rows have the same id."))
    if kind is None:
        remarks.append(message("The kind “{kind}” is not known; the names were compared as of any kind.", kind=word))
    return NamePair(
        number, cells, key, cells[places["left"]], cells[places["right"]], kind or PairKind.UNKNOWN, tuple(remarks)
    )


def read_kind(word: str) -> PairKind | None:
    """Return what sort of thing a word such as company, LegalEntity or public_body means; None where not known."""
    key = cell_key(_HUMP.sub(" ", word))
    if is_missing(key) or key == PairKind.UNKNOWN.value:
        return PairKind.UNKNOWN
    if key in _ADDRESS:
        return PairKind.ADDRESS
    found = kinds().get(key) or kinds().get(key.replace(" ", ""))
    return _PAIR_KINDS[PartyKind(found)] if found else None
