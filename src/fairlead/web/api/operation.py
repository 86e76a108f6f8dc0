"""Declares operations: each says what it needs, what it takes and what it answers, in one place.

Whatever holds for all of them is done here: the capability, unknown parameters, ETags, repeated requests.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Final

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import MOST_BYTES, ApiRequest, BearerToken, check_body, check_files, parameters_known
from fairlead.web.api.problems import ProblemOut
from fairlead.web.api.repeated import KEY_HEADER, once
from fairlead.web.api.versions import etag, seen_version, unchanged
from fairlead.web.audit.chain import acting_by
from fairlead.web.organisations.capabilities import Capability

Parameter = dict[str, Any]


def in_query(name: str, schema: Mapping[str, Any], about: str) -> Parameter:
    """Return a parameter of an address as the document describes it, which may be left out."""
    return {"in": "query", "name": name, "required": False, "schema": dict(schema), "description": about}


#: Statuses of problems that every operation can answer, and those that come with a body and with a version.
_ALWAYS: Final = (401, 403, 404, 422, 429, 500, 503)
_WITH_BODY: Final = (400, 413, 415)
_WITH_VERSION: Final = (412, 428)

#: The type of a file that is given back as it was sent.
FILE: Final = "application/octet-stream"
#: The type of bodies that hold files.
FILES: Final = "multipart/form-data"

_KEY: Final[Parameter] = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$"},
    "description": "A word of your own, new for each thing you do: a repeated request does it once. Kept for 24 hours.",
}
_IF_MATCH: Final[Parameter] = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "pattern": r'^"[1-9][0-9]{0,8}"$'},
    "description": 'The ETag of the record as you last saw it, such as "3".',
}
_IF_NONE_MATCH: Final[Parameter] = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag that you have; where the record still has it, the answer is 304 without a body.",
}


_ORGANISATION: Final = inspect.Parameter(
    "organisation",
    inspect.Parameter.KEYWORD_ONLY,
    annotation=Annotated[
        str, Field(description="The organisation's name in addresses, as /api/organisations gives it")
    ],
)


@dataclass(frozen=True)
class Reply:
    """What an operation answers: its content, the version of the record that it shows, the address of a new one."""

    content: BaseModel | None
    version: int | None = None
    location: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[..., Reply | HttpResponseBase]


def reads(
    router: Router,
    path: str,
    *,
    needs: Capability | None,
    reply: type[BaseModel],
    parameters: Sequence[Parameter] = (),
    versioned: bool = False,
) -> Callable[[Answer], Answer]:
    """Declare an operation that reads. `versioned` where it shows a record whose version is its ETag."""
    extra = [*parameters, *([_IF_NONE_MATCH] if versioned else [])]
    return _declared(router, "GET", path, needs, {200: reply, **({304: None} if versioned else {})}, extra)


#: A file as the document says it: bytes. What programs parse before they check it has no schema that fits it.
_BYTES: Final = {"type": "string", "format": "binary"}
_PARSED: Final = ("application/json", "application/yaml")


def reads_file(
    router: Router, path: str, *, needs: Capability, media_types: Sequence[str], parameters: Sequence[Parameter] = ()
) -> Callable[[Answer], Answer]:
    """Declare an operation that answers with a file of one of the media types."""
    content = {each: {"schema": {} if each in _PARSED else _BYTES} for each in media_types}
    extra = {"responses": {200: {"description": "The file", "content": content}}}
    return _declared(router, "GET", path, needs, {200: None}, parameters, extra)


def adds(
    router: Router,
    path: str,
    *,
    needs: Capability,
    reply: type[BaseModel] | None,
    status: int = 201,
    media_type: str | None = "application/json",
    most_bytes: int = MOST_BYTES,
    versioned: bool = False,
    name: str = "",
) -> Callable[[Answer], Answer]:
    """Declare an operation that does something new (POST); with an Idempotency-Key it is done once.

    `media_type` is None where it takes no body. With `versioned` it moves a record on and needs If-Match, as `changes`
    does. `name` is the operationId where one function serves several operations.
    """
    takes = (media_type, most_bytes) if media_type else None
    extra = [_KEY, *([_IF_MATCH] if versioned else [])]
    statuses = (409, *(_WITH_VERSION if versioned else ()))
    return _declared(router, "POST", path, needs, {status: reply}, extra, takes=takes, statuses=statuses, name=name)


def adds_files(
    router: Router,
    path: str,
    *,
    needs: Capability,
    reply: type[BaseModel],
    status: int = 201,
    most_files: int = 1,
) -> Callable[[Answer], Answer]:
    """Declare an operation that takes files as multipart/form-data, with the limits that the pages have (POST).

    A file over the installation's limit is answered with 413; nothing of the request is kept then.
    """
    return _declared(router, "POST", path, needs, {status: reply}, [_KEY], takes=(FILES, most_files), statuses=(409,))


def changes(
    router: Router, path: str, *, needs: Capability, reply: type[BaseModel] | None, method: str = "PATCH"
) -> Callable[[Answer], Answer]:
    """Declare an operation that changes or takes away a record (PATCH, PUT, DELETE), which needs If-Match.

    The function is called with `seen`, the version that If-Match names, and raises ChangedMeanwhile where the record
    has another.
    """
    takes = ("application/json", MOST_BYTES) if method != "DELETE" else None
    status = 200 if reply else 204
    return _declared(router, method, path, needs, {status: reply}, [_IF_MATCH], takes=takes, statuses=_WITH_VERSION)


def _declared(
    router: Router,
    method: str,
    path: str,
    needs: Capability | None,
    replies: Mapping[int, type[BaseModel] | None],
    parameters: Sequence[Parameter],
    extra: Mapping[str, Any] | None = None,
    *,
    takes: tuple[str, int] | None = None,
    statuses: Sequence[int] = (),
    name: str = "",
) -> Callable[[Answer], Answer]:
    """Give a function to the router, within all that holds for every operation."""
    status = next(iter(replies))
    problems = {*_ALWAYS, *statuses, *(_WITH_BODY if takes else ())}
    versioned = any(each is _IF_MATCH for each in parameters)
    known = {each["name"] for each in parameters if each["in"] == "query"}

    def declare(answer: Answer) -> Answer:
        signature = inspect.signature(answer, eval_str=True)

        def check(request: HttpRequest) -> None:
            parameters_known(request, known)
            if takes and takes[0] == FILES:
                check_files(request, takes[1])
            elif takes:
                check_body(request, *takes)

        @wraps(answer)
        def whole(request: ApiRequest, **given: Any) -> HttpResponseBase:
            given.pop("organisation", None)  # the token's, as the check of the token has seen to
            if versioned:
                given["seen"] = seen_version(request)
            with acting_by("token"):
                if method == "POST":
                    return once(request, lambda: _response(request, answer(request, **given), status))
                if method == "GET":
                    return _response(request, answer(request, **given), status)
                with transaction.atomic():
                    return _response(request, answer(request, **given), status)

        shown = [each for name, each in signature.parameters.items() if name != "seen"]
        if "{organisation}" in path:
            shown.append(_ORGANISATION)
        whole.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
        router.add_api_operation(
            path,
            [method],
            whole,
            auth=BearerToken(needs, check),
            response={**replies, **dict.fromkeys(sorted(problems), ProblemOut)},
            operation_id=name or answer.__name__,
            summary=_summary(answer, name),
            openapi_extra={"parameters": list(parameters), "x-needs": str(needs or ""), **(extra or {})},
        )
        return answer

    return declare


def _summary(answer: Answer, name: str) -> str:
    if name:
        return name.replace("_", " ").capitalize()
    return (answer.__doc__ or "").strip().split("\n")[0].rstrip(".")


def _response(request: ApiRequest, reply: Reply | HttpResponseBase, status: int) -> HttpResponseBase:
    """Return the reply as JSON with its ETag; 304 where the caller has this version already."""
    if not isinstance(reply, Reply):
        return reply
    headers = {"Cache-Control": "private, no-cache", **reply.headers}
    if reply.version is not None:
        headers["ETag"] = etag(reply.version)
    if reply.location:
        headers["Location"] = reply.location
    if request.method == "GET" and reply.version is not None and unchanged(request, reply.version):
        return HttpResponse(status=304, headers=headers)
    if reply.content is None:
        return HttpResponse(status=204, headers=headers)
    body = orjson.dumps(reply.content.model_dump(mode="json"))
    return HttpResponse(body, content_type="application/json", status=status, headers=headers)
