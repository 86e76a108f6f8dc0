"""Pages for what went wrong: what happened, what was kept, what to do next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.utils.translation import gettext as _

#: Fields of a form that are never shown again.
_SECRET: Final = re.compile(r"pass|token|secret|code|credential|key|^next$|^seen$", re.IGNORECASE)
#: No more fields than these are shown again.
MOST_FIELDS: Final = 100


@dataclass(frozen=True)
class Typed:
    """One field of a form that was not accepted."""

    name: str
    value: str


def failure_page(
    request: HttpRequest, status: int, what: str, kept: str, do: str, *, typed: Sequence[Typed] = ()
) -> HttpResponse:
    """Return a page with the three sentences, and below them what was typed and not accepted."""
    context = {"what": what, "kept": kept, "do": do, "status": status, "typed": typed}
    return render(request, "site/failure.html", context, status=status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit: the session ended, cookies were emptied, or another site sent it."""
    ours = reason in {REASON_NO_CSRF_COOKIE, REASON_CSRF_TOKEN_MISSING} or reason.startswith("CSRF token from")
    return failure_page(
        request,
        403,
        _("This form has gone stale, so it was not accepted."),
        _("Nothing was changed. What you typed stands below, to be copied."),
        _("Go back to the page, reload it and send it again. Cookies must be allowed."),
        typed=typed(request) if ours else (),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that was sent after the session had ended."""
    return failure_page(
        request,
        403,
        _("You were signed out before this form was sent, so it was not accepted."),
        _("Nothing was changed. What you typed stands below, to be copied."),
        _("Sign in, open the page again and send it once more."),
        typed=typed(request),
    )


def typed(request: HttpRequest) -> tuple[Typed, ...]:
    """Return what somebody typed into the form of a request, without passwords, tokens and files."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, SuspiciousOperation, RequestDataTooBig):
        return ()
    kept = [Typed(name, value) for name, value in fields if value.strip() and not _SECRET.search(name)]
    return tuple(kept[:MOST_FIELDS])


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for which somebody's role does not suffice."""
    return failure_page(
        request,
        403,
        _("Your role does not allow this."),
        _("Nothing was changed."),
        _("Ask an administrator of your organisation for another role, or go back."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for a page that is not there, or not for this person."""
    return failure_page(
        request,
        404,
        _("There is no such page, or you have no access to it."),
        _("Nothing was changed."),
        _("Check the address, or begin again from the first page."),
    )


def unusable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood."""
    return failure_page(
        request,
        400,
        _("The request could not be understood."),
        _("Nothing was changed."),
        _("Go back, reload the page and try again."),
    )


def not_possible(request: HttpRequest) -> HttpResponse:
    """Answer a request that an address does not take, such as opening what is only ever sent to."""
    return failure_page(
        request,
        405,
        _("This address only takes what a button of a page sends."),
        _("Nothing was changed."),
        _("Go back to the page before this one and use its button."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who has sent the same form very often in a short time."""
    return failure_page(
        request,
        429,
        _("Too many requests in a short time."),
        _("Nothing was changed by the last one."),
        _("Wait some minutes and try again."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed for a reason that is ours."""
    return failure_page(
        request,
        500,
        _("Something went wrong on our side."),
        _("What you had saved before is kept; this last step was undone as a whole."),
        _("Try again. If it happens again, tell your administrator what you were doing and when."),
    )
