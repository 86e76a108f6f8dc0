"""Finds the rows of other lists that belong to one party."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fairlead.web.lists.definition import Lookup
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import Party


def party_lookup(belongs: Callable[[int], Q] = lambda key: Q(party=key), *, slow: bool = False) -> Lookup:
    """Return the lookup of rows by the id of a party; `belongs` is the condition that rows belong to it, by its key."""

    def of_party(organisation: Organisation, uid: str) -> Q:
        found = _named(organisation, uid)
        return belongs(found[0]) if found else Q(pk__in=())

    def name(organisation: Organisation, uid: str) -> str:
        found = _named(organisation, uid)
        return found[1] if found else uid

    return Lookup("party", _("Party"), of_party, name, slow)


def _named(organisation: Organisation, uid: str) -> tuple[int, str] | None:
    """Return the key and the name of a party; the key comes first, so that no list is joined to parties for it."""
    return Party.objects.filter(organisation=organisation, uid=uid).values_list("pk", "name").first()
