"""A look at a workbook's own XML before it is laid out in memory.

Two things are found in one pass: how far the used cells stretch, because a sheet with one cell at each end of its
million rows would fill the memory; and formulas that were never computed, which otherwise look like empty cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from fairlead.errors import FileTooLarge, UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read.archive import part_names, stream_part
from fairlead.read.limits import MAX_CELLS
from fairlead.read.sheet import column_index

_SHEET_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL_START: Final = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,4})([0-9]{1,10})[\"'][^>]*?(?<!/)>(?!</)"
)
_UNPLACED_CELL: Final = re.compile(rb"<(?:\w+:)?c(?![^>]*\sr\s*=)[\s>]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*[\"']([0-9]{1,10})[\"']")
_FORMULA_CELL: Final = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Za-z]{1,4})([0-9]{1,10})[\"'][^>]*?(?<!/)>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?f[\s>/](?:(?!</(?:\w+:)?c>).)*?</(?:\w+:)?c>",
    re.S,
)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]|<(?:\w+:)?is[\s>]")
_ENTITY: Final = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.I)
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_SHEET_TAG: Final = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)=\"([^\"]*)\"")

_LETTERS: Final = 3

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


class Formula(NamedTuple):
    """A formula without a value: row from 1, column from 0."""

    row: int
    column: int


def check_xlsx(path: Path, where: Where) -> dict[str, list[Formula]]:
    """Return the formulas without a value by sheet name; raise FileTooLarge where a sheet stretches too far."""
    titles = _sheet_titles(path, where)
    found: dict[str, list[Formula]] = {}
    for part in part_names(path, _SHEET_PART):
        formulas = _check_sheet(path, part, where)
        if formulas and part in titles:
            found[titles[part]] = formulas
    return found


def _check_sheet(path: Path, part: str, where: Where) -> list[Formula]:
    bottom = right = 0
    formulas: list[Formula] = []
    for piece in _whole_cells(stream_part(path, part, where)):
        if _ENTITY.search(piece):
            raise UnreadableFile(
                message("The workbook defines XML entities."), where=where, do=message("Save it anew as XLSX.")
            )
        cells = _CELL_START.findall(piece)
        rows = _ROW.findall(piece) if _UNPLACED_CELL.search(piece) else []
        right = max([right, *(_column(letters) + 1 for letters in {letters for letters, _ in cells})])
        bottom = max([bottom, *(int(row) for _, row in cells), *map(int, rows)])
        _check_cells(bottom, max(right, 1), where)
        if b"<f" in piece or b":f" in piece:
            formulas += [
                Formula(int(match[2]), _column(match[1]))
                for match in _FORMULA_CELL.finditer(piece)
                if not _VALUE.search(match[0])
            ]
    return formulas


def _column(letters: bytes) -> int:
    """Return the column of a reference; letters beyond the last column count as far beyond it."""
    return column_index(letters.decode()) if len(letters) <= _LETTERS else MAX_CELLS


def _whole_cells(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the chunks cut before a cell's start, so that no cell is split between two."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(data.rfind(b"<c "), data.rfind(b":c ") - 12)
        cut = cut if cut > 0 else len(data)
        rest = data[cut:]
        yield data[:cut]
    yield rest


def _check_cells(rows: int, columns: int, where: Where) -> None:
    if rows * columns > MAX_CELLS:
        raise FileTooLarge(
            message(
                "A sheet stretches over {rows:number} rows and {columns:number} columns; "
                "the limit is {cells:number} cells.",
                rows=str(rows),
                columns=str(columns),
                cells=str(MAX_CELLS),
            ),
            where=where,
            do=message("Delete what stands far below or beside the table, or save the table alone."),
        )


def _sheet_titles(path: Path, where: Where) -> dict[str, str]:
    """Return the name of each worksheet by its part in the archive."""
    targets = {}
    for tag in _RELATION.findall(_text(path, "xl/_rels/workbook.xml.rels", where)):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "").lstrip("/")
        targets[attributes.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    titles = {}
    for tag in _SHEET_TAG.findall(_text(path, "xl/workbook.xml", where)):
        attributes = dict(_ATTRIBUTE.findall(tag))
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if relation in targets:
            titles[targets[relation]] = _unescape(attributes.get("name", ""))
    return titles


def _text(path: Path, part: str, where: Where) -> str:
    if not part_names(path, re.compile(re.escape(part))):
        return ""
    return b"".join(stream_part(path, part, where)).decode("utf-8", "replace")


def _unescape(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def check_ods(path: Path, where: Where) -> dict[str, list[Formula]]:
    """Return the formulas without a value by sheet name; raise FileTooLarge where repeated cells stretch too far."""
    tables = _OdsTables(where)
    parser: Any = XMLPullParser(events=("start", "end"))
    try:
        for chunk in stream_part(path, "content.xml", where):
            if _ENTITY.search(chunk):
                raise UnreadableFile(
                    message("The workbook defines XML entities."), where=where, do=message("Save it anew as ODS.")
                )
            parser.feed(chunk)
            for event, element in parser.read_events():
                tables.start(element) if event == "start" else tables.end(element)
    except ParseError as error:
        raise UnreadableFile(
            message("The workbook is damaged: its content is not well-formed."),
            where=where,
            do=message("Open it in a spreadsheet program and save it anew."),
        ) from error
    return tables.formulas


class _OdsTables:
    """Follows the tables of an ODS document as its elements open and close."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self.formulas: dict[str, list[Formula]] = {}
        self._table = ""
        self._row = self._column = self._used_rows = self._used_columns = 0
        self._filled = False

    def start(self, element: Element) -> None:
        """Note a table or row that opens."""
        tag, attributes = element.tag, element.attrib
        if tag == f"{_TABLE}table":
            self._table = attributes.get(f"{_TABLE}name", "")
            self._row = self._used_rows = self._used_columns = 0
        elif tag == f"{_TABLE}table-row":
            self._column, self._filled = 0, False

    def end(self, element: Element) -> None:
        """Count a cell or row that closes, and forget it."""
        tag, attributes = element.tag, element.attrib
        if tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell(attributes, has_text=len(element) > 0)
        elif tag == f"{_TABLE}table-row":
            self._row += _repeated(attributes, "rows")
            if self._filled:
                self._used_rows = self._row
                _check_cells(self._used_rows, self._used_columns, self.where)
            element.clear()

    def _cell(self, attributes: dict[str, str], *, has_text: bool) -> None:
        valued = f"{_OFFICE}value-type" in attributes or has_text
        if f"{_TABLE}formula" in attributes and not valued:
            self.formulas.setdefault(self._table, []).append(Formula(self._row + 1, self._column))
        self._column += _repeated(attributes, "columns")
        if valued:
            self._filled = True
            self._used_columns = max(self._used_columns, self._column)


def _repeated(attributes: dict[str, str], what: str) -> int:
    text = attributes.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdigit() and len(text) < 8 else 1  # noqa: PLR2004 - a sheet has 1,048,576 rows
