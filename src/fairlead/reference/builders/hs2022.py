"""The Harmonized System of 2022: chapters, headings and subheadings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fairlead.reference.builders.builder import Builder, Files
from fairlead.reference.builders.comtrade_json import comtrade_codes
from fairlead.reference.load import Row

FILE: Final = "trade/hs2022.json"

#: UN Comtrade's chapter for goods that nobody classified; the Harmonized System has no such chapter.
_NOT_HS: Final = "99"


def hs_rows(files: Files) -> Iterator[Row]:
    """Yield one row for every chapter (2 digits), heading (4) and subheading (6)."""
    for entry in comtrade_codes(files[FILE], file=FILE):
        if not entry["code"].startswith(_NOT_HS):
            yield {**entry, "source_id": "hs2022"}


BUILDERS: Final = (Builder("hs2022", ("code", "title", "parent"), (FILE,), hs_rows),)
