"""assessment.json: the whole assessment for programs, in one versioned shape, the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa

from fairlead.model.message import MESSAGE_TYPE
from fairlead.report.case import Case

#: The version of the document's shape: the first number rises when a reader must change, the second when not.
SCHEMA_VERSION: Final = "1.0"

#: The tables of the document and where an assessment has them.
TABLES: Final = (
    "actions",
    "classification",
    "evidence",
    "links",
    "parties",
    "ratings",
    "rejected",
    "remarks",
    "review",
    "rows",
    "sites",
)

_BATCH: Final = 4096

Convert = Callable[[Any], Any]


def document(case: Case, coverage: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document; its tables are iterators, to be written row by row."""
    assessment = case.assessment
    return {
        "schema_version": SCHEMA_VERSION,
        "program_version": assessment.program_version,
        "model_version": assessment.model_version,
        "as_of": assessment.as_of,
        "options": dict(assessment.options),
        "inputs": [asdict(file) for file in assessment.inputs],
        "editions": [asdict(edition) for edition in assessment.editions],
        "coverage": dict(coverage),
        "order": list(case.order),
        **{name: records(getattr(assessment, name)) for name in TABLES},
    }


def records(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as plain objects; maps become objects, messages template and values."""
    converts = {field.name: converter(field.type) for field in table.schema}
    needed = {name: convert for name, convert in converts.items() if convert is not None}
    for batch in table.to_batches(max_chunksize=_BATCH):
        for row in batch.to_pylist():
            for name, convert in needed.items():
                if row[name] is not None:
                    row[name] = convert(row[name])
            yield row


def converter(kind: pa.DataType) -> Convert | None:
    """Return what turns a value of an Arrow type into plain JSON; None where it is that already."""
    if kind == MESSAGE_TYPE:
        return lambda value: {"template": value["template"], "values": dict(value["values"] or ())}
    if pa.types.is_map(kind):
        return dict
    if pa.types.is_list(kind):
        inner = converter(kind.value_type)
        return None if inner is None else lambda values: [inner(value) for value in values]
    if pa.types.is_struct(kind):
        parts = {field.name: converter(field.type) for field in kind}
        needed = {name: convert for name, convert in parts.items() if convert is not None}
        return (lambda value: _converted(value, needed)) if needed else None
    return None


def _converted(value: dict[str, Any], needed: Mapping[str, Convert]) -> dict[str, Any]:
    for name, convert in needed.items():
        if value[name] is not None:
            value[name] = convert(value[name])
    return value
