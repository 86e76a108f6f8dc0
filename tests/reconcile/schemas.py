"""What the Reconciliation Service API 0.2 says of its answers, as JSON schemas written for these tests."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

TEXT = {"type": "string"}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
SERVICE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {
        "service_url": {"type": "string", "pattern": "^https?://.*[^/]$"},
        "service_path": {"type": "string", "pattern": "^/"},
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type", "description", "features"],
    "additionalProperties": False,
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "type": {"type": "array", "items": NAMED, "minItems": 1},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {"id": TEXT, "value": {"type": ["boolean", "number"]}},
            },
        },
    },
}
SCHEMAS: dict[str, Any] = {
    "manifest": {
        "type": "object",
        "required": ["versions", "name", "identifierSpace", "schemaSpace", "view", "preview", "suggest", "extend"],
        "properties": {
            "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
            "name": TEXT,
            "identifierSpace": {"type": "string", "format": "uri"},
            "schemaSpace": {"type": "string", "format": "uri"},
            "serviceVersion": TEXT,
            "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
            "view": {"type": "object", "required": ["url"], "properties": {"url": TEMPLATE}},
            "preview": {
                "type": "object",
                "required": ["url", "width", "height"],
                "properties": {"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}},
            },
            "suggest": {"type": "object", "properties": dict.fromkeys(("entity", "property", "type"), SERVICE)},
            "extend": {"type": "object", "properties": {"propose_properties": SERVICE}},
        },
    },
    "batch": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["result"],
            "properties": {"result": {"type": "array", "items": CANDIDATE}},
        },
    },
    "entities": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name"],
                    "properties": {
                        "id": TEXT,
                        "name": TEXT,
                        "description": TEXT,
                        "notable": {"type": "array", "items": NAMED},
                    },
                },
            }
        },
    },
    "suggestions": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": NAMED}},
    },
    "proposal": {
        "type": "object",
        "required": ["properties"],
        "properties": {"properties": {"type": "array", "items": NAMED}, "limit": {"type": "integer"}, "type": TEXT},
    },
    "extension": {
        "type": "object",
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"type": "array", "items": NAMED},
            "rows": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["str"],
                            "properties": {"str": TEXT},
                            "additionalProperties": False,
                        },
                    },
                },
            },
        },
    },
}


def check(answer: Any, schema: str) -> None:
    """Raise where an answer is not what the specification says."""
    jsonschema_rs.validate(SCHEMAS[schema], answer)
