"""What every format reader gives: a sheet of cells as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fairlead.model.message import Message


class Number(str):
    """A cell that the workbook stores as a number, written plainly with a point; it is text everywhere else.

    A stored number cannot be misread, whereas a text such as "1,234" can: `amount` needs to know which it has.
    """

    __slots__ = ()


class Merged(NamedTuple):
    """A merged block: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class CellNote:
    """Something that the format reader noticed; row counted from 1 (0: the sheet as a whole), column from 0."""

    row: int
    column: int | None
    reason: Message


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file, or the whole of a text file.

    `rows[0]` is the row that a spreadsheet calls 1; rows may differ in length, and blank ones are kept so that
    the numbers hold. `sheet` is empty for text files.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[str]]
    merged: tuple[Merged, ...] = ()
    notes: tuple[CellNote, ...] = ()
    hidden: bool = False
    text_file: bool = False

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for row in self.rows for cell in row)


def column_letter(index: int) -> str:
    """Return the letters by which a spreadsheet calls the column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column, counted from 0, that a spreadsheet calls by these letters.

    Raises ValueError where they are not one to three letters of A to Z.
    """
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):  # noqa: PLR2004 - XFD is the last column
        raise ValueError(f"{letters!r} is not the letter of a column")
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
