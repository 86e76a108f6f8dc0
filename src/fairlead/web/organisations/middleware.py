"""Finds the organisation that an address names, and the signed-in person's membership in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from fairlead.web.organisations.models import Membership

Answer = Callable[[HttpRequest], HttpResponse]


class organisation_of_address:  # noqa: N801 - named like the functions that Django calls middleware
    """Sets `request.membership` and `request.organisation` where the address has an organisation's name.

    Both stay None for whoever is no member.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        request.membership = request.organisation = None  # type: ignore[attr-defined]
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Look the membership up before the view is called."""
        if "slug" not in kwargs or not request.user.is_authenticated:
            return
        found = (
            Membership.objects.select_related("organisation")
            .filter(organisation__slug=kwargs["slug"], user=request.user)
            .first()
        )
        if found is not None:
            found.user = request.user
            request.membership, request.organisation = found, found.organisation  # type: ignore[attr-defined]
