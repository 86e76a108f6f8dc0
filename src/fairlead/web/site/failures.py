"""Pages for what went wrong: what happened, what was kept, what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def failure_page(request: HttpRequest, status: int, what: str, kept: str, do: str) -> HttpResponse:
    """Return a page with the three sentences."""
    return render(request, "site/failure.html", {"what": what, "kept": kept, "do": do, "status": status}, status=status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit: the session ended, cookies were emptied, or another site sent it."""
    return failure_page(
        request,
        403,
        _("This form has gone stale, so it was not accepted."),
        _("Nothing was changed. What you typed is still on the page before this one."),
        _("Go back, copy what you typed, reload the page and send it again. Cookies must be allowed."),
    )


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


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed for a reason that is ours."""
    return failure_page(
        request,
        500,
        _("Something went wrong on our side."),
        _("What you had saved before is kept; this last step was undone as a whole."),
        _("Try again. If it happens again, tell your administrator what you were doing and when."),
    )
