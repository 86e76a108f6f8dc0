"""Names to screen: a table with a column of names, and beside it, as far as known, an id, a country, a kind, a date."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.errors import NothingToRead, Where
from fairlead.model.message import Message, message
from fairlead.model.schemas import REJECTED
from fairlead.model.vocabulary import PartyKind
from fairlead.read.born import find_born
from fairlead.read.country import find_country
from fairlead.read.heading import read_heading
from fairlead.read.name_column import holds_values, no_column_of_names, refuse_other_than_names
from fairlead.read.remarks import Remarks
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import file_hash, read_sheets
from fairlead.read.words import cell_key, clean, heading_key, heading_words, is_missing, kinds

#: A longer text is no name; the longest registered names of State bodies have about 400 characters.
LONGEST_NAME: Final = 1000
_HEADER_WITHIN: Final = 30
#: Scripts of which some letters look the same, so that a word in two of them is seldom meant.
_ALIKE_SCRIPTS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})

_NO_NAME: Final = message("The row has no name.")
_NO_LETTERS: Final = message("The name holds no letter and no digit.")
_NO_DATE: Final = message("The date of birth or founding is not understood; the name was screened without it.")
_TOO_WIDE: Final = message(
    "The row has more cells than the heading, so that its values may stand in the wrong columns; a name with the "
    "separating sign in it must stand in quotation marks."
)
_UNSEEN: Final = message(
    "The name holds signs that cannot be seen, such as control or direction marks; they were left out."
)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One name of the list: the row as a spreadsheet numbers it, from 1, and what the list says of the name.

    `row_id` is the list's own id, or `file:row` where it gives none. `country` is ISO 3166-1 alpha-3. `cells` are
    the cells of the row as they stood, `numbers` those in columns of identification numbers. `born` are dates of
    birth, or of founding, as `find_born` gives them; they serve the comparison and stand in no result.
    """

    sheet: str
    row: int
    row_id: str
    name: str
    country: str | None
    kind: PartyKind
    cells: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    born: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameList:
    """The names of one file in its order; rows that are no names (`rejected`) and values set aside (`remarks`).

    Both tables are REJECTED. `repeated` are the ids that several names have, sorted.
    """

    file: str
    sha256: str
    names: tuple[NamedRow, ...]
    rejected: pa.Table
    remarks: pa.Table
    repeated: tuple[str, ...]


def read_names(path: Path) -> NameList:
    """Read names from a table in any format that supplier lists may have (CSV, TSV, XLSX, XLS, ODS).

    Columns are known by their headings in four languages: a name and, where there are, an id, a country, a kind
    and a date of birth or founding. Every row is a name or is rejected; what is not understood of the country, the kind
    or the date is remarked on and left out. Raises
    an InputError that names the file, and the headings that were found where no column of names is among them.
    """
    if not path.exists():
        raise NothingToRead("There is no such file.", where=Where(file=path.name), do="Check the path.")
    sheets = list(read_sheets(path))
    found = [(sheet, columns) for sheet in sheets if (columns := _find_columns(sheet)) is not None]
    if not found:
        raise no_column_of_names(sheets, path.name)
    names: list[NamedRow] = []
    tables: tuple[list[pa.Table], list[pa.Table]] = ([REJECTED.empty_table()], [REJECTED.empty_table()])
    for sheet, columns in found:
        reading = _Reading(sheet, columns)
        names += reading.names
        tables[0].append(reading.rejected.table())
        tables[1].append(reading.remarks.table())
        where = Where(file=sheet.file, sheet=sheet.sheet or None)
        refuse_other_than_names((name.name for name in reading.names), columns.heading("name"), where)
    times = Counter(name.row_id for name in names)
    return NameList(
        file=path.name,
        sha256=file_hash(path),
        names=tuple(names),
        rejected=pa.concat_tables(tables[0]),
        remarks=pa.concat_tables(tables[1]),
        repeated=tuple(sorted(row_id for row_id, count in times.items() if count > 1)),
    )


@dataclass(frozen=True)
class _Columns:
    """The row of the headings, from 0, the headings, and the place of each field."""

    header: int
    headings: tuple[str, ...]
    places: Mapping[str, int]
    numbers: tuple[int, ...] = ()

    def value(self, field: str, cells: Sequence[str]) -> str:
        place = self.places.get(field)
        return cells[place] if place is not None and place < len(cells) else ""

    def heading(self, field: str) -> str:
        return self.headings[self.places[field]]


def _find_columns(sheet: Sheet) -> _Columns | None:
    """Return the columns by the row, among the first, that has a name and most fields beside it."""
    best: _Columns | None = None
    for row, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        places = _places(cells)
        if "name" in places and not holds_values(cells) and (best is None or len(places) > len(best.places)):
            best = _Columns(row, tuple(map(clean, cells)), places, _number_places(cells))
    return best


def _places(cells: Sequence[str]) -> dict[str, int]:
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        for field, certainty in _fields(cell):
            if field not in best or certainty > best[field][0]:
                best[field] = certainty, place
    return {field: place for field, (_, place) in best.items()}


