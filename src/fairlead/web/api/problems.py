"""What went wrong, as RFC 9457 (problem details) has it: what, where and what to do; never the program's insides."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import orjson
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as FormError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from fairlead.errors import FairleadError
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.site.told import what_is_wrong, what_to_do, where_it_is
from fairlead.web.site.unavailable import TRY_AGAIN, Unavailable, unavailable

log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"


class Place(BaseModel):
    """One place in a request and what is wrong there."""

    where: str = Field(description="The part of the request, such as body.tier")
    what: str


class ProblemOut(BaseModel):
    """A problem: `what` happened, `where` in the request, and what to `do`. Nothing was changed."""

    type: str = Field(description="The kind of problem, such as urn:fairlead:problem:stale")
    title: str = Field(description="The HTTP status in words")
    status: int
    detail: str = Field(description="The same as `what`, for clients that know RFC 9457 alone")
    what: str
    where: str
    do: str
    places: list[Place] = Field(description="Every place that is wrong, where there are several")


class Problem(Exception):
    """A request that is refused: its HTTP status, a kind, what is wrong, where, and what to do."""

    def __init__(
        self,
        status: int,
        kind: str,
        what: str,
        *,
        where: str = "",
        do: str = "",
        places: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what)
        self.status, self.kind, self.what, self.where, self.do = status, kind, what, where, do
        self.places, self.headers = places, dict(headers or {})

    def response(self) -> HttpResponse:
        """Return the answer to whoever asked."""
        content = {
            "type": f"urn:fairlead:problem:{self.kind}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.what,
            "what": self.what,
            "where": self.where,
            "do": self.do,
            "places": [{"where": where, "what": what} for where, what in self.places],
        }
        return HttpResponse(orjson.dumps(content), content_type=MEDIA_TYPE, status=self.status, headers=self.headers)


def unauthorised() -> Problem:
    """Return the refusal of a request without a token that opens anything."""
    return Problem(
        401,
        "no-token",
        "The request carries no token that is valid here.",
        where="header Authorization",
        do="Send “Authorization: Bearer TOKEN” with a token that is neither expired nor revoked.",
        headers={"WWW-Authenticate": 'Bearer realm="fairlead"'},
    )


def not_found() -> Problem:
    """Return the refusal of an address that is not there, or not for this token."""
    return Problem(
        404,
        "not-found",
        "There is no such record, or not for this token.",
        where="address",
        do="Check the ids in the address, and that the token belongs to the organisation that it names.",
    )


def invalid(places: Sequence[tuple[str, str]]) -> Problem:
    """Return the refusal of a request whose parts, given with what is wrong with each, cannot be used."""
    first = places[0] if places else ("", "")
    return Problem(
        422,
        "invalid",
        f"{first[0]}: {first[1]}",
        where=first[0],
        do="Correct what “places” names. The document at /api/openapi.json says what is taken.",
        places=places,
    )


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Problem:
    """Return the problem for an answer that something outside the API gave, by its status."""
    if status == HTTPStatus.NOT_FOUND:
        return not_found()
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        do = "Use one of the methods in the header Allow."
        return Problem(405, "method", "This address does not take that method.", where="method", do=do, headers=headers)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        busy = (headers or {}).get("Retry-After") == str(TRY_AGAIN[Unavailable.BUSY])
        return database_unavailable(Unavailable.BUSY if busy else Unavailable.AWAY)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        what = "Something went wrong on our side. This request changed nothing; what was saved before is kept."
        return Problem(status, "broken", what, do="Try again, with the same Idempotency-Key.")
    do = "Compare the request with /api/openapi.json."
    return Problem(status, "unusable", "The request could not be understood.", do=do)


def database_unavailable(why: Unavailable) -> Problem:
    """Return the refusal of a request while the database is away or busy."""
    headers = {"Retry-After": str(TRY_AGAIN[why])}
    do = "Wait as many seconds as Retry-After says and try again, a POST with the same Idempotency-Key."
    if why is Unavailable.AWAY:
        what = "The database of the workbench cannot be reached. Nothing that was saved before is lost."
        return Problem(503, "away", what, do=do, headers=headers)
    return Problem(503, "busy", "The database is busy. Nothing was changed.", do=do, headers=headers)


def add_handlers(api: NinjaAPI) -> None:
    """Have every error of an operation answered as a problem."""
    for kind, answer in _HANDLERS.items():
        api.add_exception_handler(kind, answer)


def refused(capability: str) -> Problem:
    """Return the refusal of something that the token or the member's role does not allow."""
    return Problem(
        403,
        "not-allowed",
        f"The token does not allow “{capability}”, or the member's role no longer does.",
        where="token",
        do="Use a token with this scope, made by a member whose role has it.",
    )


def not_now(what: str, do: str, *, places: Sequence[tuple[str, str]] = ()) -> Problem:
    """Return the refusal of a step that the record does not allow in the state in which it is."""
    return Problem(409, "not-now", what, where="address", do=do, places=places)


def stale(version: int) -> Problem:
    """Return the refusal of a change to a record that somebody else has changed; `version` is the one there now."""
    return Problem(
        412,
        "stale",
        f"The record was changed meanwhile; it now has version {version}.",
        where="header If-Match",
        do="Fetch the record again, look at what has changed, and send your change with its new ETag.",
        headers={"ETag": f'"{version}"'},
    )


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code != HTTPStatus.BAD_REQUEST:
        return of_status(error.status_code).response()
    what = "The body is not JSON."
    return Problem(400, "unreadable", what, where="body", do="Send one JSON object in UTF-8.").response()


def _places(errors: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return place and complaint of each error, without the part's value, which may be personal."""
    found = []
    for error in errors:
        place = [str(each) for each in error["loc"]]
        if place[:2] == ["body", "body"]:
            place = place[1:]
        found.append((".".join(place), _complaint(error)))
    return found


def _complaint(error: Mapping[str, Any]) -> str:
    return "This field is not known." if error["type"] == "extra_forbidden" else str(error["msg"])


def _engine(request: HttpRequest, error: FairleadError) -> HttpResponse:
    what, where = what_is_wrong(error), where_it_is(error)
    places = [(where, what)] if where else []
    return Problem(422, "unusable-input", what, where=where or "body", do=what_to_do(error), places=places).response()


def _of_database(request: HttpRequest, error: OperationalError | InterfaceError) -> HttpResponse:
    why = unavailable(error)
    if why is None:
        return _broken(request, error)
    log.warning("the database was %s", why, exc_info=error)
    return database_unavailable(why).response()


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("an operation of the API failed", exc_info=error)
    return of_status(500).response()


def _form_errors(request: HttpRequest, error: FormError) -> HttpResponse:
    return invalid([("body", sentence) for sentence in error.messages]).response()


_HANDLERS: Final[Mapping[type[Exception], Callable[..., HttpResponse]]] = {
    Problem: lambda request, error: error.response(),
    Http404: lambda request, error: not_found().response(),
    AuthenticationError: lambda request, error: unauthorised().response(),
    HttpError: _unreadable,
    ValidationError: lambda request, error: invalid(_places(error.errors)).response(),
    FormError: _form_errors,
    PermissionDenied: lambda request, error: refused("this").response(),
    ChangedMeanwhile: lambda request, error: stale(error.current.version).response(),
    FairleadError: _engine,
    OperationalError: _of_database,
    InterfaceError: _of_database,
    Exception: _broken,
}
