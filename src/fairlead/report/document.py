"""assessment.json: the whole assessment for programs, in one versioned shape, the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

import pyarrow as pa

from fairlead.model.message_type import MESSAGE_TYPE
from fairlead.report.case import Case
from fairlead.risk.axes import AxesTest
from fairlead.risk.indicators import Reported
from fairlead.risk.scale import Scale

#: The version of the document's shape: the first number rises when a reader must change, the second when not.
SCHEMA_VERSION: Final = "1.1"

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
        "beside_ratings": _beside(case),
        **{name: records(getattr(assessment, name)) for name in TABLES},
    }


def _beside(case: Case) -> Iterator[dict[str, Any]]:
    """Yield what stands beside each rating and is no part of it, in the order of the ratings."""
    columns = ["subject_id", "p", "p_low", "p_high"]
    for rating in case.assessment.ratings.select(columns).to_pylist():
        subject = rating["subject_id"]
        yield {
            "subject_id": subject,
            "two_axes": axes_document(case.axes(subject), case.reported.get(subject, {})),
            "scale": scale_document(case.scale(rating)),
        }


def axes_document(test: AxesTest, reported: Reported) -> dict[str, Any]:
    """Return the two-axis test as plain data, with the evidence for each indicator; `signs` is the answer in a word."""
    return {
        "signs": test.signs,
        "both": test.both,
        "involuntariness": test.involuntariness,
        "menace": test.menace,
        "either": test.either,
        "evidence": {str(one): ids for one, ids in reported.items()},
    }


def scale_document(scale: Scale) -> dict[str, Any]:
    """Return workers times probability with its range, null with the reason where it is not known."""
    return {
        "workers": scale.workers,
        "places": scale.places,
        "workers_times_p": scale.middle,
        "workers_times_p_low": scale.low,
        "workers_times_p_high": scale.high,
        "why_null": scale.why_null,
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