def _number_places(cells: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the columns of registration, tax and like numbers."""
    return tuple(place for place, cell in enumerate(cells) if read_heading(cell).field == "identifiers")


def _fields(cell: str) -> Iterator[tuple[str, int]]:
    """Yield what a heading may stand for, with how well: the surer the better, then the earlier in the table."""
    key = heading_key(cell)
    ids = _row_ids()
    if key in ids:
        yield "id", ids[key]
        return
    heading = read_heading(cell)
    if heading.field == "identifiers":
        yield "id", 0
    elif key in heading_words("dates_of_founding"):
        yield "birth_date", 0
    elif heading.field in ("name", "country", "kind", "birth_date"):
        yield heading.field, heading.certainty * 1000 - heading.rank


@lru_cache(maxsize=1)
def _row_ids() -> Mapping[str, int]:
    words = heading_words("row_ids")
    return {word: len(words) - place for place, word in reversed(list(enumerate(words)))}


class _Reading:
    """The rows of one sheet, each a name or rejected."""

    def __init__(self, sheet: Sheet, columns: _Columns) -> None:
        self.names: list[NamedRow] = []
        self.rejected = Remarks(sheet.file, sheet.sheet)
        self.remarks = Remarks(sheet.file, sheet.sheet)
        self._columns = columns
        self._sheet = sheet
        for note in sheet.notes:
            column = columns.headings[note.column] if note.column is not None else ""
            self.remarks.add(note.row, column, note.reason)
        for number, cells in enumerate(sheet.rows[columns.header + 1 :], start=columns.header + 2):
            if any(map(str.strip, cells)):
                self._read(number, cells)

    def _read(self, number: int, cells: Sequence[str]) -> None:
        raw = self._columns.value("name", cells)
        name = clean(visible(raw))
        reason = self._unusable(name, cells)
        if reason is not None:
            self.rejected.add(number, self._columns.heading("name"), reason, cells)
            return
        for note in _odd_signs(raw, name):
            self.remarks.add(number, self._columns.heading("name"), note, cells)
        self.names.append(
            NamedRow(
                sheet=self._sheet.sheet,
                row=number,
                row_id=clean(visible(self._columns.value("id", cells))) or self._place(number),
                name=name,
                country=self._country(number, cells),
                kind=self._kind(number, cells),
                cells=tuple(map(str, cells)),
                born=self._born(number, cells),
                numbers=tuple(clean(cells[place]) for place in self._columns.numbers if place < len(cells)),
            )
        )

    def _place(self, number: int) -> str:
        return ":".join(part for part in (self._sheet.file, self._sheet.sheet, str(number)) if part)

    def _unusable(self, name: str, cells: Sequence[str]) -> Message | None:
        width = len(self._columns.headings)
        if self._sheet.text_file and any(map(clean, cells[width:])):
            return _TOO_WIDE
        if is_missing(name):
            return _NO_NAME
        if len(name) > LONGEST_NAME:
            return message(
                "The name has {count:number} characters; a text of more than {most:number} is not read as a name.",
                count=str(len(name)),
                most=str(LONGEST_NAME),
            )
        return None if any(map(str.isalnum, name)) else _NO_LETTERS

    def _country(self, number: int, cells: Sequence[str]) -> str | None:
        text = clean(self._columns.value("country", cells))
        if is_missing(text):
            return None
        country = find_country(text)
        if country is None:
            reason = message("The country {text} is not understood; the name was screened without it.", text=text)
            self.remarks.add(number, self._columns.heading("country"), reason, cells)
        return country

    def _born(self, number: int, cells: Sequence[str]) -> tuple[str, ...]:
        text = clean(self._columns.value("birth_date", cells))
        found = find_born(text)
        if not found and not is_missing(text):
            self.remarks.add(number, self._columns.heading("birth_date"), _NO_DATE, cells)
        return found

    def _kind(self, number: int, cells: Sequence[str]) -> PartyKind:
        text = clean(self._columns.value("kind", cells))
        if is_missing(text):
            return PartyKind.UNKNOWN
        kind = kinds().get(cell_key(text))
        if kind is None and cell_key(text) != PartyKind.UNKNOWN:
            reason = message("The kind {text} is not understood; the name was screened without it.", text=text)
            self.remarks.add(number, self._columns.heading("kind"), reason, cells)
        return PartyKind(kind or PartyKind.UNKNOWN)


def visible(text: str) -> str:
    """Return a text without control characters, direction marks and other signs that cannot be seen.

    Line ends and tabs become spaces; what joins letters in Persian and Indian scripts stays.
    """
    if text.isprintable():
        return text
    return "".join(" " if sign in "\t\r\n\v\f" else sign for sign in text if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return sign not in "\t\r\n\v\f\u200c\u200d" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _odd_signs(raw: str, name: str) -> Iterator[Message]:
    if any(map(_is_unseen, raw.strip().strip("\ufeff"))):
        yield _UNSEEN
    if "\ufffd" in name:
        yield message("A sign of the name could not be read; it was left out of the comparison.")
    for word in name.split():
        if not word.isascii() and mixes_scripts(word):
            yield message(
                "The word {word} mixes letters of two scripts that look alike; both readings may be meant.", word=word
            )


def mixes_scripts(word: str) -> bool:
    """Whether a word holds letters of two of the scripts whose letters look alike, such as Latin and Cyrillic."""
    found = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    return len(found & _ALIKE_SCRIPTS) > 1
