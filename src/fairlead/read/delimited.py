"""Text files: one record a line, cells apart by a comma, a semicolon, a tab or whatever the file uses."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fairlead.errors import UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read.encoding import decode
from fairlead.read.format import refuse_markup
from fairlead.read.heading import EXACT, read_heading
from fairlead.read.sheet import CellNote, Sheet
from fairlead.read.words import clean

#: In the order in which an equal score is decided; the signs after the pipe count only where every line has them.
_DELIMITERS: Final = (";", "\t", ",", "|", "\x1f", "¦", "^", "~", "§", "¬", "#", "!", ":", "$", "%", "*", "=", "&", "/")
_COMMON: Final = 4
_SAMPLE_RECORDS: Final = 200
_SEP_LINE: Final = re.compile(r"\ufeff?\"?sep=(.)\"?\s*?(\r\n|\r|\n)", re.I)
_HEADING_RECORDS: Final = 15
_ENOUGH_HEADINGS: Final = 2
_LONGEST_HEADING: Final = 80
_NO_DELIMITER: Final = "\x1e"


def read_delimited(path: Path, name: str) -> Iterator[Sheet]:
    """Yield the one sheet of a text file; quoted cells may hold line ends.

    A first line such as "sep=;" is obeyed and, as in a spreadsheet, is not a row. Raises UnreadableFile where
    the content is not text or is a web page, XML or JSON.
    """
    where = Where(file=name)
    decoded = decode(path.read_bytes(), where)
    refuse_markup(decoded.text, where)
    text = decoded.text
    if told := _SEP_LINE.match(text):
        delimiter, text = told.group(1), text[told.end() :]
    else:
        delimiter = find_delimiter(text)
    rows, mended = _records(text, delimiter, where)
    notes = [
        CellNote(row, None, message("A quotation mark opens here and is not closed; it was read as a plain sign."))
        for row in mended
    ]
    notes += [
        CellNote(
            0,
            None,
            message(
                "Line {line} holds a byte that is not {encoding}; it was replaced.", line=str(line), encoding="UTF-8"
            ),
        )
        for line in decoded.broken_lines
    ]
    yield Sheet(file=name, sheet="", rows=rows, notes=tuple(notes), text_file=True)


def find_delimiter(text: str) -> str:
    """Return the sign that cuts the text into cells.

    First counts by which sign the most known headings appear in one of the first records; two are enough. Else the
    first 200 records are cut by each candidate, and the sign that gives the most of them the same width of two or
    more wins, so that a comma inside names or decimals loses against the semicolon between cells. Where no sign
    cuts evenly the text has one column, and a sign that does not occur in it is returned.
    """
    best, best_score = _NO_DELIMITER, (0, 0.0, 0)
    for order, delimiter in enumerate(_DELIMITERS):
        if delimiter not in text:
            continue
        rows = [row for row in _sample(text, delimiter) if any(cell.strip() for cell in row)]
        if not rows:  # nothing but delimiters
            return delimiter
        score = _score(rows, common=order < _COMMON)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(rows: Sequence[Sequence[str]], *, common: bool) -> tuple[int, float, int]:
    """Return known headings, share of records of the usual width, and that width; nothing where it cannot be."""
    headings = max(_known_headings(row) for row in rows[:_HEADING_RECORDS])
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / len(rows)
    if headings >= _ENOUGH_HEADINGS and (common or share == 1):
        return (headings, round(share, 1), width)
    if share < (0.5 if common else 1) or (not common and len(rows) == 1) or not _heads_agree(rows, width):
        return (0, 0.0, 0)
    return (0, round(share, 1), min(width, 3) if share > 0.9 else 2)  # noqa: PLR2004 - nearly all records agree


def _known_headings(row: Sequence[str]) -> int:
    found = [read_heading(clean(cell)) for cell in row if len(cell) < _LONGEST_HEADING] if len(row) > 1 else []
    return len({heading.text for heading in found if heading.certainty == EXACT})


def _heads_agree(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first record, where the headings stand, is about as wide, or a title stands over the table.

    In a file of one column the heading has no delimiter although many of the values may.
    """
    first = len(rows[0])
    titled = first == 1 and width > 2 and any(len(row) == width for row in rows[1:10])  # noqa: PLR2004 - two may be a name
    return titled or (first > 1 and abs(first - width) <= max(1, width // 4))


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text[:400_000], newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return rows
    return rows


def _records(text: str, delimiter: str, where: Where) -> tuple[list[list[str]], list[int]]:
    """Cut the text into records; also return the rows whose quotation mark is never closed.

    An open mark would swallow all the lines that follow. It shows by a record that runs over several lines and
    has another width than its neighbours while its first line alone has the right one.
    """
    lines = io.StringIO(text, newline="").readlines()
    usual = _usual_width(text, delimiter)
    rows: list[list[str]] = []
    mended: list[int] = []
    start = 0
    while start < len(lines):
        start = _read_from(lines, start, delimiter, usual, rows, mended, where)
    return rows, mended


def _read_from(
    lines: list[str], start: int, delimiter: str, usual: int, rows: list[list[str]], mended: list[int], where: Where
) -> int:
    """Read records until the end or until a record had to be mended; return the line to go on from."""
    reader = csv.reader(_from(lines, start), delimiter=delimiter)
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            plain = _without_quotes(lines[start + before], delimiter)
            if len(plain) != usual:
                raise UnreadableFile(
                    message("A record cannot be read ({reason}).", reason=str(error)),
                    where=Where(file=where.file, row=len(rows) + 1),
                    do=message("Check the quotation marks in this row."),
                ) from error
            row = None
        else:
            if row is None:
                return len(lines)
            plain = []
            if reader.line_num - before > 1 and len(row) != usual:
                plain = _without_quotes(lines[start + before], delimiter)
        if len(plain) == usual:
            rows.append(plain)
            mended.append(len(rows))
            return start + before + 1
        assert row is not None
        rows.append(row)
        before = reader.line_num


def _from(lines: list[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        yield lines[index]


def _without_quotes(line: str, delimiter: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(delimiter)]


def _usual_width(text: str, delimiter: str) -> int:
    widths = Counter(len(row) for row in _sample(text, delimiter) if row)
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0] if widths else 1
