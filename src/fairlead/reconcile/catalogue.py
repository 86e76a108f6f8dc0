"""Everything that can be asked for, loaded and indexed: lists, their entities, and the way from an id to one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fairlead.identity.normalise import fold
from fairlead.reconcile.sources import SUPPLIERS
from fairlead.reconcile.words import EntityType
from fairlead.screen import ListEntry, WatchList
from fairlead.screen.prepare import PreparedList


@dataclass(frozen=True)
class Entity:
    """One party that can be found; its id is the list's name and the entry's id, the same in every edition."""

    entity_id: str
    entity_type: EntityType
    entry: ListEntry
    watch_list: WatchList


@dataclass(frozen=True)
class Source:
    """One list with its index; `entities` stand in the order of the index's entries."""

    entity_type: EntityType
    listed: PreparedList
    entities: Sequence[Entity]


@dataclass(frozen=True)
class Catalogue:
    """The sources of a service as of a day, and their entities by id and by the beginning of a name."""

    as_of: date
    sources: tuple[Source, ...]
    by_id: Mapping[str, Entity]
    names: Sequence[tuple[str, str, str]]  # folded name, id, and the name as it stands, sorted

    @property
    def types(self) -> tuple[EntityType, ...]:
        """The types that there are, in the order of their declaration."""
        present = {source.entity_type for source in self.sources}
        return tuple(each for each in EntityType if each in present)

    def beginning_with(self, prefix: str) -> Iterator[tuple[Entity, str]]:
        """Yield the entities with a name that begins so, in any script, and that name; sorted by it, each once."""
        folded = fold(prefix)
        seen: set[str] = set()
        for place in range(bisect_left(self.names, (folded, "", "")), len(self.names)):
            name, entity_id, text = self.names[place]
            if not name.startswith(folded):
                return
            if entity_id not in seen:
                seen.add(entity_id)
                yield self.by_id[entity_id], text


def make_catalogue(lists: Sequence[WatchList], as_of: date) -> Catalogue:
    """Index lists as of a day; entries that are listed later are not in it."""
    titles = Counter(_called(watch_list) for watch_list in lists)
    sources = tuple(_source(watch_list, as_of, alone=titles[_called(watch_list)] == 1) for watch_list in lists)
    entities = [entity for source in sources for entity in source.entities]
    names = sorted(
        {(fold(name.text), entity.entity_id, name.text) for entity in entities for name in entity.entry.names}
    )
    return Catalogue(as_of, sources, {entity.entity_id: entity for entity in entities}, names)


def _called(watch_list: WatchList) -> str:
    """Return how ids call a list: by its file, whose content may change, or as the reference pack does."""
    return watch_list.title if watch_list.list_id.startswith("list_") else watch_list.list_id


def _source(watch_list: WatchList, as_of: date, *, alone: bool) -> Source:
    supplier = watch_list.list_id == SUPPLIERS
    entity_type = EntityType.SUPPLIER if supplier else EntityType.LISTED_PARTY
    listed = PreparedList(watch_list, as_of, addresses=False)
    called = _called(watch_list) if alone else watch_list.list_id
    entities = [
        Entity(entry.entry_id if supplier else f"{called}/{entry.entry_id}", entity_type, entry, watch_list)
        for entry in listed.entries
    ]
    return Source(entity_type, listed, entities)
