"""What was written down by hand about examples/ministry-tender, read for the tests."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import openpyxl

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "ministry-tender"
LIST = FOLDER / "lists" / "import-ban-list.csv"

#: Each supplier file and the number of its last heading row.
FILES = {"register-2025.xlsx": 6, "regional-departments.csv": 1, "upstream-disclosure.csv": 1}


class Place(NamedTuple):
    """A row of one of the example's files, numbered as a spreadsheet numbers it."""

    file: str
    row: int


def expected(name: str) -> list[dict[str, str]]:
    """Return the rows of `expected/NAME.csv`."""
    with (FOLDER / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place(row: dict[str, str], prefix: str = "") -> Place:
    """Return where a row of truth points; `prefix` is "left_" or "right_" in tables of pairs."""
    return Place(row[f"{prefix}file"], int(row[f"{prefix}row"]))


def places(name: str) -> set[Place]:
    """Return every place that a table of truth names."""
    return {place(row) for row in expected(name)}


def pairs_of(groups: list[set[Place]]) -> set[frozenset[Place]]:
    """Return every pair of places that share a group."""
    return {frozenset((one, other)) for group in groups for one in group for other in group if one != other}


def true_groups() -> list[set[Place]]:
    """Return the sets of rows that are one supplier each."""
    groups: dict[str, set[Place]] = {}
    for row in expected("duplicates"):
        groups.setdefault(row["party"], set()).add(place(row))
    return list(groups.values())


def cells() -> dict[Place, list[str]]:
    """Return the cells of every row of data of the supplier files, read without Fairlead."""
    return {
        Place(name, number): row
        for name, heading in FILES.items()
        for number, row in enumerate(_rows(FOLDER / name), 1)
        if number > heading
    }


def _rows(path: Path) -> list[list[str]]:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    encoding, delimiter = ("cp1251", ";") if path.name.startswith("regional") else ("utf-8", ",")
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))
