"""Pages for what went wrong: what happened, what was kept, what to do next."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE, CsrfViewMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from fairlead import __version__
from fairlead.web.site.field_words import field_words
from fairlead.web.site.unavailable import TRY_AGAIN, Unavailable, unavailable

#: Fields of a form that are never shown again.
_SECRET: Final = re.compile(r"pass|token|secret|code|credential|key|^next$|^seen$", re.IGNORECASE)
#: No more fields than these are shown again.
MOST_FIELDS: Final = 100


@dataclass(frozen=True)
class Typed:
    """One field of a form that was not accepted."""

    label: str
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
    words = field_words(request)
    kept = [Typed(words.get(name, name), value) for name, value in fields if value.strip() and not _SECRET.search(name)]
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
    """Answer a request that failed, by what is being handled: the database is away or busy, or the reason is ours."""
    why = unavailable(sys.exc_info()[1])
    if why is not None:
        return database_unavailable(request, why)
    return failure_page(
        request,
        500,
        _("Something went wrong on our side."),
        _("What you had saved before is kept; this last step was undone as a whole."),
        _("Try again. If it happens again, tell your administrator what you were doing and when."),
    )


def database_unavailable(request: HttpRequest, why: Unavailable) -> HttpResponse:
    """Answer a request while the database is away or busy, without asking it for anything: not who somebody is either.

    Whether a form that was just sent is kept cannot be known where the database went away while it wrote that down.
    """
    sent = request.method not in {"GET", "HEAD"}
    kept = _("Nothing that was saved is lost.")
    if sent:
        kept += " " + _("When the database answers again, look first to see whether this last step was kept.")
    if why is Unavailable.AWAY:
        what = _("The database of the workbench cannot be reached.")
        do = _(
            "It may only be starting again: wait a minute, then try again. If that does not help, tell your"
            " administrator: the database has to run, and “fairlead doctor” says what else is wrong."
        )
    else:
        what = _("The database is busy with the work of others.")
        do = _("Wait some seconds, then try again.")
    context = {
        "what": what,
        "kept": kept,
        "do": do,
        "typed": typed(request) if sent and _from_here(request) else (),
        "again": "" if sent else request.get_full_path(),
        "program_version": __version__,
    }
    answer = HttpResponse(render_to_string("site/unavailable.html", context), status=503)
    answer["Retry-After"] = str(TRY_AGAIN[why])
    add_never_cache_headers(answer)
    return answer


class _Reason(CsrfViewMiddleware):
    """Says why a form is not ours, instead of answering it."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _from_here(request: HttpRequest) -> bool:
    """Say whether a form was sent from a page of ours, by its token in the cookie."""
    check = _Reason(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda *_given: HttpResponse(), (), {}) is None
