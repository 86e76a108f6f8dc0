"""The files of the US Treasury's OFAC: names (SDN), other names (ALT) and addresses (ADD), joined by number.

The published files have no headings; -0- stands for nothing. Format: OFAC, "Specially Designated Nationals List data
formats & data schemas".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from fairlead.read.sheet import Sheet
from fairlead.screen.list_entry import Facts, clean, split_cell

_NULL: Final = "-0-"
_WEAK: Final = re.compile(r"\bweak\b", re.I)
_KNOWN_AS: Final = re.compile(r"[af]\.k\.a\. [‘'\"](.+?)[’'\"](?=[;.,]|$)")
_LABELLED: Final = re.compile(
    r"(?P<label>[A-Z][\w.,'() -]*?(?:No\.|Number|\bID|#|Code|USCC\)|IMO))\s+(?P<value>[A-Z0-9][A-Z0-9./ -]{4,})"
    r"(?:\((?P<country>[^()]+)\))?"
)
_BORN: Final = re.compile(r"(?:\bDOB|\bOrganization Established Date|\bVessel Year of Build) (.+)")
_IMO: Final = re.compile(r"\bIMO (\d{7})\b")
_PASSPORT: Final = re.compile(r"passport|national id|phone|fax|chinese (?:commercial|telegraphic) code", re.I)


class OfacFile(Enum):
    """Which of the three files it is, with the names of its columns as far as they are used."""

    NAMES = ("ent_num", "sdn_name", "sdn_type", "program", "title", "call_sign", "vess_type", "tonnage", "grt")
    OTHER_NAMES = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
    ADDRESSES = ("ent_num", "add_num", "address", "city_state", "country", "add_remarks")


_SDN_WIDTH: Final = 12
_FLAG, _REMARKS = 9, 11


def ofac_file(sheet: Sheet) -> OfacFile | None:
    """Return which file of OFAC a sheet is, by its headings or, without them, by its cells; None for anything else."""
    if not sheet.rows:
        return None
    first = [cell.strip().lower() for cell in sheet.rows[0]]
    for file in OfacFile:
        if tuple(first[: len(file.value)]) == file.value:
            return file
    if not (first[0].isdigit() and _NULL in {cell.strip() for row in sheet.rows[:20] for cell in row}):
        return None
    if len(first) == _SDN_WIDTH:
        return OfacFile.NAMES
    if len(first) == len(OfacFile.OTHER_NAMES.value) and first[2] in ("aka", "fka", "nka"):
        return OfacFile.OTHER_NAMES
    return OfacFile.ADDRESSES if len(first) == len(OfacFile.ADDRESSES.value) and first[1].isdigit() else None


def read_ofac(sheets: Mapping[OfacFile, Sequence[Sheet]]) -> list[Facts]:
    """Join the files; other names of a number that no file of names has make an entry of their own."""
    entries: dict[str, Facts] = {}
    for sheet in sheets.get(OfacFile.NAMES, ()):
        for locator, cells in _rows(sheet, _SDN_WIDTH):
            entries[cells[0]] = _names(cells, locator)
    for sheet in sheets.get(OfacFile.OTHER_NAMES, ()):
        for locator, cells in _rows(sheet, len(OfacFile.OTHER_NAMES.value)):
            entry = entries.setdefault(cells[0], Facts(entry_id=cells[0], locator=locator))
            (entry.weak_names if _WEAK.search(cells[4]) else entry.names).append(cells[3])
    for sheet in sheets.get(OfacFile.ADDRESSES, ()):
        for _, cells in _rows(sheet, len(OfacFile.ADDRESSES.value)):
            if (known := entries.get(cells[0])) is not None:
                known.addresses.append(", ".join(part for part in map(clean, cells[2:5]) if part))
                known.countries.append(cells[4])
    return list(entries.values())


def _rows(sheet: Sheet, width: int) -> list[tuple[str, list[str]]]:
    """Return place and cells of every row that begins with a number, cells added where a row is short."""
    return [
        (f"{sheet.file}:{number}", [cell.strip() for cell in cells] + [""] * (width - len(cells)))
        for number, cells in enumerate(sheet.rows, start=1)
        if cells and cells[0].strip().isdigit()
    ]


def _names(cells: Sequence[str], locator: str) -> Facts:
    remarks = clean(cells[_REMARKS])
    kind = "entity" if clean(cells[2]) == "" else cells[2]
    facts = Facts(entry_id=cells[0], names=[cells[1]], kind=kind, programme=cells[3], locator=locator)
    facts.weak_names = _KNOWN_AS.findall(remarks)
    facts.countries = [cells[_FLAG]]
    facts.reason = clean(cells[4]) if kind == "entity" else ""
    for part in split_cell(remarks):
        _add_number(facts, part)
        facts.born += _BORN.findall(part)
    return facts


def _add_number(facts: Facts, text: str) -> None:
    if imo := _IMO.search(text):
        facts.identifiers.append(("IMO", imo[1]))
    elif (found := _LABELLED.search(text)) and not _PASSPORT.search(found["label"]):
        facts.identifiers.append(("TAX" if "Tax" in found["label"] else "REG", found["value"].strip()))
        facts.countries.append(found["country"] or "")
