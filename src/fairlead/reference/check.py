"""Holds the tables of the reference pack against their descriptions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fairlead.errors import InvalidReference
from fairlead.reference.load import Row, data_folder, load_csv, load_yaml
from fairlead.reference.source import Source, source_records
from fairlead.reference.table import Column, Table, table, tables, undescribed

#: Gives the rows of a table by its name.
RowsOf = Callable[[str], Sequence[Row]]


@dataclass(frozen=True)
class Finding:
    """Something wrong with a table, or, when it is a note, something that a newer version of the program mends."""

    table: str
    what: str
    row: int | None = None  # as a spreadsheet numbers it: 1 is the heading
    column: str = ""
    is_note: bool = False

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (self.table, self.row and f"row {self.row}", self.column and f"column {self.column}")
            if part
        )
        return f"{place}: {self.what}"


def check_pack(names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with the tables named, or with all; a table in FAIRLEAD_HOME stands for the shipped one.

    Raises InvalidReference when a name is not that of a table.
    """
    chosen = [table(name) for name in names] or list(tables().values())
    findings = [finding for entry in chosen for finding in _check_file(entry)]
    if not names:
        findings.extend(
            Finding(file, "is not described; add a description to reference/tables.")
            for file in undescribed(data_folder())
        )
    return tuple(findings)


def _check_file(entry: Table) -> Iterator[Finding]:
    try:
        if entry.format == "yaml":
            load_yaml(entry.name)
        else:
            yield from check_rows(entry, load_csv(entry.name), source_records(), load_csv)
    except InvalidReference as error:
        yield Finding(entry.name, str(error))


def check_rows(entry: Table, rows: Sequence[Row], sources: Mapping[str, Source], rows_of: RowsOf) -> Iterator[Finding]:
    """Yield what is wrong with the rows of one table: headings, rules of the columns, keys, foreign keys, sources."""
    if not rows:
        yield Finding(entry.name, "has no rows.")
        return
    if tuple(rows[0]) != entry.header:
        yield Finding(entry.name, f"has the columns {', '.join(rows[0])}; expected are {', '.join(entry.header)}.")
        return
    for column in entry.columns:
        yield from _check_column(entry.name, column, rows, rows_of)
    yield from _check_key(entry, rows)
    yield from _check_sources(entry.name, rows, sources)


def _check_column(name: str, column: Column, rows: Sequence[Row], rows_of: RowsOf) -> Iterator[Finding]:
    complaint = _complaint_about(column)
    known = _foreign_values(column, name, rows, rows_of)
    unknown: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        value = row[column.name]
        if not value:
            if not column.optional:
                yield Finding(name, "is empty.", number, column.name)
            continue
        for part in _parts(value, column.separator):
            what = complaint(part)
            if what:
                yield Finding(name, f"“{part}” {what}.", number, column.name)
            if known is not None and part not in known:
                unknown.setdefault(part, number)
    if column.foreign:
        where = f"is not in the column {column.foreign[1]} of {column.foreign[0]}"
        for value, number in unknown.items():
            yield Finding(name, f"“{value}” {where}.", number, column.name, is_note=column.unknown_is_note)


def _parts(value: str, separator: str) -> list[str]:
    return [part.strip() for part in value.split(separator)] if separator else [value]


def _complaint_about(column: Column) -> Callable[[str], str]:
    """Return a function that says what is wrong with a value; it says nothing where the value is right."""
    pattern = re.compile(column.pattern) if column.pattern else None
    allowed = frozenset(column.one_of)

    def complaint(value: str) -> str:
        if pattern and not pattern.fullmatch(value):
            return f"does not look like {column.pattern}"
        if allowed and value not in allowed:
            return f"is not one of {', '.join(column.one_of)}"
        if column.number and not _is_number(value):
            return "is not a number"
        return ""

    return complaint


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _foreign_values(column: Column, name: str, rows: Sequence[Row], rows_of: RowsOf) -> frozenset[str] | None:
    """Return the values that the column may take, from the table it points to, which may be its own."""
    if column.foreign is None:
        return None
    other, other_column = column.foreign
    return frozenset(row[other_column] for row in (rows if other == name else rows_of(other)))


def _check_key(entry: Table, rows: Sequence[Row]) -> Iterator[Finding]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row[column] for column in entry.key)
        if key in first:
            yield Finding(entry.name, f"has the same {' and '.join(entry.key)} as row {first[key]}.", number)
        first.setdefault(key, number)


def _check_sources(name: str, rows: Sequence[Row], sources: Mapping[str, Source]) -> Iterator[Finding]:
    for number, row in enumerate(rows, start=2):
        if row["source_id"] not in sources:
            yield Finding(name, f"the source “{row['source_id']}” is not in sources.csv.", number, "source_id")
        for column in ("edition", "licence"):
            if not row[column]:
                yield Finding(name, "is empty.", number, column)
        if row["checked"] not in {"yes", "no"}:
            yield Finding(name, f"“{row['checked']}” is neither yes nor no.", number, "checked")
