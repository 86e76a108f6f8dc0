"""The lists that the reference pack brings: parties named in import bans."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from fairlead.model.vocabulary import PartyKind
from fairlead.reference import load_csv, sources
from fairlead.screen.watch_list import About, ListEntry, ListName, WatchList

_SEPARATOR: Final = "; "
_IN_FORCE: Final = "active"


def reference_lists(as_of: date) -> tuple[WatchList, ...]:
    """Return the reference pack's lists as of a day, one for each source, in the order of their ids.

    Orders on a party are taken (scope entity); orders on the goods of a region are context, not names. An order made
    after the day is not yet on the list.
    """
    rows = [row for row in load_csv("import_bans") if row["scope"] == "entity" and row["date"] <= as_of.isoformat()]
    editions = sources()
    by_source: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        by_source.setdefault(row["source_id"], []).append(row)
    return tuple(
        WatchList(
            list_id=source_id,
            title=editions[source_id].title,
            edition=editions[source_id].edition,
            sha256=_hash(rows),
            entries=tuple(map(_entry, rows)),
            about=About.IMPORT_BAN,
        )
        for source_id, rows in sorted(by_source.items())
    )


def _entry(row: Mapping[str, str]) -> ListEntry:
    ended = row["status"] != _IN_FORCE
    return ListEntry(
        entry_id=row["ban_id"],
        name=row["entity"],
        aliases=tuple(ListName(name) for name in row.get("other_names", "").split(_SEPARATOR) if name),
        countries=(row["iso3"],) if row["iso3"] else (),
        kind=PartyKind(row["entity_kind"]) if row.get("entity_kind") else PartyKind.UNKNOWN,
        reason=row["good_text"],
        programme=row["kind"],
        from_date=row["date"],
        to_date=row.get("status_date") or None if ended else None,
        ended=ended,
        locator=row["ban_id"],
    )


def _hash(rows: Sequence[Mapping[str, str]]) -> str:
    content = "\n".join("\x1f".join(f"{name}={value}" for name, value in row.items()) for row in rows)
    return hashlib.sha256(content.encode()).hexdigest()
