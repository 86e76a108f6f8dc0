"""`./run build input-columns`: write docs/reference/input-columns.md from column_names.yaml.

A test compares the page with what this makes, so that no column and no heading stays undocumented.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fairlead.read.words import LANGUAGES
from fairlead.reference import load_yaml

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "reference" / "input-columns.md"

LANGUAGE_NAMES: Final = {"en": "English", "ru": "Russian", "kk": "Kazakh", "fr": "French"}

HEAD: Final = """# Input columns

<!-- Written by `./run build input-columns` from src/fairlead/reference/data/column_names.yaml; do not edit. -->

These columns of a supplier list are understood, under these headings, in any order. Only the name is needed. Case,
dots, hyphens, underscores, accents, small typing errors and what stands in brackets do not matter, and a heading may
have further words around a known one ("Name of the supplier in 2025"). Headings may stand under titles, in merged
cells and in two rows.

A column whose heading is not known is recognised by what stands in it, where that is beyond doubt: countries,
currencies, amounts with a currency, coordinates, LEI, OS ID, CID, Kazakh BIN, and names with legal forms. What was
understood is written to `mapping.yaml`, where you can [correct it](../how-to/correct-the-column-mapping.md).

## What is done with the values

- **Countries** are known in the four languages, by ISO code and by common other names. A word that fits two countries
  ("Korea", "Congo") is left open and listed in `remarks.csv`. Where no column is the country, the end of the address
  may be.
- **Identifiers** are checked. One with a wrong check digit is kept, marked and listed. Zeros that a spreadsheet
  dropped in front are put back where that makes exactly one right number. Under a heading such as *Tax ID* the row's
  country says which scheme it is. For the numbers of Kyrgyzstan, Mongolia, Tajikistan and Turkmenistan and for the
  Uzbek STIR no check digit is published: their form is checked, and no more is claimed.
- **Amounts** are read by what the whole column shows: one `1 234,50` proves that the comma starts the decimals.
  `1,234` in a column that proves nothing, or both, is left open and listed. A currency is taken from the cell, from a
  column of currencies, or from the heading ("Spend, KZT"), in this order; "thousands" or "млн" in the heading
  multiplies. More than four decimals are rounded half to even.
- **Workers** are one number; ranges and estimates are left open and listed.
- **Labour provider** holds the agency's name, or yes and no.
- **Tier** is a number from 1 to 9, however it is written: `Tier 1`, `T2`, `1-й уровень`, `II`.
- **Latitude and longitude** are decimal degrees or degrees, minutes and seconds.

## What counts as a row

Titles, headings, a row that only numbers the columns, and wholly blank rows are no rows. Every other row is either
used or listed in `rejected.csv`: rows without a name, totals, repeated headings, headings over groups of rows, notes
under the table, and rows of a text file with more cells than the heading. Row numbers are those that a spreadsheet
shows.

## What is read

CSV and other delimited text in UTF-8, UTF-16, windows-1251, KZ-1048 and windows-1252; XLSX, XLS and ODS. A file is
read as what it is, whatever its name ends in. Every visible sheet with suppliers is read; empty and hidden ones are
listed. A file may have 256 MB, unpack to 1,024 MB and stretch over 20 million cells. A formula gives its last
computed value; one that was never computed is listed (in XLSX and ODS; an XLS file does not show it).
"""


def page() -> str:
    """Return the whole page."""
    table = load_yaml("column_names")
    parts = [HEAD, "## The columns\n"]
    parts += [_field(name, entry, table) for name, entry in table["fields"].items() if name != "longitude"]
    parts += [_field("longitude", table["fields"]["longitude"], table), _identifiers(table), _not_used(table)]
    return "\n".join(parts)


def _field(name: str, entry: dict[str, Any], table: dict[str, Any]) -> str:
    lines = [f"### {name}\n", f"{entry['meaning']}\n", "| language | headings |", "| --- | --- |"]
    lines += [f"| {LANGUAGE_NAMES[code]} | {_listed(entry[code])} |" for code in LANGUAGES]
    if name == "latitude":
        both = [word for code in LANGUAGES for word in table["both_coordinates"][code]]
        lines.append(f"| both coordinates in one column | {_listed(both)} |")
    return "\n".join(lines) + "\n"


def _identifiers(table: dict[str, Any]) -> str:
    lines = [
        "### identifiers\n",
        "A number that says who the supplier is; several columns may hold them. TAX, REG, VAT, INN, BIN-IIN and ID",
        "name no scheme: the row's country decides.\n",
        "| scheme | headings |",
        "| --- | --- |",
    ]
    lines += [f"| {scheme} | {_listed(words)} |" for scheme, words in table["identifiers"].items()]
    return "\n".join(lines) + "\n"


def _not_used(table: dict[str, Any]) -> str:
    lines = ["### Known and not used\n", "| language | headings |", "| --- | --- |"]
    lines += [f"| {LANGUAGE_NAMES[code]} | {_listed(table['not_used'][code])} |" for code in LANGUAGES]
    return "\n".join(lines) + "\n"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def main(arguments: Sequence[str]) -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0
