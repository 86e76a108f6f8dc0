"""Lists that are tables: CSV or workbook with a column of names, known by their headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fairlead.errors import Where
from fairlead.read.heading import read_heading
from fairlead.read.name_column import holds_values, no_column_of_names, refuse_other_than_names
from fairlead.read.sheet import Sheet
from fairlead.read.words import heading_key, heading_words
from fairlead.screen.list_alias import split_aliases
from fairlead.screen.list_date import read_list_date
from fairlead.screen.list_entry import Facts, clean, split_cell
from fairlead.screen.tables import read_table

_HEADER_WITHIN: Final = 30
#: Fields of supplier lists that lists of names have too, and what they are called here.
_SHARED: Final = {
    "name": "name", "other_names": "alias", "kind": "kind", "address": "address", "country": "country",
    "birth_date": "born",
}  # fmt: skip
_BEST_NAMES: Final = ("clean name", "primary name")


@dataclass(frozen=True)
class _Column:
    place: int
    field: str
    scheme: str = ""
    heading: str = ""


def table_headings(sheets: Sequence[Sheet]) -> list[str]:
    """Return all headings of every sheet that has a column of names, also those of columns that are not used."""
    return [cell for sheet in sheets if (found := _header(sheet)) for cell in sheet.rows[found[0]]]


def read_table_list(sheets: Sequence[Sheet]) -> Iterator[Facts]:
    """Yield what every row of every sheet with a column of names says.

    Raises NoHeaderFound when no sheet has such a column.
    """
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet))]
    if not found:
        raise no_column_of_names(sheets, sheets[0].file if sheets else "")
    for sheet, (row, columns) in found:
        _refuse_other_than_names(sheet, row, columns)
        for number, cells in enumerate(sheet.rows[row + 1 :], start=row + 2):
            if any(map(str.strip, cells)):
                yield _facts(cells, columns, _locator(sheet, number))


def table_edition(sheets: Sequence[Sheet]) -> str:
    """Return the day from which a table says in every row that it is, ISO 8601; empty where it says none or several."""
    headings = _edition_headings()
    days = {
        read_list_date(clean(cells[place]))
        for sheet in sheets
        if (found := _header(sheet))
        for place, heading in enumerate(sheet.rows[found[0]])
        if heading_key(heading) in headings
        for cells in sheet.rows[found[0] + 1 :]
        if place < len(cells) and clean(cells[place])
    }
    return (days.pop() or "") if len(days) == 1 else ""


@lru_cache(maxsize=1)
def _edition_headings() -> frozenset[str]:
    return frozenset(heading_key(word) for word in read_table("list_headings")["edition"])


def _refuse_other_than_names(sheet: Sheet, row: int, columns: Sequence[_Column]) -> None:
    column = next(column for column in columns if column.field == "name")
    names = (clean(cells[column.place]) for cells in sheet.rows[row + 1 :] if column.place < len(cells))
    where = Where(file=sheet.file, sheet=sheet.sheet or None)
    refuse_other_than_names(filter(None, names), clean(column.heading or sheet.rows[row][column.place]), where)


def _locator(sheet: Sheet, number: int) -> str:
    return f"{sheet.file}:{sheet.sheet}:{number}" if sheet.sheet else f"{sheet.file}:{number}"


def _header(sheet: Sheet) -> tuple[int, list[_Column]] | None:
    """Return the row (from 0) and columns of the headings: the row that has a name and most that is known beside it."""
    best: tuple[int, list[_Column]] | None = None
    for row, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        columns = [column for place, cell in enumerate(cells) if (column := _column(place, cell))]
        named = any(column.field == "name" for column in columns)
        if named and not holds_values(cells) and (best is None or len(columns) > len(best[1])):
            best = row, sorted(columns, key=_precedence)
    return best


def _column(place: int, heading: str) -> _Column | None:
    key = heading_key(heading)
    own = _own_headings().get(key)
    if own:
        return _Column(place, own[0], own[1], heading)
    if key in heading_words("dates_of_founding"):
        return _Column(place, "born", "", heading)
    known = read_heading(heading)
    if known.field == "identifiers":
        return _Column(place, "identifiers", known.scheme or "", heading)
    name = _SHARED.get(known.field or "")
    return _Column(place, name, "", heading) if name else None


@lru_cache(maxsize=1)
def _own_headings() -> Mapping[str, tuple[str, str]]:
    table = read_table("list_headings")
    own = {heading_key(word): (name, "") for name, words in table["fields"].items() for word in words}
    own |= {
        heading_key(word): ("identifiers", scheme) for scheme, words in table["identifiers"].items() for word in words
    }
    return own


def _facts(cells: Sequence[str], columns: Sequence[_Column], locator: str) -> Facts:
    facts = Facts(locator=locator)
    for column in columns:
        text = clean(cells[column.place]) if column.place < len(cells) else ""
        if text:
            _add(facts, column, cells[column.place])
    return facts


def _add(facts: Facts, column: _Column, text: str) -> None:
    if column.field == "name":
        name, aliases = split_aliases(clean(text))
        facts.names += (name, *aliases)
    elif column.field == "alias":
        facts.names.extend(split_cell(text))
    elif column.field == "weak_alias":
        facts.weak_names.extend(split_cell(text))
    elif column.field == "country":
        facts.countries.append(text)
    elif column.field == "address":
        facts.addresses.extend(split_cell(text))
    elif column.field == "born":
        facts.born.append(text)
    elif column.field == "identifiers":
        facts.identifiers.extend((column.scheme, part) for part in split_cell(text))
    elif column.field != "not_used":
        before = getattr(facts, column.field)
        setattr(facts, column.field, f"{before}; {clean(text)}" if before else clean(text))


def _precedence(column: _Column) -> tuple[bool, bool]:
    """Names before other names, the best name first."""
    return column.field != "name", heading_key(column.heading) not in _BEST_NAMES
