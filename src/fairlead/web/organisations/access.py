"""Who may open a page. Every view carries one of these marks; a test goes through all addresses and holds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from fairlead.web.accounts.models import User
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.site.failures import signed_out

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


class MemberRequest(SignedInRequest):
    """A request within an organisation by one of its members."""

    organisation: Organisation
    membership: Membership


def open_to_all(reason: str) -> Callable[[View], View]:
    """Mark a view that anybody may open without signing in, and say why."""

    def mark(view: View) -> View:
        view.open_to_all = reason  # type: ignore[attr-defined]
        return view

    return mark


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send whoever is not signed in to sign in; a form that was filled in is shown first, so that nothing is lost."""
    if request.headers.get("HX-Request"):  # a part of a page: the whole page has to go
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = redirect_to_login(_page_of(request)).url
        return answer
    if request.method == "POST" and any(key != "csrfmiddlewaretoken" for key in request.POST):
        return signed_out(request)
    return redirect_to_login(request.get_full_path())


def _page_of(request: HttpRequest) -> str:
    """Return the page in which htmx asked for a part."""
    address = urlsplit(request.headers.get("HX-Current-URL", ""))
    return urlunsplit(("", "", address.path, address.query, "")) if address.path.startswith("/") else "/"


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Open a view to everybody who is signed in, whatever their organisation."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(cast(SignedInRequest, request), *args, **kwargs)

    checked.signed_in = True  # type: ignore[attr-defined]
    return checked


def needs(capability: Capability, *, to_change: Capability | None = None) -> Callable[..., Callable[..., Any]]:
    """Open a view to members whose role has the capability; a form that changes something may need another.

    Whoever is not signed in is sent to sign in; whoever is no member is told that there is no such page, so that
    nobody learns which organisations there are; whoever lacks the capability is told so. The view is called without
    the organisation's name: `request.organisation` and `request.membership` are there.
    """

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            membership = cast("Membership | None", getattr(request, "membership", None))
            if membership is None:
                raise Http404
            wanted = capability if request.method in {"GET", "HEAD"} or to_change is None else to_change
            if not membership.may(wanted):
                raise PermissionDenied
            return view(cast(MemberRequest, request), *args, **kwargs)

        checked.needs = capability  # type: ignore[attr-defined]
        checked.needs_to_change = to_change or capability  # type: ignore[attr-defined]
        return checked

    return mark
