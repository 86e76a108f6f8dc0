"""Tells people that a file they sent was over the limit: it was left out before any form could see it."""

from __future__ import annotations

from django.http import HttpRequest

from fairlead.web.files.keep import over_the_limit
from fairlead.web.site.uploads import too_large


def left_out(request: HttpRequest) -> str:
    """Return a sentence about the files of a request that were too large; empty where there was none."""
    list(request.FILES)  # the body is read only when it is asked for
    if not too_large(request):
        return ""
    return over_the_limit()
