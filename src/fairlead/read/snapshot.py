"""Reads an assessment back from a snapshot: Parquet tables and one JSON file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from fairlead.errors import NothingToRead, UnreadableFile, Where
from fairlead.model.assessment import (
    MERGED_IDS,
    SNAPSHOT,
    SNAPSHOT_TABLE,
    SNAPSHOT_VERSION,
    TABLES,
    Assessment,
    Edition,
    InputFile,
)
from fairlead.model.message import message
from fairlead.model.schemas import MERGED_ID

_AGAIN: Final = message("Take it from a backup, or assess again.")


def read_snapshot(folder: Path, tables: Collection[str] = tuple(TABLES)) -> Assessment:
    """Return the assessment that `write_snapshot` wrote into a folder; tables not named in `tables` come empty.

    Raises NothingToRead where there is none, UnreadableFile where it is damaged, was changed after it was written, or
    has a version that this program does not know.
    """
    path = folder / SNAPSHOT
    head = _head(path)
    try:
        return _assessment(head, folder, frozenset(tables))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile(
            message("The file does not have the shape of a snapshot ({reason}).", reason=repr(error)),
            where=Where(file=str(path)),
            do=_AGAIN,
        ) from error


def _head(path: Path) -> Mapping[str, Any]:
    where = Where(file=str(path))
    try:
        head = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NothingToRead(
            message("There is no {file} in “{folder}”.", file=SNAPSHOT, folder=str(path.parent)),
            do=message("Give a folder that holds a snapshot."),
        ) from error
    except OSError as error:
        raise UnreadableFile(
            message("The snapshot cannot be read ({reason}).", reason=str(error.strerror)), where=where
        ) from error
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(
            message("The snapshot is damaged ({reason}).", reason=str(error)), where=where, do=_AGAIN
        ) from error
    version = head.get("snapshot_version") if isinstance(head, dict) else None
    if version != SNAPSHOT_VERSION:
        raise UnreadableFile(
            message(
                "The snapshot has the version “{version}”; this program reads {known}.",
                version=str(version or ""),
                known=str(SNAPSHOT_VERSION),
            ),
            where=where,
            do=message("Read it with the program that wrote it."),
        )
    return head  # type: ignore[no-any-return]


def _assessment(head: Mapping[str, Any], folder: Path, wanted: frozenset[str]) -> Assessment:
    hashes = head["tables"]
    read = {
        name: _table(folder, name, schema, hashes[name]) if name in wanted else schema.empty_table()
        for name, schema in TABLES.items()
    }
    return Assessment(
        as_of=date.fromisoformat(head["as_of"]),
        program_version=head["program_version"],
        model_version=head["model_version"],
        inputs=tuple(InputFile(**entry) for entry in head["inputs"]),
        editions=tuple(Edition(**entry) for entry in head["editions"]),
        options=head["options"],
        merged_ids=_table(folder, MERGED_IDS, MERGED_ID, hashes[MERGED_IDS]) if MERGED_IDS in hashes else None,
        **read,
    )


def _table(folder: Path, name: str, schema: pa.Schema, sha256: str) -> pa.Table:
    """Return one table, which has to be the one that was written."""
    path = folder / SNAPSHOT_TABLE.format(table=name)
    where = Where(file=str(path))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            message("A table of the snapshot cannot be read ({reason}).", reason=str(error.strerror)),
            where=where,
            do=_AGAIN,
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnreadableFile(
            message("A table of the snapshot is not the one that was written."), where=where, do=_AGAIN
        )
    return pq.read_table(pa.BufferReader(content)).cast(schema)
