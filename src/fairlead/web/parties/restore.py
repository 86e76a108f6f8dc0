"""Brings the facts of a record back as they were in an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fairlead.web.accounts.models import User
from fairlead.web.parties import edit, parts
from fairlead.web.parties.models import Link, Party, Record, Site

#: The facts that are brought back, by the kind of record.
FACTS: Final[Mapping[str, tuple[type[Record], tuple[str, ...]]]] = {
    "party": (
        Party,
        ("name", "names", "kind", "country", "tier", "workforce", "contact_email", "language", "note"),
    ),
    "site": (Site, ("kind", "name", "address", "city", "region", "country", "latitude", "longitude", "workers")),
    "link": (
        Link,
        ("kind", "good", "product", "sector", "isic", "tier", "share", "spend", "currency", "from_date", "to_date"),
    ),
}


def restore(current: Record, earlier: Any, user: User) -> Record:
    """Set the facts of a record to what they were in a row of its history; that is a change like any other.

    Raises ChangedMeanwhile where somebody changes the record in the same moment.
    """
    kind = next(name for name, (model, _facts) in FACTS.items() if isinstance(current, model))
    values = {name: getattr(earlier, name) for name in FACTS[kind][1]}
    if isinstance(current, Party):
        return edit.edit_party(current, user, values, seen=current.version)
    return parts.correct(current, user, values, seen=current.version)
