"""Supplier lists in, rows out: every row of every sheet is either used or rejected with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from fairlead.errors import InputError, MappingError, NoHeaderFound, NothingToRead, Where
from fairlead.model.assessment import InputFile
from fairlead.model.ids import content_id
from fairlead.model.message import message
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import FULL_ROW, PARTICULARS, REJECTED
from fairlead.read.columns import recognise
from fairlead.read.header import header_at
from fairlead.read.mapping import ColumnMapping, ColumnUse, SheetMapping
from fairlead.read.rejection import NAMES, RowJudge
from fairlead.read.remarks import Remarks
from fairlead.read.sheet import Sheet, column_letter
from fairlead.read.sheets import file_hash, list_files, read_sheets
from fairlead.read.values import UsableRow, Values
from fairlead.read.words import heading_key

_ADDRESS_SEPARATOR: Final = ", "
_PRODUCT_SEPARATOR: Final = "; "

#: Fields that are not repeated in every row of a cell that is merged downwards: adding them up would count them twice.
_ONCE: Final = frozenset({"spend", "workers"})


@dataclass(frozen=True)
class ReadResult:
    """What was read: rows (FULL_ROW), rejected rows and remarks on values (both REJECTED), the mapping, the files.

    Of each file `rows_in` is `rows_used` plus `rows_rejected`; wholly blank rows, titles and headings are not rows.
    """

    rows: pa.Table
    rejected: pa.Table
    remarks: pa.Table
    mapping: ColumnMapping
    inputs: tuple[InputFile, ...]


@dataclass(frozen=True)
class _ReadSheet:
    rows: pa.Table
    rejected: pa.Table
    remarks: pa.Table
    mapping: SheetMapping | None


def read_suppliers(
    paths: Sequence[Path],
    *,
    mapping: ColumnMapping | None = None,
    names: Mapping[Path, str] | None = None,
    progress: Progress | None = None,
) -> ReadResult:
    """Read supplier lists from files and folders.

    A sheet that `mapping` names is read as it says; the columns of the others are recognised. Rows come in the order
    of the paths, sheets and rows. `names` says what each file is called, where its path does not. Raises an
    `InputError` of `fairlead.errors` for what cannot be read, MappingError where the mapping does not fit the files,
    NoHeaderFound where a file has no sheet with suppliers.
    """
    progress = progress or Silent()
    files = list_files(paths)
    progress.start("Reading supplier lists", len(files))
    sheets: list[_ReadSheet] = []
    inputs: list[InputFile] = []
    hashes: dict[str, str] = {}
    called = [names.get(file, file.name) for file in files] if names else _names(files)
    for name, path in zip(called, files, strict=True):
        content = read_sheets(path, name=name)  # refuses a file that is too large before it is hashed
        sha256 = file_hash(path)
        twin = hashes.setdefault(sha256, name)
        read = _read_file(content, name, sha256, mapping) if twin == name else [_same_as(name, twin)]
        sheets += read
        used = sum(sheet.rows.num_rows for sheet in read)
        rejected = sum(sheet.rejected.num_rows for sheet in read)
        inputs.append(InputFile(name, sha256, "suppliers", used + rejected, used, rejected))
        progress.advance()
    _check_mapping_fits(mapping, set(called))
    return ReadResult(
        rows=pa.concat_tables([FULL_ROW.empty_table(), *(sheet.rows for sheet in sheets)]),
        rejected=pa.concat_tables([REJECTED.empty_table(), *(sheet.rejected for sheet in sheets)]),
        remarks=pa.concat_tables([REJECTED.empty_table(), *(sheet.remarks for sheet in sheets)]),
        mapping=ColumnMapping(sheets=tuple(sheet.mapping for sheet in sheets if sheet.mapping is not None)),
        inputs=tuple(inputs),
    )


def _names(files: Sequence[Path]) -> list[str]:
    """Return how each file is called: its name, with its folder where two have the same."""
    names = [file.name for file in files]
    return [f"{file.parent.name}/{file.name}" if names.count(file.name) > 1 else file.name for file in files]


def _read_file(content: Iterator[Sheet], name: str, sha256: str, mapping: ColumnMapping | None) -> list[_ReadSheet]:
    """Read every sheet of a file; sheets that are no lists are remarked on where another one is."""
    read: list[_ReadSheet] = []
    first_error: InputError | None = None
    seen: list[str] = []
    for sheet in content:
        seen.append(sheet.sheet)
        told = mapping.find(name, sheet.sheet) if mapping else None
        remarks = Remarks(name, sheet.sheet)
        if (told is not None and not told.read) or sheet.blank or (sheet.hidden and told is None):
            read.append(_not_read(sheet, remarks, told))
            continue
        try:
            used = _checked(told, sheet) if told else recognise(sheet)
        except NoHeaderFound as error:
            first_error = first_error or error
            filled = sum(1 for row in sheet.rows if any(cell.strip() for cell in row))
            remarks.add(
                0,
                "",
                message(
                    "The sheet was not read: no suppliers' names were found in its {count:number} rows.",
                    count=str(filled),
                ),
            )
            read.append(_empty(remarks, SheetMapping(file=name, sheet=sheet.sheet, read=False)))
            continue
        read.append(_read_sheet(sheet, used, remarks, sha256))
    _check_sheets_are_there(mapping, name, seen)
    if any(part.mapping is not None and part.mapping.read for part in read):
        return read
    raise first_error or NothingToRead(
        message("No sheet of the file holds anything that could be read."),
        where=Where(file=name),
        do=message("Give a file with a table of suppliers; unhide the sheet where it is hidden."),
    )


def _not_read(sheet: Sheet, remarks: Remarks, told: SheetMapping | None) -> _ReadSheet:
    if told is not None and not told.read:
        return _empty(remarks, told)
    if sheet.blank:
        remarks.add(0, "", message("The sheet is empty."))
        return _empty(remarks, None)
    remarks.add(0, "", message("The sheet is hidden and was not read; unhide it if it lists suppliers."))
    return _empty(remarks, SheetMapping(file=sheet.file, sheet=sheet.sheet, read=False))


def _empty(remarks: Remarks, mapping: SheetMapping | None) -> _ReadSheet:
    return _ReadSheet(FULL_ROW.empty_table(), REJECTED.empty_table(), remarks.table(), mapping)


def _same_as(name: str, twin: str) -> _ReadSheet:
    remarks = Remarks(name, "")
    remarks.add(0, "", message("The file is the same as {file}, byte for byte, and was read once.", file=twin))
    return _empty(remarks, None)


def _read_sheet(sheet: Sheet, mapping: SheetMapping, remarks: Remarks, sha256: str) -> _ReadSheet:
    for note in sheet.notes:
        heading = next((use.heading for use in mapping.columns if use.index == note.column), "")
        cells = sheet.rows[note.row - 1] if 0 < note.row <= len(sheet.rows) else ()
        remarks.add(note.row, heading, note.reason, cells)
    rejected = Remarks(sheet.file, sheet.sheet)
    judge = RowJudge(sheet, mapping)
    name_heading = next((use.heading for field in NAMES for use in mapping.uses(field)), "")
    first = header_at(sheet, mapping.header_rows).first
    usable: list[UsableRow] = []
    fill = _down_fills(sheet, mapping, first)
    for number, written in enumerate(sheet.rows[first - 1 :], first):
        cells = fill.get(number, written)
        if not any(cell.strip() for cell in written):
            continue
        reason = judge.reason(number, cells)
        if reason is None:
            usable.append(UsableRow(number, cells))
        else:
            rejected.add(number, name_heading, reason, written)
    return _ReadSheet(_rows(sheet, usable, mapping, remarks, sha256), rejected.table(), remarks.table(), mapping)


def _rows(sheet: Sheet, usable: Sequence[UsableRow], mapping: SheetMapping, remarks: Remarks, sha256: str) -> pa.Table:
    values = Values(usable, mapping, remarks)
    names, other_names = values.names()
    stated = values.countries()
    identifiers = values.identifiers(stated)
    countries = values.with_registration(stated, identifiers)
    spend, currencies = values.spend(countries)
    latitudes, longitudes = values.coordinates()
    providers, uses_provider = values.labour_providers()
    owners = values.owners()
    columns = {
        "row_id": [content_id("row", sha256, sheet.sheet, str(row.number)) for row in usable],
        "file": [sheet.file] * len(usable),
        "sheet": [sheet.sheet] * len(usable),
        "row": [row.number for row in usable],
        "name": names,
        "other_names": other_names,
        "kind": values.kinds(),
        "address": values.joined("address", _ADDRESS_SEPARATOR),
        "city": values.text("city"),
        "region": values.text("region"),
        "country": countries,
        "latitude": latitudes,
        "longitude": longitudes,
        "identifiers": identifiers,
        "product": values.joined("product", _PRODUCT_SEPARATOR),
        "hs": values.codes("hs"),
        "cpv": values.codes("cpv"),
        "isic": values.codes("isic"),
        "spend": spend,
        "currency": currencies,
        "tier": values.tiers(),
        "parent": [each[0]["name"] if each else None for each in owners],
        "owners": owners,
        "controller": values.text("controller"),
        "operator": values.text("operator"),
        "subcontracts_for": values.text("subcontracts_for"),
        "customer": values.text("customer"),
        "workers": values.workers(),
        "workforce": values.workforce(),
        "labour_provider": providers,
        "uses_labour_provider": uses_provider,
        "site": values.text("site"),
        "list_id": values.text("list_id"),
        "postcode": values.text("postcode"),
        "birth_date": values.birth_dates(),
        **{field: values.text(field) for field in PARTICULARS.names if field != "birth_date"},
    }
    return pa.table(columns, schema=FULL_ROW)


def _down_fills(sheet: Sheet, mapping: SheetMapping, first: int) -> dict[int, list[str]]:
    """Return the rows, by number, into which cells merged downwards are carried.

    A name merged over three rows is the name of all three. Amounts and workers stay in the first row.
    """
    once = {use.index for use in mapping.columns if _ONCE.intersection(use.fields)}
    filled: dict[int, list[str]] = {}
    for block in sheet.merged:
        if block.bottom == block.top or block.top < first - 1 or block.left in once or block.top >= len(sheet.rows):
            continue
        source = sheet.rows[block.top]
        if block.left >= len(source) or not source[block.left].strip():
            continue
        for index in range(block.top + 1, min(block.bottom + 1, len(sheet.rows))):
            row = filled.setdefault(index + 1, list(sheet.rows[index]))
            row.extend([""] * (block.left + 1 - len(row)))
            row[block.left] = row[block.left] or source[block.left]
    return filled


def _checked(told: SheetMapping, sheet: Sheet) -> SheetMapping:
    """Return the part of the user's mapping with its columns where the headings stand in this sheet.

    Raises MappingError where a heading is not in the heading rows, or a row is not in the sheet.
    """
    if any(row > len(sheet.rows) for row in told.header_rows):
        raise MappingError(
            message(
                "The mapping says that the headings stand in row {row}, and the sheet ends before it.",
                row=str(max(told.header_rows)),
            ),
            where=Where(file=sheet.file, sheet=sheet.sheet or None),
            do=message("Correct header_rows in the mapping."),
        )
    headings = [heading_key(heading.text) for heading in header_at(sheet, told.header_rows).headings]
    columns = tuple(_placed(use, headings, sheet, with_headings=bool(told.header_rows)) for use in told.columns)
    return SheetMapping.model_validate(told.model_dump() | {"columns": [use.model_dump() for use in columns]})


def _placed(use: ColumnUse, headings: Sequence[str], sheet: Sheet, *, with_headings: bool) -> ColumnUse:
    key = heading_key(use.heading)
    here = headings[use.index] if use.index < len(headings) else None
    if here == key or (here is not None and (not with_headings or not use.heading)):
        return use
    places = [index for index, heading in enumerate(headings) if heading == key]
    if len(places) == 1:
        return use.model_copy(update={"column": column_letter(places[0])})
    raise MappingError(
        message(
            "The mapping names the column “{column}”, which is not in the sheet.", column=use.heading or use.column
        ),
        where=Where(file=sheet.file, sheet=sheet.sheet or None, column=use.column),
        do=message(
            "Write its heading in the mapping as it stands in the sheet, and its letter where two have the same."
        ),
    )


def _check_sheets_are_there(mapping: ColumnMapping | None, file: str, seen: Sequence[str]) -> None:
    """Raise MappingError where the mapping is about a sheet that the file has not, so that a correction is not lost."""
    for part in mapping.sheets if mapping else ():
        if part.file == file and part.read and part.sheet not in seen:
            raise MappingError(
                message("The mapping is about a sheet that is not in the file."),
                where=Where(file=file, sheet=part.sheet or None),
                do=message("The file's sheets are: {sheets}.", sheets=", ".join(seen))
                if any(seen)
                else message("Leave the key “sheet” out."),
            )


def _check_mapping_fits(mapping: ColumnMapping | None, names: set[str]) -> None:
    """Raise MappingError where a mapping is given and none of its parts is about a file that was read."""
    if mapping is not None and mapping.sheets and not names.intersection(part.file for part in mapping.sheets):
        raise MappingError(
            message("The mapping is about {file}, which was not given.", file=mapping.sheets[0].file),
            do=message("Write the name of the file in the mapping, or give the file."),
        )
