"""Workbooks: XLSX, XLS and ODS through python-calamine."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from fairlead.errors import UnreadableFile, Where
from fairlead.model.message import message
from fairlead.read import xls_child
from fairlead.read.archive import check_archive
from fairlead.read.format import Format, password_error
from fairlead.read.sheet import CellNote, Merged, Number, Sheet
from fairlead.read.workbook_parts import Formula, check_ods, check_xlsx

_FIFTEEN_DIGITS: Final = ".15g"
_MIDNIGHT: Final = dt.time()
_XLS_COLUMNS: Final = 256

#: Seconds after which an XLS workbook, which has 65,536 rows a sheet at most, is given up.
_LONGEST_XLS: Final = 120


def read_workbook(path: Path, name: str, kind: Format) -> Iterator[Sheet]:
    """Yield the worksheets of a workbook in their order, hidden and empty ones too.

    A formula gives the value that the workbook last computed; one that was never computed is noted. Raises
    FileTooLarge for a workbook that unpacks to too much, UnreadableFile for a damaged or protected one.
    """
    where = Where(file=name)
    if kind is Format.XLS:
        yield from _read_xls(path, name, where)
        return
    check_archive(path, where)
    formulas = check_xlsx(path, where) if kind is Format.XLSX else check_ods(path, where)
    try:
        # By content, not by path: the library would otherwise believe what the name ends in.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    hidden = meta.visible != SheetVisibleEnum.Visible
                    merged = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
                    rows = sheet.to_python(skip_empty_area=False)
                    yield _sheet(name, meta.name, hidden, rows, merged, formulas.get(meta.name, ()))
    except PasswordError as error:
        raise password_error(where) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(where) from error
    except BaseException as error:
        # A damaged file can make the library panic, which is no Exception in Python.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(where) from error


def _read_xls(path: Path, name: str, where: Where) -> Iterator[Sheet]:
    """Read an XLS workbook in a process of its own, because a damaged one can end the process that reads it."""
    try:
        child = subprocess.run(
            [sys.executable, "-P", xls_child.__file__, str(path.absolute())],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_XLS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _damaged(where) from error
    if child.returncode == xls_child.PASSWORD:
        raise password_error(where)
    if child.returncode != 0:
        raise _damaged(where)
    for sheet, hidden, rows, merged in pickle.loads(child.stdout):  # noqa: S301 - our own process wrote it
        if any(len(row) > _XLS_COLUMNS for row in rows[:1]):
            raise _damaged(where)
        yield _sheet(name, sheet, hidden, rows, merged, ())


def cell_text(value: object) -> str:
    """Return a cell as a person would read it: dates in ISO 8601, numbers to fifteen digits without noise.

    A workbook stores numbers as binary fractions; fifteen significant digits are what spreadsheet programs show
    and keep, so 1234.5000000000001 is 1234.5 and 1000.0 is 1000.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


@lru_cache(maxsize=65536)
def number_text(value: float) -> Number:
    """Write a stored number plainly: no exponent, no trailing zeros, at most fifteen significant digits."""
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - only NaN differs from itself
        return Number("")
    decimal = Decimal(format(value, _FIFTEEN_DIGITS))
    text = format(decimal, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Number("0" if text == "-0" else text)


def _sheet(
    file: str,
    name: str,
    hidden: bool,
    rows: Sequence[Sequence[object]],
    merged: Sequence[tuple[int, int, int, int]],
    formulas: Sequence[Formula],
) -> Sheet:
    notes = tuple(
        CellNote(
            formula.row,
            formula.column,
            message(
                "The formula in this cell was never computed, so the cell has no value. Open and save the workbook."
            ),
        )
        for formula in formulas
    )
    cells = [[cell_text(value) for value in row] for row in rows]
    return Sheet(file=file, sheet=name, rows=cells, merged=tuple(map(Merged._make, merged)), notes=notes, hidden=hidden)


def _damaged(where: Where) -> UnreadableFile:
    return UnreadableFile(
        message("The workbook is damaged."),
        where=where,
        do=message("Open it in a spreadsheet program and save it anew."),
    )
