"""The JSON Schema of assessment.json, made from the tables' Arrow schemas and the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from fairlead.model import schemas, vocabulary
from fairlead.model.message_type import MESSAGE_TYPE
from fairlead.plan.table import StepKind
from fairlead.report.document import SCHEMA_VERSION
from fairlead.risk.axes import Axis, Signs
from fairlead.risk.scale import NoScale

_ID: Final = "https://json-schema.org/draft/2020-12/schema"

_TABLES: Final[Mapping[str, tuple[pa.Schema, str]]] = {
    "actions": (schemas.ACTION, "Proposed steps for the suppliers at the top of the work list."),
    "classification": (schemas.CLASSIFICATION, "The good and sector recognised for each row."),
    "evidence": (schemas.EVIDENCE, "Everything that is known, one finding a row, with its source."),
    "links": (schemas.LINK, "Who supplies, recruits for or owns whom; to_id is null where the receiver is not known."),
    "parties": (schemas.PARTY, "Suppliers, labour providers, owners and customers."),
    "ratings": (schemas.RATING, "A rating for each party; its terms add up to the log-odds of p."),
    "rejected": (schemas.REJECTED, "Rows that could not be used, with their cells."),
    "remarks": (schemas.REJECTED, "Values that were set aside although their row was used."),
    "review": (schemas.REVIEW, "Pairs of records that may be one party; a person decides."),
    "rows": (schemas.ROW, "The rows that were used, as they were read."),
    "sites": (schemas.SITE, "Places where parties work."),
}

#: Columns whose values are a closed list of words.
_CLOSED: Final[Mapping[tuple[str, str], type[StrEnum]]] = {
    ("parties", "kind"): vocabulary.PartyKind,
    ("rows", "kind"): vocabulary.PartyKind,
    ("sites", "kind"): vocabulary.SiteKind,
    ("links", "kind"): vocabulary.LinkKind,
    ("evidence", "subject_kind"): vocabulary.SubjectKind,
    ("evidence", "indicator"): vocabulary.Indicator,
    ("evidence", "polarity"): vocabulary.Polarity,
    ("evidence", "asserted_by"): vocabulary.AssertedBy,
    ("evidence", "verified_by"): vocabulary.AssertedBy,
    ("evidence", "visibility"): vocabulary.Visibility,
    ("ratings", "band"): vocabulary.Band,
    ("ratings", "data"): vocabulary.DataState,
    ("actions", "kind"): StepKind,
    ("actions", "state"): vocabulary.ActionState,
}

#: Columns that are never null.
_NEVER_NULL: Final = frozenset(
    {
        ("actions", "action_id"),
        ("actions", "subject_id"),
        ("classification", "row_id"),
        ("evidence", "evidence_id"),
        ("evidence", "finding"),
        ("evidence", "subject_id"),
        ("links", "from_id"),
        ("links", "kind"),
        ("links", "link_id"),
        ("parties", "kind"),
        ("parties", "name"),
        ("parties", "party_id"),
        ("ratings", "data"),
        ("ratings", "subject_id"),
        ("rows", "row_id"),
        ("sites", "party_id"),
        ("sites", "site_id"),
    }
)

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document of this version."""
    properties = {**_head(), **{name: _table(name) for name in _TABLES}}
    return {
        "$schema": _ID,
        "$id": f"fairlead-assessment-{SCHEMA_VERSION}",
        "title": "Fairlead assessment",
        "description": "One assessment of supplier lists: what went in, who is who, what is known, ratings and steps.",
        "type": "object",
        "required": sorted(properties),
        "additionalProperties": False,
        "properties": properties,
        "$defs": {"message": _message(), "share": {"type": "number", "minimum": 0, "maximum": 1}},
    }


