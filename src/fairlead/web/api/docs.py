"""The API's operations as a page, made from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.web.api.document import document, operations
from fairlead.web.organisations.access import open_to_all

_WORDS: Final = {
    "date-time": "moment",
    "date": "date",
    "binary": "file",
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "null": "null",
}


@require_GET
@open_to_all("it describes the program, and holds nothing of any organisation")
def docs_page(request: HttpRequest) -> HttpResponse:
    """Show every operation: what it is for, what it takes and gives, what it needs."""
    about = document()["info"]["description"].replace("`", "").strip().split("\n\n")
    return render(request, "api/docs.html", {"about": about, "groups": groups()})


@cache
def groups() -> list[dict[str, Any]]:
    """Return the operations by kind of record, as the page and the reference show them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, method, operation in operations():
        found.setdefault(operation["tags"][0], []).append(_shown(path, method, operation))
    return [{"name": name, "operations": of_group} for name, of_group in found.items()]


def _shown(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [each for each in operation["parameters"] if each["in"] != "path"]
    body = next(iter(operation.get("requestBody", {}).get("content", {}).items()), None)
    good = next((status, each) for status, each in operation["responses"].items() if status.startswith("2"))
    reply = next(iter(good[1].get("content", {}).items()), None)
    about = operation.get("description", "").partition("\n")[2].strip()
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "about": about,
        "needs": operation["x-needs"],
        "parameters": [{**each, "type": type_words(each["schema"])} for each in parameters],
        "takes": fields(body[1]["schema"]) if body else [],
        "media_type": body[0] if body else "",
        "status": good[0],
        "gives": fields(reply[1]["schema"]) if reply else [],
        "reply_type": reply[0] if reply else "",
        "problems": [status for status in operation["responses"] if status >= "4"],
    }


def fields(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a body, each with its type and meaning; those of the rows of a page as items[].name."""
    whole = _resolved(schema)
    required = set(whole.get("required", ()))
    found = []
    for name, each in whole.get("properties", {}).items():
        inner = _resolved(each)
        about = each.get("description", "")
        found.append({"name": name, "type": type_words(each), "required": name in required, "about": about})
        if inner.get("type") == "array" and name == "items" and "$ref" in inner["items"]:
            found += [{**row, "name": f"items[].{row['name']}", "required": False} for row in fields(inner["items"])]
    return found


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        found: Mapping[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _named(reference: str) -> str:
    return reference.rpartition("/")[2].removesuffix("Out")


def type_words(schema: Mapping[str, Any]) -> str:
    """Return a type in words, such as “text or null”, “list of text”, “one of: a, b”."""
    if "$ref" in schema:
        return type_words(_resolved(schema)) if "enum" in _resolved(schema) else _named(schema["$ref"])
    if "anyOf" in schema:
        return " or ".join(type_words(each) for each in schema["anyOf"])
    if "enum" in schema:
        return "one of: " + ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {type_words(schema.get('items', {}))}"
    return _WORDS.get(schema.get("format", ""), _WORDS.get(schema.get("type", ""), "object"))
