"""Keeps a view of a list, for the pages and for the API."""

from __future__ import annotations

from fairlead.web.accounts.models import User
from fairlead.web.lists.models import SavedView
from fairlead.web.organisations.models import Organisation


def keep_view(
    organisation: Organisation, user: User, list_key: str, name: str, *, query: str, shared: bool
) -> SavedView:
    """Keep a view under a name; one of the same person, list and name is replaced."""
    view, _made = SavedView.objects.update_or_create(
        organisation=organisation,
        user=user,
        list_key=list_key,
        name=name,
        defaults={"query": query, "shared": shared},
    )
    return view
