"""What was selected in a list: rows by their ids, or every row that fits."""

from __future__ import annotations

from typing import Any, Final

from django.http import QueryDict

_LONGEST_QUERY: Final = 2_000
_MOST_SELECTED: Final = 200


def selection_of(given: QueryDict) -> dict[str, Any] | None:
    """Return what a list's form says: `query`, whose rows are all meant, or `selected` ids; None for nothing."""
    if given.get("every") == "yes":
        return {"query": given.get("query", "")[:_LONGEST_QUERY]}
    chosen = list(dict.fromkeys(given.getlist("selected")))[:_MOST_SELECTED]
    return {"selected": chosen} if chosen else None
