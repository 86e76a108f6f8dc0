"""Names screened as they stand: each row of a list of names is a question of its own, never merged with another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fairlead.engine import Engine
from fairlead.identity.compare import Details
from fairlead.identity.name import read_name, tells_enough
from fairlead.model.message import Message, message
from fairlead.model.progress import Progress
from fairlead.read.names import NamedRow
from fairlead.screen.hit import Hit
from fairlead.screen.list_entry import compact_numbers
from fairlead.screen.prepare import Party
from fairlead.screen.screen import hits_of
from fairlead.screen.watch_list import WatchList

_NOTHING_LEFT: Final = message(
    "Not screened, because the name is nothing but a legal form or a word that every firm may have."
)
_SAYS_LITTLE: Final = message(
    "Looked for letter by letter only, because the name says too little: thousands of others have the same words."
)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name of the list and a hit on it."""

    name: NamedRow
    hit: Hit


@dataclass(frozen=True)
class NameScreening:
    """The hits, and the names that say too little to be looked for, each with the reason.

    Hits come in the order of the names, then the best score first, then by list and entry. `not_screened` were
    compared with nothing, `only_exact` only with names that are the same letter by letter.
    """

    hits: tuple[NameHit, ...]
    not_screened: tuple[tuple[NamedRow, Message], ...]
    only_exact: tuple[tuple[NamedRow, Message], ...]


def screen_names(
    names: Sequence[NamedRow],
    lists: Sequence[WatchList],
    *,
    as_of: date,
    progress: Progress | None = None,
    engine: Engine | None = None,
) -> NameScreening:
    """Screen every name against every list as of a day; entries that are listed later are left out.

    Names with the same id, or the same name, are screened one by one. The engine makes no difference to the hits.
    """
    parties: list[Party] = []
    nothing: list[tuple[NamedRow, Message]] = []
    exact: list[tuple[NamedRow, Message]] = []
    for place, name in enumerate(names):
        party = _party(place, name)
        parties.append(party)
        if any(tells_enough(reading.words) for _, reading in party.readings):
            continue
        if any(" " in reading.whole for _, reading in party.readings):
            exact.append((name, _SAYS_LITTLE))
        else:
            nothing.append((name, _NOTHING_LEFT))
    found = hits_of(parties, lists, as_of=as_of, progress=progress, engine=engine)
    hits = in_order(names, [NameHit(names[int(hit.party_id)], hit) for hit in found])
    return NameScreening(hits, tuple(nothing), tuple(exact))


def in_order(names: Sequence[NamedRow], hits: Iterable[NameHit]) -> tuple[NameHit, ...]:
    """Return hits in the order of their names, of one name the best score first, then by list and entry."""
    places = {id(name): place for place, name in enumerate(names)}
    return tuple(sorted(hits, key=lambda one: (places[id(one.name)], -one.hit.comparison.score, *_of_list(one.hit))))


def _party(place: int, name: NamedRow) -> Party:
    readings = tuple((name.name, reading) for reading in read_name(name.name, name.kind, name.country))
    numbers = frozenset(("", number) for text in name.numbers for number in compact_numbers(text))
    countries = (name.country,) if name.country else ()
    return Party(f"{place:09d}", readings, Details(name.kind, countries, numbers, born=name.born))


def _of_list(hit: Hit) -> tuple[str, str, str]:
    return hit.watch_list.title, hit.watch_list.list_id, hit.entry.entry_id
