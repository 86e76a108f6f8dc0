"""Answers of Django itself to requests for the API, which are pages otherwise, as problems."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse

from fairlead.web.api.problems import MEDIA_TYPE, of_status

_API: Final = "/api/"
#: OpenRefine reads errors in a form of its own.
_NOT: Final = "/api/reconcile/"


def problems_for_programs(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Turn error pages under /api/ into problems, such as those for a method or an address that there is not."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if (
            response.status_code < HTTPStatus.BAD_REQUEST
            or not request.path_info.startswith(_API)
            or request.path_info.startswith(_NOT)
            or response.get("Content-Type") == MEDIA_TYPE
        ):
            return response
        kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
        return of_status(response.status_code, kept).response()

    return middleware
