"""Who guessed a password too often, and the page that they see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairlead.web.site.failures import failure_page


def address_tried(request: HttpRequest, credentials: Any = None) -> str:
    """Return the address for which a password was given; wrong ones are counted for it and the place they come from.

    Without it they would be counted for the place alone, and one person's mistakes would lock out a whole office.
    """
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()[:254]


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None, **kwargs: Any) -> HttpResponse:
    """Say that signing in is closed for a while."""
    return failure_page(
        request,
        429,
        _("Too many attempts to sign in with a wrong password."),
        _("Your account and everything in it is as it was."),
        _("Wait an hour, or ask an administrator to send you a link for a new password."),
    )
