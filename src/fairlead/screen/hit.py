"""A hit: a party and an entry that may be the same, by which names, and what came of the comparison."""

from __future__ import annotations

from dataclasses import dataclass

from fairlead.identity.compare import Comparison
from fairlead.model.message import Message
from fairlead.screen.watch_list import ListEntry, WatchList


@dataclass(frozen=True, slots=True)
class Hit:
    """A party and an entry with the names by which they met; `number` is the identifier that both have.

    `through` tells, where it is not the party but an owner of it that met the entry, how that one owns it.
    """

    party_id: str
    name: str
    watch_list: WatchList
    entry: ListEntry
    listed_name: str
    comparison: Comparison
    number: str | None = None
    through: Message | None = None
