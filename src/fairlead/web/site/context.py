"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fairlead import __version__
from fairlead.web.site.navigation import entries


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the organisation, what the signed-in person may do in it, and the entries of the navigation."""
    membership = getattr(request, "membership", None)
    return {
        "organisation": membership.organisation if membership else None,
        "membership": membership,
        "may": membership.capabilities if membership else frozenset(),
        "navigation": entries(request) if membership else (),
        "program_version": __version__,
    }
