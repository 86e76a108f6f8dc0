"""A list of names screened as one public function: names and lists in, a file of hits with its companions out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from fairlead.assess.output import companion, files_beside, refuse_replacing
from fairlead.assess.screening_owners import screen_owners
from fairlead.engine import open_engine
from fairlead.language import Language
from fairlead.model.message import Message, message
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import REJECTED
from fairlead.read.names import NamedRow, NameList, read_names
from fairlead.read.ownership import read_ownership
from fairlead.report.changes import CHANGE_COLUMNS, change_cells
from fairlead.report.csv_tables import SET_ASIDE_COLUMNS, set_aside_cells
from fairlead.report.hits import HIT_COLUMNS, hit_cells
from fairlead.report.texts import Texts
from fairlead.screen import (
    RECORD,
    Changes,
    NameScreening,
    ScreeningRecord,
    WatchList,
    can_be_found,
    changes_since,
    make_record,
    read_lists,
    read_record,
    record_document,
    reference_lists,
    screen_names,
)
from fairlead.write import write_csv, write_json

#: What may lie beside the hits after a run.
COMPANIONS: Final = ("rejected.csv", "remarks.csv", "changes.csv", RECORD)
_REPEATED: Final = message("Several names have this id; each was screened by itself.")
_NAMES_NOBODY: Final = message("The row of the list names nobody.")


@dataclass(frozen=True)
class ScreeningRun:
    """What came of screening a file: the names, the lists, the hits, and what was set aside (both REJECTED).

    `rejected` are rows of names that were not screened and rows of lists that name nobody, `remarks` values and
    names that count less than they seem to. `own_lists` says whether the lists are the user's. `changes` are what is
    otherwise than in an earlier screening, where one was given.
    """

    names: NameList
    lists: tuple[WatchList, ...]
    screening: NameScreening
    rejected: pa.Table
    remarks: pa.Table
    own_lists: bool
    record: ScreeningRecord
    changes: Changes | None = None


def screen_file(
    names: Path,
    lists: Sequence[Path] = (),
    *,
    out: Path,
    as_of: date,
    language: str = "en",
    since: Path | None = None,
    ownership: Sequence[Path] = (),
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> ScreeningRun:
    """Screen the names of a file against lists and write the hits to `out` (CSV); see `report.hits` for its columns.

    Without `lists` those of the reference pack are taken. Beside `out`, which is HITS.csv here, come
    HITS.rejected.csv with what was not screened and HITS.remarks.csv with what was set aside, where there is any, and
    HITS.record.json, by which a later run sees what has changed. `since` is the file of hits of an earlier run, which
    may be `out` itself; HITS.changes.csv then says what is otherwise and why.
    Either all files appear or none changes. `engine` is one of `fairlead.engine.ENGINES`; each finds the same.
    `ownership` are files of BODS or GLEIF: listed owners are then hits of the names that they own or control.
    Raises an InputError for input that cannot be used, a ReportError where the files cannot be written.
    """
    progress = progress or Silent()
    reader = Language(language)
    refuse_replacing(out, [companion(out, what) for what in COMPANIONS], (names, *lists, *ownership))
    earlier = read_record(since) if since else None
    progress.start("Reading names")
    read = read_names(names)
    progress.start("Reading lists")
    watch_lists = read_lists(lists) if lists else reference_lists(as_of)
    with open_engine(engine) as opened:
        screening = screen_names(read.names, watch_lists, as_of=as_of, progress=progress, engine=opened)
    followed = None
    if ownership:
        progress.start("Following owners")
        owners = read_ownership(ownership)
        followed = screen_owners(read.names, screening, watch_lists, owners, as_of=as_of)
        screening = followed.screening
    record = make_record(read.names, watch_lists, screening.hits, as_of)
    run = ScreeningRun(
        names=read,
        lists=watch_lists,
        screening=screening,
        rejected=pa.concat_tables([read.rejected, _not_screened(read, screening), _nobody(watch_lists)]),
        remarks=pa.concat_tables(
            [
                read.remarks,
                _counting_less(read, screening),
                _not_to_be_found(watch_lists),
                *([followed.remarks] if followed else []),
            ]
        ),
        own_lists=bool(lists),
        record=record,
        changes=changes_since(earlier, record) if earlier else None,
    )
    progress.start("Writing the hits")
    _write(run, out, as_of, reader)
    return run


def _not_screened(read: NameList, screening: NameScreening) -> pa.Table:
    return _rows(read.file, "name", screening.not_screened)


def _counting_less(read: NameList, screening: NameScreening) -> pa.Table:
    repeated = set(read.repeated)
    twice = [(name, _REPEATED) for name in read.names if name.row_id in repeated]
    return pa.concat_tables([_rows(read.file, "name", screening.only_exact), _rows(read.file, "id", twice)])


def _rows(file: str, column: str, reasons: Iterable[tuple[NamedRow, Message]]) -> pa.Table:
    rows = [
        {
            "file": file,
            "sheet": name.sheet,
            "row": name.row,
            "column": column,
            "reason": reason.to_arrow(),
            "cells": list(name.cells),
        }
        for name, reason in reasons
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED)


def _nobody(lists: Sequence[WatchList]) -> pa.Table:
    return _listed((locator, _NAMES_NOBODY) for watch_list in lists for locator in watch_list.left_out)


def _not_to_be_found(lists: Sequence[WatchList]) -> pa.Table:
    entries = (entry for watch_list in lists for entry in watch_list.entries if not can_be_found(entry))
    return _listed(
        (
            entry.locator,
            message("The entry {name} cannot be found by its name, because it says too little.", name=entry.name),
        )
        for entry in entries
    )


def _listed(reasons: Iterable[tuple[str, Message]]) -> pa.Table:
    """Return REJECTED for places in lists, such as sdn.csv:12; other places, such as a key, stand in for the file."""
    rows: list[dict[str, Any]] = []
    for locator, reason in reasons:
        file, _, row = locator.rpartition(":")
        known = row.isdigit() and bool(file)
        place = {"file": file if known else locator, "row": int(row) if known else None}
        rows.append({**place, "sheet": "", "column": "", "reason": reason.to_arrow(), "cells": []})
    return pa.Table.from_pylist(rows, schema=REJECTED)


def _write(run: ScreeningRun, out: Path, as_of: date, language: Language) -> None:
    texts = Texts(language)
    with files_beside(out, [companion(out, what).name for what in COMPANIONS]) as folder:
        write_csv(folder / out.name, HIT_COLUMNS, hit_cells(run.screening.hits, as_of, language))
        for what, table in (("rejected.csv", run.rejected), ("remarks.csv", run.remarks)):
            if table.num_rows:
                path = folder / companion(out, what).name
                write_csv(path, SET_ASIDE_COLUMNS, set_aside_cells(table, texts))
        if run.changes is not None:
            write_csv(folder / companion(out, "changes.csv").name, CHANGE_COLUMNS, change_cells(run.changes, language))
        write_json(folder / companion(out, RECORD).name, record_document(run.record))
