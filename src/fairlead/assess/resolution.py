"""Duplicates found as one public function: lists in, a file that says which rows are one party out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.assess.output import companion, files_beside, refuse_replacing
from fairlead.engine import open_engine
from fairlead.language import Language
from fairlead.model.message import message
from fairlead.model.progress import Progress, Silent
from fairlead.model.schemas import PARTICULARS, REJECTED
from fairlead.model.vocabulary import PartyKind
from fairlead.read import ReadResult, read_mapping, read_suppliers, write_mapping
from fairlead.report.csv_tables import SET_ASIDE_COLUMNS, set_aside_cells
from fairlead.report.texts import Texts
from fairlead.resolve import WhoIsWho, who_is_who
from fairlead.resolve.judgements import read_judgements
from fairlead.write import write_csv, write_merged_ids, write_review
from fairlead.write.safe_cell import Value

CLUSTER_COLUMNS: Final = ("id", "party_id", "probability")
#: The doubtful pairs, beside the result under this name.
REVIEW_FILE: Final = "review.csv"
#: What may lie beside CLUSTERS.csv after a run, as CLUSTERS.rejected.csv and so on.
COMPANIONS: Final = ("rejected.csv", "remarks.csv", "mapping.yaml", "merged_ids.csv")

#: What review.csv shows of a record but of a person: these tell where somebody lives, or a number of theirs.
_NOT_OF_PERSONS: Final = ("address", "city", "identifiers")


@dataclass(frozen=True)
class ResolutionRun:
    """What came of looking for duplicates in files: what was read, who is who, and the id of every row, in order.

    `repeated` are the ids that several rows have; `remarks` (REJECTED) names those rows beside values set aside.
    """

    read: ReadResult
    resolved: WhoIsWho
    ids: tuple[str, ...]
    repeated: tuple[str, ...]
    remarks: pa.Table


def resolve_files(
    paths: Sequence[Path],
    *,
    out: Path,
    mapping: Path | None = None,
    judgements: Path | None = None,
    language: str = "en",
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> ResolutionRun:
    """Find out which rows of lists are the same party, and write `out` (CSV): id, party_id, probability.

    `paths` are files or folders, read as in `assess`; the result has one line for every row that was used, in their
    order. `id` is the list's own where it has one, else the file, the sheet where there are several, and the row.
    `probability` says how sure it is that the row belongs to its party (`resolve.membership`). Beside `out`, which is
    CLUSTERS.csv here, come review.csv with the doubtful pairs, CLUSTERS.mapping.yaml, and where there is any
    CLUSTERS.rejected.csv, CLUSTERS.remarks.csv and CLUSTERS.merged_ids.csv. Either all files appear or none changes.
    `engine` is one of `fairlead.engine.ENGINES`. Raises an InputError for input that cannot be used, a ReportError
    where the files cannot be written.
    """
    progress = progress or Silent()
    texts = Texts(Language(language))
    inputs = [*paths, *(path for path in (mapping, judgements) if path)]
    refuse_replacing(out, [out.with_name(REVIEW_FILE), *(companion(out, what) for what in COMPANIONS)], inputs)
    read = read_suppliers(paths, mapping=read_mapping(mapping) if mapping else None, progress=progress)
    judged = read_judgements(judgements) if judgements else None
    events = judged.history.events if judged else ()
    with open_engine(engine) as opened:
        resolved = who_is_who(read.rows, judgements=events, progress=progress, engine=opened)
    ids = tuple(_ids(read.rows))
    repeated = {row_id for row_id, count in Counter(ids).items() if count > 1}
    run = ResolutionRun(
        read,
        resolved,
        ids,
        tuple(sorted(repeated)),
        pa.concat_tables(
            [
                read.remarks,
                resolved.remarks,
                *([judged.remarks] if judged else []),
                _repeated_ids(read.rows, ids, repeated),
            ]
        ),
    )
    progress.start("Writing the result")
    _write(run, out, texts)
    return run


def _ids(rows: pa.Table) -> Iterator[str]:
    """Yield the id of every row: the list's own, else where it stands."""
    places = list(zip(*(rows[column].to_pylist() for column in ("list_id", "file", "sheet", "row")), strict=True))
    sheets: dict[str, set[str]] = {}
    for _, file, sheet, _ in places:
        sheets.setdefault(file, set()).add(sheet)
    for own, file, sheet, row in places:
        yield own or ":".join([file, *([sheet] if len(sheets[file]) > 1 else []), str(row)])


def _repeated_ids(rows: pa.Table, ids: Sequence[str], repeated: set[str]) -> pa.Table:
    places = rows.select(["file", "sheet", "row"]).to_pylist() if repeated else []
    reason = message("Several rows have this id; each has a line of its own in the result, in the order of the rows.")
    return pa.Table.from_pylist(
        [
            {**place, "column": "id", "reason": reason.to_arrow(), "cells": [row_id]}
            for place, row_id in zip(places, ids, strict=False)
            if row_id in repeated
        ],
        schema=REJECTED,
    )


def _write(run: ResolutionRun, out: Path, texts: Texts) -> None:
    with files_beside(out, [REVIEW_FILE, *(companion(out, what).name for what in COMPANIONS)]) as folder:
        write_csv(folder / out.name, CLUSTER_COLUMNS, _cells(run))
        write_review(folder / REVIEW_FILE, run.resolved.review, _shown(run.read.rows), texts)
        write_mapping(run.read.mapping, folder / companion(out, "mapping.yaml").name)
        for what, table in (("rejected.csv", run.read.rejected), ("remarks.csv", run.remarks)):
            if table.num_rows:
                write_csv(folder / companion(out, what).name, SET_ASIDE_COLUMNS, set_aside_cells(table, texts))
        if run.resolved.merged_ids.num_rows:
            write_merged_ids(folder / companion(out, "merged_ids.csv").name, run.resolved.merged_ids)


def _cells(run: ResolutionRun) -> Iterator[Sequence[Value]]:
    rows, members = run.read.rows["row_id"], run.resolved.members
    in_order = members.take(pc.index_in(rows, value_set=members["row_id"].combine_chunks()))
    parties, probabilities = in_order["party_id"].to_pylist(), in_order["probability"].to_pylist()
    yield from zip(run.ids, parties, probabilities, strict=True)


def _shown(rows: pa.Table) -> pa.Table:
    """Return the rows as review.csv may show them: of persons, only names."""
    person = pc.equal(rows["kind"], PartyKind.PERSON.value).fill_null(False)
    for column in PARTICULARS.names:
        person = pc.or_(person, rows[column].is_valid())
    for column in _NOT_OF_PERSONS:
        place, values = rows.schema.get_field_index(column), rows[column]
        rows = rows.set_column(place, rows.field(place), pc.if_else(person, pa.scalar(None, values.type), values))
    return rows
