"""Where a request comes from when a reverse proxy stands in front, and a page for what an address does not take."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fairlead.web.site.failures import not_possible

Answer = Callable[[HttpRequest], HttpResponse]


def forwarded_address(answer: Answer) -> Answer:
    """Take the client's address from X-Forwarded-For where FAIRLEAD_BEHIND_PROXY says that a proxy sets it.

    Its last entry is the one that the proxy itself added; those before it may be made up.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if settings.BEHIND_PROXY and forwarded:
            request.META["REMOTE_ADDR"] = forwarded.split(",")[-1].strip()
        return answer(request)

    return middleware


def told_what_is_not_possible(answer: Answer) -> Answer:
    """Give a page to whoever opens an address that only takes forms; Django's own answer is empty."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            told = not_possible(request)
            told["Allow"] = response["Allow"]
            return told
        return response

    return middleware
