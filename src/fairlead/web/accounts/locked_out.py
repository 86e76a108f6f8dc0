"""The page for those who guessed a password too often."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairlead.web.site.failures import failure_page


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None, **kwargs: Any) -> HttpResponse:
    """Say that signing in is closed for a while."""
    return failure_page(
        request,
        429,
        _("Too many attempts to sign in with a wrong password."),
        _("Your account and everything in it is as it was."),
        _("Wait an hour, or ask an administrator to send you a link for a new password."),
    )
