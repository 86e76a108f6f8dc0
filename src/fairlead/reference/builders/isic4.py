"""ISIC revision 4: sections (a letter), divisions (2 digits), groups (3) and classes (4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.builders.publisher_csv import publisher_rows
from fairlead.reference.load import Row

FILE: Final = "trade/isic4.csv"


def isic_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every code, with the code it belongs to; a division's parent is its section.

    The file lists each section before its divisions, which is how the section is known.
    """
    section = ""
    for entry in publisher_rows(files[FILE], file=FILE, needed=("code", "desc")):
        code = entry["code"]
        if code.isalpha():
            section = code
        parent = "" if code.isalpha() else section if len(code) == len("01") else code[:-1]
        yield {"code": code, "title": entry["desc"], "parent": parent, "source_id": "isic4"}


BUILDERS: Final = (Builder("isic4", ("code", "title", "parent"), (FILE,), isic_rows),)
