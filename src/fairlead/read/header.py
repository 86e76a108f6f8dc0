"""Where in a sheet the headings stand: under titles, in merged cells, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.errors import NoHeaderFound, Where
from fairlead.model.message import message
from fairlead.read.country import find_country
from fairlead.read.heading import CONTAINED, EXACT, Heading, combine, read_heading
from fairlead.read.sheet import Number, Sheet
from fairlead.read.words import NOT_USED, clean, legal_forms

ADVICE: Final = message(
    "Give the columns headings such as Name, Country, Address, and look whether this is the right file. On the command "
    "line a mapping file can say what the columns are."
)

#: How far down the headings are looked for.
_ROWS_SEARCHED: Final = 60
_ENOUGH: Final = 3.0
#: A row that names as many fields exactly holds the headings, whatever else stands in it.
_CERTAIN_FIELDS: Final = 3
_DIGITS: Final = re.compile(r"[0-9]{3,}|@|https?:")
_LONGEST: Final = 120


@dataclass(frozen=True)
class Header:
    """The rows of the headings, counted from 1, and what stands over each column; `first` is the first row of data."""

    rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    first: int


def find_header(sheet: Sheet) -> Header:
    """Find the headings of a sheet.

    Each of the first 60 rows is judged by how many of its cells are known headings, and by how little it looks like
    data; the best row is then joined with the one above or below where that makes more of it. Where no heading is
    known, the first row of words over the whole width is taken. Raises NoHeaderFound where there is none.
    """
    rows = [[clean(cell) for cell in row] for row in sheet.rows[:_ROWS_SEARCHED]]
    width = max((len(row) for row in sheet.rows), default=0)
    scores = [_score([read_heading(cell) for cell in row], row) for row in rows]
    best = max(range(len(rows)), key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] < _ENOUGH:
        best = _first_row_of_words(rows, sheet)
    filled = [_fill_merged(sheet, index, row, width) for index, row in enumerate(rows)]
    for pair in ((best, best + 1), (best - 1, best)):
        headings = _joined(sheet, rows, filled, pair)
        if headings is not None:
            return _header(sheet, (pair[0] + 1, pair[1] + 1), headings)
    return _header(sheet, (best + 1,), tuple(read_heading(cell) for cell in filled[best]))


def header_at(sheet: Sheet, rows: Sequence[int]) -> Header:
    """Return the headings that stand in the given rows, counted from 1; none where no row is given."""
    width = max((len(row) for row in sheet.rows), default=0)
    filled = [
        _fill_merged(sheet, row - 1, [clean(cell) for cell in sheet.rows[row - 1]], width)
        for row in rows
        if 1 <= row <= len(sheet.rows)
    ]
    if not filled:
        return Header((), tuple(Heading("", None) for _ in range(width)), 1)
    headings = [read_heading(cell) for cell in filled[0]]
    for lower in filled[1:]:
        headings = [combine(over.text, under) for over, under in zip(headings, lower, strict=True)]
    return _header(sheet, tuple(rows), tuple(headings))


def looks_like_data(cell: str) -> bool:
    """Whether a cell is rather a value than a heading: a number, a country, a long text, a name with a legal form."""
    if isinstance(cell, Number) or _DIGITS.search(cell) or len(cell) > _LONGEST:
        return True
    if len(cell) > 3 and find_country(cell) is not None:  # noqa: PLR2004 - a short word may be a code
        return True
    return has_legal_form(cell)


def has_legal_form(cell: str) -> bool:
    """Whether one of the words of a cell is a legal form such as ТОО, LLP or GmbH."""
    forms = legal_forms()
    return any(word.strip("«»\"“”'(),;").casefold() in forms for word in cell.split()) and len(cell.split()) > 1


def _score(headings: Sequence[Heading], row: Sequence[str]) -> float:
    """Judge one row: three points for each field named exactly, one for each contained, less for values."""
    fields: dict[str, float] = {}
    known = 0.0
    for heading, cell in zip(headings, row, strict=True):
        if not cell or heading.field is None or isinstance(cell, Number):
            continue
        points = {EXACT: 3.0, CONTAINED: 1.0}.get(heading.certainty, 1.0)
        if heading.field == NOT_USED:
            known += points / 3
        else:
            fields[heading.field] = max(fields.get(heading.field, 0), points)
    values = sum(1 for heading, cell in zip(headings, row, strict=True) if cell and _is_value(heading, cell))
    if not fields or (max(fields.values()) < 3 and len(fields) < 3):  # noqa: PLR2004 - one name, or three guesses
        return 0.0
    named = sum(fields.values())
    if sum(1 for points in fields.values() if points >= 3) >= _CERTAIN_FIELDS:  # noqa: PLR2004 - named exactly
        # Numbered questions ("Q101") are not counted against a row of headings that are beyond doubt.
        return named + min(known, 3.0) - min(2.0 * values, named / 2)
    return named + min(known, 3.0) - 2.0 * values


def _is_value(heading: Heading, cell: str) -> bool:
    return heading.certainty < EXACT and looks_like_data(cell)


def _first_row_of_words(rows: Sequence[Sequence[str]], sheet: Sheet) -> int:
    """Return the first row of two cells or more that are all words and all different, over rows with values."""
    for index, row in enumerate(rows):
        cells = [cell for cell in row if cell]
        below = [cell for later in rows[index + 1 : index + 6] for cell in later if cell]
        if len(cells) < 2:  # noqa: PLR2004 - a title
            continue
        if len(set(cells)) == len(cells) and not any(map(looks_like_data, cells)) and any(map(looks_like_data, below)):
            return index
        break
    raise NoHeaderFound(
        message("No row looks like the headings of a table."),
        where=Where(file=sheet.file, sheet=sheet.sheet or None),
        do=ADVICE,
    )


def _fill_merged(sheet: Sheet, index: int, row: list[str], width: int) -> list[str]:
    """Return the row as wide as the sheet, each merged block's text in all of the block's columns."""
    filled = row + [""] * (width - len(row))
    for block in sheet.merged:
        if block.top <= index <= block.bottom and block.top < len(sheet.rows):
            source = sheet.rows[block.top]
            text = clean(source[block.left]) if block.left < len(source) else ""
            for column in range(block.left, min(block.right + 1, width)):
                filled[column] = filled[column] or text
    return filled


def _joined(
    sheet: Sheet, rows: Sequence[list[str]], filled: Sequence[list[str]], pair: tuple[int, int]
) -> tuple[Heading, ...] | None:
    """Return the headings of two rows read together, or None where the one row says as much."""
    upper, lower = pair
    if upper < 0 or lower >= len(rows):
        return None
    below = [cell for cell in rows[lower] if cell]
    if not below or any(map(_cannot_head, below)) or len([cell for cell in rows[upper] if cell]) < 2:  # noqa: PLR2004
        return None
    over = filled[upper] if sheet.merged else _carried_right(filled[upper], filled[lower])
    headings = tuple(combine(top, bottom) for top, bottom in zip(over, filled[lower], strict=True))
    singles = [[read_heading(cell) for cell in filled[index]] for index in pair]
    alone = max(_named(headings_of_one) for headings_of_one in singles)
    enough = _named(headings) >= alone if _merged_over(sheet, upper) else _named(headings) > alone
    return headings if enough else None


def _merged_over(sheet: Sheet, upper: int) -> bool:
    """Whether a cell of the row is merged with others to the right or below, as headings of groups are."""
    return any(block.top == upper and (block.bottom > upper or block.right > block.left) for block in sheet.merged)


def _cannot_head(cell: str) -> bool:
    return looks_like_data(cell) and read_heading(cell).certainty < EXACT and not read_heading(cell).currency


def _carried_right(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Carry a heading right over the empty cells that have a heading of their own below, as merging would."""
    carried, last = [], ""
    for top, bottom in zip(upper, lower, strict=True):
        last = top or (last if bottom else "")
        carried.append(last)
    return carried


def _named(headings: Sequence[Heading]) -> int:
    """Count the columns whose field is known, less the ones that repeat a field that can stand only once."""
    fields = [
        heading.field
        for heading in headings
        if heading.field not in (None, NOT_USED) and heading.certainty >= CONTAINED
    ]
    many = ("identifiers", "other_names", "address", "product", "workforce")
    return (
        len({field for field in fields if field not in many})
        + sum(1 for field in fields if field in many)
        + sum(1 for heading in headings if heading.field == "spend" and heading.currency)
    )


def _header(sheet: Sheet, rows: tuple[int, ...], headings: tuple[Heading, ...]) -> Header:
    """Make the header; a row that only numbers the columns, as official forms have, belongs to it."""
    first = rows[-1] + 1
    if first <= len(sheet.rows):
        cells = [clean(cell) for cell in sheet.rows[first - 1] if clean(cell)]
        if len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]:  # noqa: PLR2004
            first += 1
    return Header(rows, headings, first)
