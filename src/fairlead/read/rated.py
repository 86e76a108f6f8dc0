"""Reads a table of rated cases back, as `fairlead risk rate` wrote it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fairlead.errors import NoHeaderFound, NothingToRead, UnreadableFile, Where

#: The columns that a rating adds to a case; the other columns say which case it is.
ADDED: Final = ("p", "p_low", "p_high", "band", "data", "reasons")

_NEEDED: Final = ("p", "band", "data")

#: A reason ends with its factor in brackets.
_REASON: Final = re.compile(r"\s*(.+?) \((×[^()]+)\)")


@dataclass(frozen=True)
class RatedRow:
    """One rated case: its own cells by their columns, the rating (null without data), and the factors by sentence."""

    cells: Mapping[str, str]
    p: float | None
    p_low: float | None
    p_high: float | None
    band: str | None
    reasons: Mapping[str, str]


def read_rated(path: Path) -> tuple[RatedRow, ...]:
    """Return the rows of a rated table, in their order.

    Raises NothingToRead where there is no such file or no row, NoHeaderFound where the columns of a rating are missing,
    UnreadableFile where it is no CSV in UTF-8 or a probability is none.
    """
    where = Where(file=str(path))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except FileNotFoundError as error:
        raise NothingToRead("There is no such file.", where=where, do="Give the file that was written.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(
            f"It is not a CSV file in UTF-8 ({error}).", where=where, do="Give the file as fairlead risk rate wrote it."
        ) from error
    if not rows:
        raise NothingToRead("The file is empty.", where=where)
    header = rows[0]
    if absent := [name for name in _NEEDED if name not in header]:
        raise NoHeaderFound(
            f"The columns {', '.join(absent)} are not there, so these are no ratings.",
            where=where,
            do="Give a folder of fairlead assess or a file of fairlead risk rate.",
        )
    return tuple(_row(header, cells, number, path) for number, cells in enumerate(rows[1:], start=2))


def _row(header: list[str], cells: list[str], number: int, path: Path) -> RatedRow:
    if len(cells) != len(header):
        raise UnreadableFile(
            f"The row has {len(cells)} cells where the heading has {len(header)}.",
            where=Where(file=str(path), row=number),
            do="Give the file as fairlead risk rate wrote it.",
        )
    row = dict(zip(header, cells, strict=True))
    p, low, high = (_probability(row.get(name, ""), name, number, path) for name in ("p", "p_low", "p_high"))
    reasons = dict(_REASON.findall(row.get("reasons", "")))
    own = {name: cell for name, cell in row.items() if name not in ADDED}
    return RatedRow(own, p, low, high, row["band"] or None, reasons)


def _probability(text: str, column: str, number: int, path: Path) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UnreadableFile(
            f"“{text}” is not a probability.",
            where=Where(file=str(path), row=number, column=column),
            do="Give the file as fairlead risk rate wrote it.",
        )
    return value
