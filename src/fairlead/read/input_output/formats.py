"""Finds out in which format an input-output table is, and reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fairlead.errors import UnreadableFile, Where
from fairlead.model.input_output import InputOutputTable
from fairlead.read.input_output.arrays import is_arrays, read_arrays
from fairlead.read.input_output.gloria import is_gloria, read_gloria
from fairlead.read.input_output.icio import is_icio, read_icio
from fairlead.read.input_output.parts import Parts, parts_of
from fairlead.read.input_output.pymrio_text import is_pymrio_text, read_pymrio_text
from fairlead.read.input_output.wiod import is_wiod, read_wiod

#: Each format: whether the files are in it, and what reads them.
_FORMATS: Final[tuple[tuple[Callable[[Parts], bool], Callable[[Parts, int | None], InputOutputTable]], ...]] = (
    (is_gloria, read_gloria),
    (is_pymrio_text, read_pymrio_text),
    (is_arrays, read_arrays),
    (is_wiod, read_wiod),
    (is_icio, read_icio),
)


def read_input_output(path: Path, year: int | None = None) -> InputOutputTable:
    """Read a table in one of the formats; `year` chooses where the files hold several, and names it where they do not.

    The formats: WIOD 2013 and 2016 (xlsx, xlsb, or a zip of them), arrays of numpy (npz with Z, F, x, c, i),
    OECD ICIO (csv, or a zip of them), EXIOBASE 3 and any table in the text format of pymrio (folder or zip), GLORIA
    (folder or zip, its ReadMe in it or beside it).
    Raises UnreadableFile when it is none of them, InvalidTable when it holds no sound table.
    """
    parts = parts_of(path)
    for is_format, read in _FORMATS:
        if is_format(parts):
            return read(parts, year)
    archives = parts.find(r".*\.zip")
    if archives:
        raise UnreadableFile(
            f"holds archives, such as {archives[0]}, and no table.",
            where=Where(file=parts.file),
            do="Give the archive of one table by itself; it need not be unpacked.",
        )
    raise UnreadableFile(
        "is not an input-output table in a format that is known.",
        where=Where(file=parts.file),
        do="Known are WIOD (xlsx, xlsb), OECD ICIO (csv), EXIOBASE 3 and GLORIA (folder or zip), pymrio's text format.",
    )
