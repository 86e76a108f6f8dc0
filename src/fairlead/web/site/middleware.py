"""Where a request comes from when a reverse proxy stands in front."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
