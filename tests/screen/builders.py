"""Small parties and lists for the tests of screening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from fairlead.model.schemas import PARTY
from fairlead.screen import About, ListEntry, WatchList, find_hits
from fairlead.screen.hit import Hit

AS_OF = date(2026, 3, 31)


def parties(*rows: dict[str, Any]) -> pa.Table:
    """Return a PARTY table; a row needs a name, everything else has a plain default."""
    full = [
        {
            "party_id": f"pty_{number}",
            "kind": "company",
            "names": [row["name"]],
            "folded": "",
            "legal_form": None,
            "country": None,
            "identifiers": [],
            "workforce": [],
            "row_ids": [],
            **row,
        }
        for number, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=PARTY)


def entry(name: str, **values: Any) -> ListEntry:
    """Return an entry of a list."""
    return ListEntry(**{"entry_id": f"E-{name}", "locator": "list.csv:2", "name": name, **values})


def watch_list(*entries: ListEntry, about: About = About.IMPORT_BAN, list_id: str = "list_test") -> WatchList:
    """Return a list with these entries."""
    return WatchList(list_id, "a fictional list", "2026-01", "00" * 32, tuple(entries), about)


def hits(name: str, *entries: ListEntry, **party: Any) -> list[Hit]:
    """Screen one party against a list of these entries."""
    return find_hits(parties({"name": name, **party}), [watch_list(*entries)], as_of=AS_OF)


def verdict(name: str, *entries: ListEntry, **party: Any) -> str:
    """Return the best verdict of a party against a list, different where nothing was found."""
    found: Sequence[Hit] = hits(name, *entries, **party)
    return max(
        (str(hit.comparison.verdict) for hit in found), key=["different", "review", "match"].index, default="different"
    )
