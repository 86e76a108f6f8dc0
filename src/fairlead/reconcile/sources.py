"""Parties of supplier lists as a list to search, beside the lists of names that are one already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from fairlead.model.vocabulary import PartyKind
from fairlead.screen import About, ListEntry, ListIdentifier, ListName, WatchList

SUPPLIERS: Final = "suppliers"
_DIGITS: Final = 12


def supplier_list(parties: pa.Table, rows: pa.Table, hashes: Sequence[str], paths: Sequence[Path]) -> WatchList:
    """Return the parties (PARTY) of supplier lists as a list, with the first of their rows (ROW) as place.

    `hashes` are the SHA-256 of the files in their order, `paths` the files or folders that were named.
    """
    places = {row["row_id"]: _place(row) for row in rows.select(["row_id", "file", "sheet", "row"]).to_pylist()}
    sha256 = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()
    return WatchList(
        list_id=SUPPLIERS,
        title=", ".join(path.name for path in paths),
        edition=sha256[:_DIGITS],
        sha256=sha256,
        entries=tuple(_entry(party, places) for party in parties.to_pylist()),
        about=About.OTHER,
    )


def _place(row: Mapping[str, Any]) -> str:
    return ":".join(str(part) for part in (row["file"], row["sheet"], row["row"]) if part)


def _entry(party: Mapping[str, Any], places: Mapping[str, str]) -> ListEntry:
    kind = PartyKind(party["kind"] or PartyKind.UNKNOWN)
    numbers = () if kind is PartyKind.PERSON else (party["identifiers"] or ())
    found = [places[row_id] for row_id in party["row_ids"] or () if row_id in places]
    return ListEntry(
        entry_id=party["party_id"],
        name=party["name"],
        aliases=tuple(ListName(name) for name in party["names"] or () if name != party["name"]),
        countries=(party["country"],) if party["country"] else (),
        kind=kind,
        identifiers=tuple(
            ListIdentifier(number["value"], number["scheme"] or "")
            for number in numbers
            if number["value"] and number["valid"] is not False
        ),
        locator=found[0] if found else "",
    )
