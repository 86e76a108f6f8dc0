"""The entries at the left of every page, at most seven, each shown to those who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.organisations.capabilities import Capability


@dataclass(frozen=True)
class Entry:
    """One entry: its word, the name of its page, the key after g that opens it, and what one must be allowed."""

    title: str | Promise
    page: str
    key: str
    needs: Capability


#: More than seven would not be read.
ENTRIES: Final = (
    Entry(_("Overview"), "dashboards:overview", "o", Capability.SEE),
    Entry(_("Parties"), "parties:list", "p", Capability.SEE),
    Entry(_("Chain"), "chain:picture", "c", Capability.SEE),
    Entry(_("Assess"), "assessments:list", "a", Capability.SEE),
    Entry(_("Ask"), "questionnaires:list", "q", Capability.SEE),
    Entry(_("Act"), "actions:list", "t", Capability.SEE),
    Entry(_("Organisation"), "organisations:settings", "s", Capability.SEE),
)


@dataclass(frozen=True)
class Shown:
    """An entry as one page shows it."""

    title: str | Promise
    url: str
    key: str
    here: bool


def entries(request: HttpRequest) -> tuple[Shown, ...]:
    """Return the entries that the signed-in person may open, the one of this page marked."""
    membership = request.membership  # type: ignore[attr-defined]
    found = []
    match = request.resolver_match
    namespace = match.namespace if match else ""
    for entry in ENTRIES:
        try:
            url = reverse(entry.page, kwargs={"slug": membership.organisation.slug})
        except NoReverseMatch:
            continue
        if entry.needs in membership.capabilities:
            found.append(Shown(entry.title, url, entry.key, entry.page.split(":")[0] == namespace))
    return tuple(found)
