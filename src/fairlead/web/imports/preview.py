"""The tables of a preview: what a list would create, change, leave, and what nobody but a person can decide."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fairlead.model.message import Message, message
from fairlead.model.message_type import MESSAGE_TYPE
from fairlead.model.schemas import ROW
from fairlead.model.vocabulary import MatchState
from fairlead.read import ReadResult
from fairlead.resolve import KnownMatch, KnownParties
from fairlead.resolve.import_changes import How, PartyState, changes_of_import

_ROWS_OF_A_GROUP: Final = 2_000
#: Read into memory only as far as a page needs.
CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"
KNOWN, REVIEW, REJECTED, REMARKS = "known", "review", "rejected", "remarks"
#: What a person can look at, each in a file of its own.
TABLES: Final = (CREATED, CHANGED, UNCHANGED, KNOWN, REVIEW, REJECTED, REMARKS)
#: What committing needs besides.
_PARTS: Final = ("parties", "sites", "links", "members", "changes", "rows")

_TOO_LONG: Final = message("The name has more than 400 characters and is kept shortened.")
_LONGEST_NAME: Final = 400


@dataclass(frozen=True)
class Preview:
    """What was written: the counts that stand at the top of the page, and a hash of what would be done."""

    counts: Mapping[str, int]
    fingerprint: str


def write_preview(read: ReadResult, match: KnownMatch, known: KnownParties, folder: Path) -> Preview:
    """Write the tables of a preview into a folder."""
    changes = changes_of_import(match, known)
    rows = read.rows.select(ROW.names)  # what is said of persons besides is not kept
    place_of = _places(rows)
    remarks = pa.concat_tables([read.remarks, match.remarks, _shortened(rows)])
    told = {
        CREATED: _created(match, changes, place_of),
        CHANGED: _of_state(changes, PartyState.CHANGED, place_of),
        UNCHANGED: _of_state(changes, PartyState.UNCHANGED, place_of),
        KNOWN: _known(match, known),
        REVIEW: _review(match, place_of),
        REJECTED: read.rejected,
        REMARKS: remarks,
    }
    parts = (match.parties, match.sites, match.links, match.members, changes, rows)
    for name, table in (*told.items(), *zip(_PARTS, parts, strict=True)):
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=_ROWS_OF_A_GROUP, compression="zstd")
    contradicting = pc.sum(pc.equal(changes["how"], How.CONTRADICTS)).as_py() or 0
    counts = {
        "rows": sum(each.rows_in for each in read.inputs),
        "used": rows.num_rows,
        "recorded": len(match.recorded),
        **{name: table.num_rows for name, table in told.items()},
        CHANGED: len(pc.unique(told[CHANGED]["party_id"])),
        "fields": told[CHANGED].num_rows - contradicting,
        "contradicting": contradicting,
        "sites": match.sites.num_rows,
        "links": match.links.num_rows,
    }
    return Preview(counts, fingerprint(folder))


def fingerprint(folder: Path) -> str:
    """Return a hash of what a preview would do; two previews with the same one would do the same."""
    digest = hashlib.sha256()
    for name in (*_PARTS, REVIEW):
        digest.update((folder / f"{name}.parquet").read_bytes())
    return digest.hexdigest()


def part(folder: Path, name: str) -> pa.Table:
    """Return a whole table of a preview."""
    return pq.read_table(folder / f"{name}.parquet")


def page(folder: Path, name: str, first: int, count: int) -> tuple[list[dict[str, Any]], int]:
    """Return some rows of a table of a preview, and how many it has; only what is needed is read."""
    with pq.ParquetFile(folder / f"{name}.parquet") as file:
        total = file.metadata.num_rows
        groups = range(first // _ROWS_OF_A_GROUP, min((first + count - 1) // _ROWS_OF_A_GROUP + 1, file.num_row_groups))
        if first >= total or not groups:
            return [], total
        table = file.read_row_groups(list(groups))
        return table.slice(first - groups[0] * _ROWS_OF_A_GROUP, count).to_pylist(), total


def each_row(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield every row of a table of a preview."""
    with pq.ParquetFile(folder / f"{name}.parquet") as file:
        for batch in file.iter_batches(_ROWS_OF_A_GROUP):
            yield from batch.to_pylist()


