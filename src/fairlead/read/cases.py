"""Cases to rate, one row each: a country and region, what is made there and by whom, in a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.errors import NoHeaderFound, NothingToRead, Where
from fairlead.model.message import Message, message
from fairlead.model.schemas import REJECTED
from fairlead.model.vocabulary import Workforce
from fairlead.read.country import find_country
from fairlead.read.remarks import Remarks
from fairlead.read.sheet import Sheet
from fairlead.read.sheets import list_files, read_sheets
from fairlead.read.words import cell_key, clean, is_missing
from fairlead.read.workforce import read_workforce

#: The headings of a table of cases. The first must be there; the others may be missing or empty.
COUNTRY, REGION, SECTOR, PRODUCT, HS, WORKFORCE, YEAR = (
    "country_iso3", "region", "sector", "product", "hs_if_known", "workforce", "year",
)  # fmt: skip
COLUMNS: Final = (COUNTRY, REGION, SECTOR, PRODUCT, HS, WORKFORCE, YEAR)

_NEEDED: Final = frozenset({COUNTRY, YEAR})
_HEADER_WITHIN: Final = 30
_BETWEEN: Final = re.compile(r"[;,|/]")
_CODE: Final = re.compile(r"\d{2,6}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\.0+)?")
_YEAR_DIGITS: Final = 4
_TAGS: Final = frozenset(tag.value for tag in Workforce)


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its cells in the order of the columns, and what they say.

    `country` is ISO 3166-1 alpha-3, `hs` are codes of two to six digits, `workforce` tags of `Workforce`. What is
    empty or not understood is None or empty; `problems` name what was not understood.
    """

    row: int
    cells: tuple[str, ...]
    country: str | None
    region: str | None
    sector: str | None
    product: str | None
    hs: tuple[str, ...]
    workforce: tuple[str, ...]
    year: int | None
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True)
class CaseTable:
    """A table of cases: its columns as they are headed, its rows in their order, and rows that were rejected."""

    columns: tuple[str, ...]
    cases: tuple[Case, ...]
    rejected: pa.Table  # REJECTED


def read_cases(path: Path) -> CaseTable:
    """Read the first sheet that has the columns country_iso3 and year, in whatever order and letter case.

    Blank rows are no rows; a row of a text file with more cells than the heading is rejected, because its values may
    stand in the wrong columns. Every other row is kept, whatever it says. Raises NoHeaderFound where no sheet has the
    columns, NothingToRead where the table has no rows, and what reading a file raises.
    """
    if not path.is_dir():
        list_files([path])  # says so where there is no such file
    for sheet in read_sheets(path):
        if (header := _header(sheet)) is not None:
            return _cases(sheet, header)
    raise NoHeaderFound(
        f"The table has no columns “{COUNTRY}” and “{YEAR}”.",
        where=Where(file=path.name),
        do=f"Head the columns {', '.join(COLUMNS)}; further columns are carried through.",
    )


def _header(sheet: Sheet) -> int | None:
    """Return the row (from 0) of the headings."""
    for number, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        if {cell_key(cell) for cell in row} >= _NEEDED:
            return number
    return None


def _cases(sheet: Sheet, header: int) -> CaseTable:
    columns = tuple(cell.strip().lstrip("\ufeff") for cell in sheet.rows[header])
    keys = [cell_key(cell) for cell in columns]
    places = {name: keys.index(name) for name in COLUMNS if name in keys}
    rejected = Remarks(sheet.file, sheet.sheet)
    cases: list[Case] = []
    for number, cells in enumerate(sheet.rows[header + 1 :], header + 2):
        if not any(map(str.strip, cells)):
            continue
        if any(map(str.strip, cells[len(columns) :])):
            rejected.add(number, columns[places[COUNTRY]], _too_wide(), cells)
            continue
        padded = (*map(str, cells[: len(columns)]), *[""] * (len(columns) - len(cells)))
        said = {name: clean(padded[place]) for name, place in places.items()}
        cases.append(_case(number, padded, {name: "" if is_missing(text) else text for name, text in said.items()}))
    if not cases and not rejected.entries:
        raise NothingToRead(
            "There is no case under the headings.", where=Where(file=sheet.file), do="Give at least one row."
        )
    return CaseTable(columns, tuple(cases), rejected.table() if rejected.entries else REJECTED.empty_table())


def _too_wide() -> Message:
    return message(
        "The row has more cells than the heading, so that its values may stand in the wrong columns; "
        "a cell with the separating sign in it must stand in quotation marks."
    )


def _case(row: int, cells: tuple[str, ...], said: Mapping[str, str]) -> Case:
    country, year = find_country(said[COUNTRY]) if said[COUNTRY] else None, _year(said[YEAR])
    hs, wrong_codes = _codes(said.get(HS, ""))
    workforce, wrong_tags = _workforce(said.get(WORKFORCE, ""))
    return Case(
        row=row,
        cells=cells,
        country=country,
        region=said.get(REGION) or None,
        sector=said.get(SECTOR) or None,
        product=said.get(PRODUCT) or None,
        hs=hs,
        workforce=workforce,
        year=year,
        problems=tuple(_problems(said, country, year, wrong_codes, wrong_tags)),
    )


def _year(text: str) -> int | None:
    return int(text[:_YEAR_DIGITS]) if _YEAR.fullmatch(text) else None


def _codes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return HS codes of at most six digits, with the zero back that a spreadsheet takes away, and what is none."""
    parts = [part for each in _BETWEEN.split(text) if (part := re.sub(r"[.\s]", "", each))]
    good = [part.zfill(len(part) + len(part) % 2)[:6] for part in parts if part.isascii() and part.isdigit()]
    codes = tuple(dict.fromkeys(code for code in good if _CODE.fullmatch(code)))
    return codes, tuple(part for part in parts if not (part.isascii() and part.isdigit()))


def _workforce(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags that a cell names, by themselves or in other words, sorted, and what is not understood."""
    found: set[str] = set()
    unknown: list[str] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        tag = cell_key(part).replace(" ", "_").replace("-", "_")
        tags = frozenset({tag}) if tag in _TAGS else read_workforce(part, None)
        if tags is None:
            unknown.append(part)
        else:
            found |= tags
    return tuple(sorted(found)), tuple(unknown)


def _problems(
    said: Mapping[str, str], country: str | None, year: int | None, codes: Sequence[str], tags: Sequence[str]
) -> Iterator[Message]:
    if country is None and said[COUNTRY]:
        yield message("The country {text} is not known.", text=said[COUNTRY])
    if country is None and not said[COUNTRY]:
        yield message("No country is given.")
    if year is None:
        yield message("The year {text} is no year.", text=said[YEAR]) if said[YEAR] else message("No year is given.")
    for code in codes:
        yield message("{text} is no HS code.", text=code)
    for tag in tags:
        yield message("The workforce {text} is not understood.", text=tag)
