"""Reads an assessment back from the results folder that `fairlead assess` wrote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa

from fairlead.errors import FileTooLarge, NothingToRead, UnreadableFile, Where
from fairlead.model.assessment import DOCUMENT, SNAPSHOT, TABLES, Assessment, Edition, InputFile
from fairlead.read.limits import MEGABYTE
from fairlead.read.snapshot import read_snapshot

#: What ratings are read from.
OF_RATINGS: Final = frozenset({"parties", "links", "evidence", "ratings"})

#: The first number of the document's version that is understood.
_VERSION: Final = "1"

#: The document of 100,000 suppliers has about 800 MB; more does not fit an ordinary machine beside its tables.
_MOST_BYTES: Final = 2000 * MEGABYTE

_Convert = Callable[[Any], Any]


def read_assessment(folder: Path, tables: Collection[str] = tuple(TABLES)) -> Assessment:
    """Return the assessment whose results lie in a folder; tables that are not named in `tables` come empty.

    `folder` may also be the path of its assessment.json, or a folder with a snapshot. Raises NothingToRead where there
    is none, UnreadableFile where it is damaged or of a version that this program does not know, FileTooLarge above
    2000 MB.
    """
    if not (folder / DOCUMENT).exists() and (folder / SNAPSHOT).exists():
        return read_snapshot(folder, tables)
    path = folder if folder.name == DOCUMENT else folder / DOCUMENT
    document = _document(path)
    try:
        return _assessment(document, frozenset(tables))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, pa.ArrowException) as error:
        raise UnreadableFile(
            f"The document does not have the shape of an assessment ({error!r}).",
            where=Where(file=str(path)),
            do="Run fairlead assess again.",
        ) from error


def _document(path: Path) -> Mapping[str, Any]:
    where = Where(file=str(path))
    again = "Run fairlead assess again."
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise FileTooLarge(
                f"The document has {size / MEGABYTE:,.0f} MB; the limit is {_MOST_BYTES // MEGABYTE} MB.",
                where=where,
                do="Assess the list in parts.",
            )
        document = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NothingToRead(
            f"There is no {DOCUMENT} in “{path.parent}”.", do="Give the folder that fairlead assess wrote with --out."
        ) from error
    except OSError as error:
        raise UnreadableFile(f"The document cannot be read ({error.strerror}).", where=where) from error
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"The document is damaged ({error}).", where=where, do=again) from error
    version = str(document.get("schema_version", "")) if isinstance(document, dict) else ""
    if version.partition(".")[0] != _VERSION:
        raise UnreadableFile(
            f"The document has the version “{version}”; this program reads {_VERSION}.", where=where, do=again
        )
    return document  # type: ignore[no-any-return]


def _assessment(document: Mapping[str, Any], wanted: frozenset[str]) -> Assessment:
    return Assessment(
        as_of=date.fromisoformat(document["as_of"]),
        program_version=document["program_version"],
        model_version=document["model_version"],
        inputs=tuple(InputFile(**entry) for entry in document["inputs"]),
        editions=tuple(Edition(**entry) for entry in document["editions"]),
        options=document["options"],
        **{name: _table(document[name] if name in wanted else [], schema) for name, schema in TABLES.items()},
    )


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return plain objects as a table: objects become maps again, texts the decimals that they were."""
    columns = []
    for field in schema:
        values = [row[field.name] for row in rows]
        convert = _converter(field.type)
        if convert is not None:
            values = [None if value is None else convert(value) for value in values]
        columns.append(pa.array(values, field.type))
    return pa.table(columns, schema=schema)


def _converter(kind: pa.DataType) -> _Convert | None:
    """Return what turns a value of the document into one that the Arrow type takes; None where it is that already."""
    if pa.types.is_decimal(kind):
        return Decimal
    if pa.types.is_map(kind):
        return lambda value: sorted(value.items())
    if pa.types.is_list(kind):
        inner = _converter(kind.value_type)
        return None if inner is None else lambda values: [inner(value) for value in values]
    if pa.types.is_struct(kind):
        parts = {field.name: _converter(field.type) for field in kind}
        needed = {name: convert for name, convert in parts.items() if convert is not None}
        return (lambda value: _struct(value, needed)) if needed else None
    return None


def _struct(value: Mapping[str, Any], needed: Mapping[str, _Convert]) -> dict[str, Any]:
    return {
        name: needed[name](given) if name in needed and given is not None else given for name, given in value.items()
    }
