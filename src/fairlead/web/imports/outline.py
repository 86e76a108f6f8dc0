"""What stands in the sheets of uploaded files, for the page on which columns are corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from django.utils.translation import gettext as _
from pydantic import ValidationError

from fairlead.errors import InputError, MappingError, Where
from fairlead.read import ColumnUse, SheetMapping, read_sheets, recognise
from fairlead.read.header import Header, header_at
from fairlead.read.sheet import Sheet, column_letter
from fairlead.read.words import heading_key
from fairlead.web.imports.models import Import, KeptMapping
from fairlead.web.imports.storage import path_of
from fairlead.web.site.told import what_is_wrong

OUTLINE: Final = "outline.json"
#: How the columns of a sheet were understood.
CORRECTED, KEPT, RECOGNISED, NOT_UNDERSTOOD = "corrected", "kept", "recognised", "none"
_EXAMPLES: Final = 3
_LONGEST_EXAMPLE: Final = 60
_ROWS_LOOKED_AT: Final = 200
_MOST_COLUMNS: Final = 200
_TOP_ROWS: Final = 6
_TOP_CELLS: Final = 8
#: So many ways to place headings that were kept are tried.
_MOST_KEPT: Final = 20


@dataclass(frozen=True)
class ColumnOutline:
    """One column: its letter, its heading, a few of its values."""

    letter: str
    heading: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class SheetOutline:
    """One sheet. `by` says how its columns were understood: corrected, kept, recognised, or not at all."""

    file: str
    sheet: str
    rows: int
    hidden: bool
    read: bool
    by: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnOutline, ...]
    top: tuple[tuple[str, ...], ...]
    what: str = ""


def outline(one: Import) -> tuple[list[SheetOutline], list[SheetMapping]]:
    """Look at every sheet of an import's files; return their outlines, and how the columns are to be read.

    What a person corrected goes first, then what was corrected earlier under the same headings, then what is
    recognised. Raises an InputError for a file that cannot be read.
    """
    corrected = {(each["file"], each["sheet"]): each for each in one.corrected}
    kept = list(KeptMapping.objects.filter(organisation=one.organisation).order_by("-changed_at"))
    outlines, mappings = [], []
    for file in one.files.all():
        for sheet in read_sheets(path_of(file), name=file.name):
            if sheet.blank:
                continue
            by, mapping, what = _understood(sheet, corrected.get((sheet.file, sheet.sheet)), kept)
            outlines.append(_outline(sheet, by, mapping, what))
            mappings.append(mapping)
    return outlines, mappings


def write_outline(outlines: Sequence[SheetOutline], mappings: Sequence[SheetMapping], folder: Path) -> None:
    """Write outlines and mappings beside the tables of the preview."""
    content = [
        {**asdict(each), "mapping": mapping.model_dump(mode="json")}
        for each, mapping in zip(outlines, mappings, strict=True)
    ]
    (folder / OUTLINE).write_bytes(orjson.dumps(content))


def read_outline(folder: Path) -> list[dict[str, Any]]:
    """Return the outlines as `write_outline` wrote them; none where nothing was written."""
    path = folder / OUTLINE
    return list(orjson.loads(path.read_bytes())) if path.is_file() else []


def _understood(
    sheet: Sheet, corrected: Mapping[str, Any] | None, kept: Sequence[KeptMapping]
) -> tuple[str, SheetMapping, str]:
    if corrected is not None:
        return CORRECTED, _as_told(sheet, corrected), ""
    if sheet.hidden:
        return NOT_UNDERSTOOD, SheetMapping(file=sheet.file, sheet=sheet.sheet, read=False), ""
    if (remembered := _remembered(sheet, kept)) is not None:
        return KEPT, remembered, ""
    try:
        return RECOGNISED, recognise(sheet), ""
    except InputError as error:
        return NOT_UNDERSTOOD, SheetMapping(file=sheet.file, sheet=sheet.sheet, read=False), what_is_wrong(error)


def _as_told(sheet: Sheet, told: Mapping[str, Any]) -> SheetMapping:
    """Return a corrected mapping with the headings that stand in the heading rows it names."""
    rows = [row for row in told["header_rows"] if row <= len(sheet.rows)]
    headings = header_at(sheet, rows).headings
    columns = []
    for column in told["columns"]:
        use = ColumnUse.model_validate({**column, "heading": ""})
        if use.index < len(headings):
            columns.append(use.model_copy(update={"heading": headings[use.index].text}))
    try:
        return SheetMapping(
            file=sheet.file, sheet=sheet.sheet, read=told["read"], header_rows=tuple(rows), columns=tuple(columns)
        )
    except ValidationError as error:
        raise MappingError(
            _("What was said of the columns does not fit the sheet."),
            where=Where(file=sheet.file, sheet=sheet.sheet or None),
            do=_("Look at the columns again."),
        ) from error


def _remembered(sheet: Sheet, kept: Sequence[KeptMapping]) -> SheetMapping | None:
    by_rows: dict[tuple[int, ...], dict[str, KeptMapping]] = {}
    for each in kept:
        by_rows.setdefault(tuple(each.header_rows), {})[each.headings] = each
    for rows, mappings in list(by_rows.items())[:_MOST_KEPT]:
        if max(rows, default=0) > len(sheet.rows):
            continue
        found = mappings.get(headings_hash([heading.text for heading in header_at(sheet, rows).headings]) or "")
        if found is not None:
            told = {"header_rows": list(rows), "columns": found.columns, "read": True}
            return _as_told(sheet, told)
    return None


def headings_hash(headings: Sequence[str]) -> str | None:
    """Return what tells the headings of one list from those of another; None where there are none."""
    keys = [heading_key(heading) for heading in headings]
    while keys and not keys[-1]:
        keys.pop()
    return hashlib.sha256("\x1f".join(keys).encode()).hexdigest() if any(keys) else None


def keep_mapping(one: Import, mapping: SheetMapping, headings: Sequence[str]) -> None:
    """Keep how a sheet's columns were corrected, for the next list with the same headings."""
    key = headings_hash(headings)
    if key is None or not mapping.read:
        return
    columns = [use.model_dump(mode="json", exclude={"heading"}) for use in mapping.columns]
    KeptMapping.objects.update_or_create(
        organisation=one.organisation,
        headings=key,
        defaults={"header_rows": list(mapping.header_rows), "columns": columns},
    )


def _outline(sheet: Sheet, by: str, mapping: SheetMapping, what: str) -> SheetOutline:
    header = header_at(sheet, mapping.header_rows)
    filled = sum(1 for row in sheet.rows[header.first - 1 :] if any(cell.strip() for cell in row))
    return SheetOutline(
        file=sheet.file,
        sheet=sheet.sheet,
        rows=filled,
        hidden=sheet.hidden,
        read=mapping.read,
        by=by,
        header_rows=tuple(mapping.header_rows),
        columns=tuple(_columns(sheet, header)),
        top=tuple(tuple(_cut(cell) for cell in row[:_TOP_CELLS]) for row in sheet.rows[:_TOP_ROWS]),
        what=what,
    )


def _columns(sheet: Sheet, header: Header) -> Iterator[ColumnOutline]:
    rows = sheet.rows[header.first - 1 : header.first - 1 + _ROWS_LOOKED_AT]
    for index, heading in enumerate(header.headings[:_MOST_COLUMNS]):
        values = dict.fromkeys(_cut(row[index]) for row in rows if index < len(row) and row[index].strip())
        examples = tuple(values)[:_EXAMPLES]
        if heading.text or examples:
            yield ColumnOutline(column_letter(index), heading.text, examples)


def _cut(text: str) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"