def _head() -> dict[str, Any]:
    edition = ("source_id", "title", "publisher", "edition", "licence", "url")
    return {
        "schema_version": {"const": SCHEMA_VERSION, "description": "The version of this shape."},
        "program_version": {**_TEXT, "description": "The version of Fairlead."},
        "model_version": {**_TEXT, "description": "The version of the risk model, with a hash of its numbers."},
        "as_of": {**_TEXT, "format": "date", "description": "The day as of which everything was assessed."},
        "options": {"type": "object", "additionalProperties": _TEXT, "description": "The options of the run."},
        "inputs": _array(
            _object(
                {
                    "name": _TEXT,
                    "sha256": _TEXT,
                    "role": {"enum": ["suppliers", "ownership", "list", "earlier_list", "judgements"]},
                    "rows_in": _COUNT,
                    "rows_used": _COUNT,
                    "rows_rejected": _COUNT,
                }
            ),
            "The files that were read; rows_in = rows_used + rows_rejected.",
        ),
        "editions": _array(
            _object({**dict.fromkeys(edition, _TEXT), "checked": {"type": "boolean"}}),
            "The sources that were used; checked says whether their facts were compared with the publisher's own.",
        ),
        "coverage": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/share"}},
            "description": "For each question the share of rows, and of spend by currency, that answers it.",
        },
        "beside_ratings": _array(
            _object({"subject_id": _TEXT, "two_axes": _two_axes(), "scale": _scale()}),
            "What stands beside each rating and is no part of it: the ILO's two axes, and how many work there.",
        ),
        "order": _array(_TEXT, "The ids of all parties in the order in which to look at them."),
    }


def _two_axes() -> dict[str, Any]:
    indicators = _array({"enum": [str(one) for one in vocabulary.Indicator]}, "Reported indicators of this axis.")
    evidence = {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}}
    return _object(
        {
            "signs": {"enum": [str(one) for one in Signs], "description": "The answer in a word; never a verdict."},
            "both": {"type": "boolean"},
            **dict.fromkeys((str(axis) for axis in Axis), indicators),
            "evidence": {**evidence, "description": "The ids of the evidence for each indicator."},
        }
    )


def _scale() -> dict[str, Any]:
    people = {"type": ["number", "null"], "minimum": 0}
    return {
        **_object(
            {
                "workers": {"type": ["integer", "null"], "minimum": 1},
                "places": _COUNT,
                **dict.fromkeys(("workers_times_p", "workers_times_p_low", "workers_times_p_high"), people),
                "why_null": {"enum": [*(str(one) for one in NoScale), None]},
            }
        ),
        "description": "Workers times probability with its 90% interval: for priorities, no count of people.",
    }


def _table(name: str) -> dict[str, Any]:
    columns, description = _TABLES[name]
    return _array(_object({field.name: _column(name, field) for field in columns}), description)


def _column(table: str, field: pa.Field) -> dict[str, Any]:
    closed = _CLOSED.get((table, field.name))
    nullable = (table, field.name) not in _NEVER_NULL
    if closed is not None:
        return {"enum": [*(str(word) for word in closed), *([None] if nullable else [])]}
    return _or_null(_value(field.type)) if nullable else _value(field.type)


def _value(kind: pa.DataType) -> dict[str, Any]:
    """Return the schema of a value of an Arrow type; money is text, so that no digit is lost."""
    if kind == MESSAGE_TYPE:
        return {"$ref": "#/$defs/message"}
    if pa.types.is_list(kind):
        return {"type": "array", "items": _or_null(_value(kind.value_type))}
    if pa.types.is_map(kind):
        return {"type": "object", "additionalProperties": _TEXT}
    if pa.types.is_struct(kind):
        return _object({field.name: _or_null(_value(field.type)) for field in kind})
    if pa.types.is_decimal(kind):
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    return {"type": _scalar(kind)}


def _scalar(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    return "number" if pa.types.is_floating(kind) else "string"


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    if "type" in value:
        return {**value, "type": [value["type"], "null"]}
    return {"anyOf": [value, {"type": "null"}]}


def _message() -> dict[str, Any]:
    described = "A sentence that can be put into any language: an English template and the values of its placeholders."
    values = {"type": "object", "additionalProperties": _TEXT}
    return {**_object({"template": _TEXT, "values": values}), "description": described}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": sorted(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _array(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}
