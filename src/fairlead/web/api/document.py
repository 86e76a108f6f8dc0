"""The OpenAPI document: what ninja writes, with what holds for every operation put in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from fairlead.web.api.application import api
from fairlead.web.api.problems import MEDIA_TYPE
from fairlead.web.organisations.access import open_to_all

METHODS: Final = ("get", "post", "put", "patch", "delete")


@cache
def document() -> dict[str, Any]:
    """Return the document. Addresses in it are whole paths, such as /api/organisations."""
    with override("en"):
        made: dict[str, Any] = dict(api().get_openapi_schema(path_prefix="api/"))
    for _path, _method, operation in operations(made):
        _mend(operation)
    security = made["components"]["securitySchemes"]["BearerToken"]
    security["description"] = "A token from the page “Tokens” of the organisation."
    made.pop("servers", None)
    return made


def operations(made: dict[str, Any] | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield address, method and description of every operation of the document."""
    for path, methods in (made or document())["paths"].items():
        for method in METHODS:
            if method in methods:
                yield path, method, methods[method]


def _mend(operation: dict[str, Any]) -> None:
    """Give problems their media type, and say of every address that another method is refused."""
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in content:
            content[MEDIA_TYPE] = content.pop("application/json")
    refusal = operation["responses"][404]["content"]
    operation["responses"][405] = {"description": "Method Not Allowed", "content": refusal}
    operation["responses"] = {str(status): each for status, each in sorted(operation["responses"].items(), key=_number)}


def _number(item: tuple[Any, Any]) -> int:
    return int(item[0])


@require_GET
@open_to_all("it describes the program, and holds nothing of any organisation")
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document."""
    return HttpResponse(orjson.dumps(document()), content_type="application/json")
