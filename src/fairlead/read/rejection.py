"""Which rows of a list are no suppliers, and why; everything else is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from fairlead.model.message import Message, message
from fairlead.read.currency import is_currency_word
from fairlead.read.header import has_legal_form
from fairlead.read.heading import BETWEEN_ROWS
from fairlead.read.mapping import SheetMapping
from fairlead.read.sheet import Sheet
from fairlead.read.words import cell_key, cell_words, clean, is_missing, note_starts

_SAME_HEADINGS: Final = 0.6
_WIDE: Final = 3
_LONGEST_TOTAL: Final = 60
_BESIDE: Final = re.compile(r"\s*[/|]\s*")
#: The line on which somebody signs under a table.
_TO_SIGN: Final = re.compile("_{4,}")
_BRACKETS: Final = re.compile(r"\([^()]*\)")

#: Where a row's name may stand.
NAMES: Final = ("name", "other_names", "given_name", "surname")
#: What a real supplier has beside its name, and a line of totals or a note has not.
_OF_ITS_OWN: Final = ("identifiers", "address", "city", "country")

_TOO_WIDE: Final = message(
    "The row has more cells than the heading, so that its values may stand in the wrong columns; "
    "a name or address with the separating sign in it must stand in quotation marks."
)
_GROUP: Final = message("The row is a heading over a group of rows.")


class RowJudge:
    """Judges the rows of one sheet by its mapping."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping) -> None:
        # Of a heading in two rows either the whole or its lower part is repeated.
        self._headings = [
            frozenset((clean(use.heading).casefold(), clean(use.heading.split(BETWEEN_ROWS)[-1]).casefold()))
            for use in mapping.columns
        ]
        self._indexes = [use.index for use in mapping.columns]
        self._names = [use.index for field in NAMES for use in mapping.uses(field)]
        self._own = [use.index for field in _OF_ITS_OWN for use in mapping.uses(field)]
        self._width = _width(sheet, mapping)
        self._wide_blocks = _wide_blocks(sheet)
        self._tests: tuple[tuple[Callable[[Sequence[str]], bool], Message], ...] = (
            (self._repeats_headings, message("The row repeats the headings.")),
            (self._is_total, message("The row adds up others.")),
            (self._is_nameless, message("The row has no name.")),
            (self._is_note, message("The row is a note and no supplier.")),
        )

    def reason(self, number: int, cells: Sequence[str]) -> Message | None:
        """Return why a row, by its number in the spreadsheet, cannot be used; None where it can."""
        if self._width is not None and any(clean(cell) for cell in cells[self._width :]):
            return _TOO_WIDE
        if number in self._wide_blocks and self._filled(cells) <= 1:
            return _GROUP
        return next((reason for test, reason in self._tests if test(cells)), None)

    def _filled(self, cells: Sequence[str]) -> int:
        return len({clean(cell) for cell in cells if clean(cell)})

    def _repeats_headings(self, cells: Sequence[str]) -> bool:
        same = filled = 0
        for index, heading in zip(self._indexes, self._headings, strict=True):
            if "" not in heading:
                filled += 1
                same += index < len(cells) and clean(cells[index]).casefold() in heading
            if filled == 2 and not same:  # noqa: PLR2004 - two that differ: a row of data
                return False
        return filled > 1 and same >= _SAME_HEADINGS * filled

    def _is_nameless(self, cells: Sequence[str]) -> bool:
        names = [clean(cells[index]) for index in self._names if index < len(cells)]
        return not any(not is_missing(name) and any(map(str.isalnum, name)) for name in names)

    def _is_total(self, cells: Sequence[str]) -> bool:
        filled = [text for cell in cells if (text := clean(cell))]
        names = [clean(cells[index]) for index in self._names[:1] if index < len(cells)]
        says = any(_says_total(cell) for cell in (*filled[:1], *names))
        begins = not says and filled and _begins_with_total(filled[0]) and all(map(_is_figure, filled[1:]))
        return bool(says or begins) and not self._has_own(cells)

    def _is_note(self, cells: Sequence[str]) -> bool:
        if any(_TO_SIGN.search(cells[index]) for index in self._names if index < len(cells)):
            return True
        if self._has_own(cells) or self._filled(cells) > 1:
            return False
        text = next((clean(cell) for cell in cells if clean(cell)), "").casefold()
        return any(text.startswith(start) for start in note_starts()) and len(text) > 1

    def _has_own(self, cells: Sequence[str]) -> bool:
        own = (clean(cells[index]) for index in self._own if index < len(cells))
        return any(not is_missing(text) and not _says_total(text) for text in own)


def _width(sheet: Sheet, mapping: SheetMapping) -> int | None:
    """Return how many columns of a text file have a heading; None where rows may be wider than that.

    A workbook's cell stands where it was put. In a text file a row of too many cells is one that was cut in the wrong
    places, unless most rows are as wide: then the heading is too short.
    """
    width = max((use.index + 1 for use in mapping.columns if use.heading), default=0)
    if not sheet.text_file or not width:
        return None
    data = sheet.rows[max(mapping.header_rows, default=0) :]
    wider = sum(1 for row in data if len(row) > width and any(cell.strip() for cell in row[width:]))
    return width if wider * 2 <= len(data) else None


def _says_total(text: str) -> bool:
    """Whether a text is a word for totals, perhaps with a number or bracket after it, or in two languages."""
    if len(text) > _LONGEST_TOTAL:
        return False
    totals = cell_words("totals")
    parts = [cell_key(part).rstrip(" 0123456789.,:-–—").strip() for part in _BESIDE.split(_BRACKETS.sub(" ", text))]
    return all(part in totals for part in parts)


def _begins_with_total(text: str) -> bool:
    """Whether a text is a word for totals and a few more ("Всего по договорам: 15"), and no name with a legal form."""
    first = text.partition(" ")[0]
    return _says_total(first) and len(text) < _LONGEST_TOTAL and not has_legal_form(text)


def _is_figure(text: str) -> bool:
    """Whether a cell is what stands in a row of totals: a number or a currency."""
    return all(not any(map(str.isalpha, word)) or is_currency_word(word) for word in text.split())


def _wide_blocks(sheet: Sheet) -> frozenset[int]:
    """Return the rows, counted from 1, over which a block of three columns or more is merged."""
    return frozenset(
        row + 1
        for block in sheet.merged
        if block.right - block.left + 1 >= _WIDE
        for row in range(block.top, min(block.bottom + 1, len(sheet.rows)))
    )