# ---- the tables --------------------------------------------------------------------------------------------------


def _places(rows: pa.Table) -> Callable[[Sequence[str] | None], str]:
    """Return a function that says where the first of some rows stands: file, sheet and row."""
    columns = (rows[name].to_pylist() for name in ("row_id", "file", "sheet", "row"))
    place = {
        row_id: ", ".join(filter(None, (file, sheet, str(row))))
        for row_id, file, sheet, row in zip(*columns, strict=True)
    }

    def told(row_ids: Sequence[str] | None) -> str:
        found = [place[row_id] for row_id in row_ids or () if row_id in place]
        return found[0] + (f" (+{len(found) - 1})" if len(found) > 1 else "") if found else ""

    return told


def _created(match: KnownMatch, changes: pa.Table, place_of: Callable[[Sequence[str] | None], str]) -> pa.Table:
    created = changes.filter(pc.equal(changes["state"], PartyState.CREATED))["party_id"]
    order = {party_id: number for number, party_id in enumerate(created.to_pylist())}
    wanted = match.parties.filter(pc.is_in(match.parties["party_id"], value_set=created.combine_chunks()))
    rows = sorted(wanted.to_pylist(), key=lambda row: order[row["party_id"]])
    return pa.table(
        {
            "party_id": pa.array([row["party_id"] for row in rows], pa.string()),
            "name": pa.array([row["name"] for row in rows], pa.string()),
            "kind": pa.array([row["kind"] for row in rows], pa.string()),
            "country": pa.array([row["country"] for row in rows], pa.string()),
            "numbers": pa.array([_numbers(row) for row in rows], pa.string()),
            "place": pa.array([place_of(row["row_ids"]) for row in rows], pa.string()),
        }
    )


def _numbers(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{one['scheme'] or ''} {one['value']}".strip() for one in row["identifiers"] or ())


def _of_state(changes: pa.Table, state: PartyState, place_of: Callable[[Sequence[str] | None], str]) -> pa.Table:
    found = changes.filter(pc.equal(changes["state"], state))
    places = pa.array([place_of(row_ids) for row_ids in found["row_ids"].to_pylist()], pa.string())
    return found.drop_columns(["row_ids", "state"]).append_column("place", places)


def _known(match: KnownMatch, known: KnownParties) -> pa.Table:
    """Return the parties of the list that are known under another name or id, each with the reason."""
    found = match.matches.filter(pc.equal(match.matches["state"], MatchState.KNOWN))
    name_of = dict(zip(known.parties["party_id"].to_pylist(), known.parties["name"].to_pylist(), strict=True))
    names = pa.array([name_of.get(party_id) for party_id in found["known_party_id"].to_pylist()], pa.string())
    return found.drop_columns(["state"]).append_column("known_name", names)


def _review(match: KnownMatch, place_of: Callable[[Sequence[str] | None], str]) -> pa.Table:
    review = match.review
    for side in ("left", "right"):
        places = [place_of([row_id] if row_id else None) for row_id in review[f"{side}_row_id"].to_pylist()]
        review = review.append_column(f"{side}_place", pa.array(places, pa.string()))
    return review.drop_columns(["measures"])


def _shortened(rows: pa.Table) -> pa.Table:
    long = rows.filter(pc.greater(pc.utf8_length(rows["name"]), _LONGEST_NAME))
    told: list[Message] = [_TOO_LONG] * long.num_rows
    return pa.table(
        {
            **{name: long[name] for name in ("file", "sheet", "row")},
            "column": pa.array([""] * long.num_rows, pa.string()),
            "reason": pa.array([one.to_arrow() for one in told], MESSAGE_TYPE),
            "cells": pa.array([[name] for name in long["name"].to_pylist()], pa.list_(pa.string())),
        }
    )
