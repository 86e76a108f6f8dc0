"""What became of party ids: an id is a hash of what its party is made of, so a merge, split or undo changes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from fairlead.model.schemas import MERGED_ID
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements.event import Event, Pair, PersonJudgement, Undo, in_order
from fairlead.resolve.judgements.graph import JudgementGraph


@dataclass(frozen=True)
class _Old:
    """An id that was given before: the rows it stood for, and the keys of them that judgements speak of."""

    row_ids: frozenset[str]
    keys: frozenset[str]


def merged_ids(
    events: Iterable[Event],
    key_of: Mapping[str, str],
    *,
    without: Mapping[str, str],
    party_of: Mapping[str, str],
    name: Callable[[Iterable[str]], str],
) -> pa.Table:
    """Return a table of MERGED_ID: every id that is known from before and is no longer what it was, and what it is now.

    `key_of` has the keys of the rows that judgements speak of, `without` the party of every row as it would be if
    nobody had judged, `party_of` as it is, and `name` gives the id of a party made of some rows. The ids known from
    before are those of `without`, those that people saw when they judged, and those that the judged records had, or
    would have had in a run, after each earlier judgement. Such an id has one row for each party that has its
    records now; it is not in the table where none of its records is in the lists any more.
    """
    events = tuple(events)
    graph = JudgementGraph.of(events)
    found: list[dict[str, object]] = []
    for old_id, old in sorted(_old_ids(events, key_of, without, name).items()):
        now = {party_of[row_id] for row_id in old.row_ids if row_id in party_of}
        if now in (set(), {old_id}):
            continue
        by = [event.event_id for event in _responsible(events, graph, old.keys)]
        found += [{"old_party_id": old_id, "party_id": party_id, "judgement_ids": by} for party_id in sorted(now)]
    return pa.Table.from_pylist(found, schema=MERGED_ID)


def _old_ids(
    events: tuple[Event, ...],
    key_of: Mapping[str, str],
    without: Mapping[str, str],
    name: Callable[[Iterable[str]], str],
) -> dict[str, _Old]:
    """Return the ids known from before; only those that judgements speak of can have changed.

    One id may have stood for more at one time than at another, since a merged party keeps the id of one of its parts.
    """
    touched = {without[row_id] for row_id in key_of if row_id in without}
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for row_id, party_id in without.items():
        if party_id in touched:
            parties[party_id].add(row_id)
    rows_of: defaultdict[str, set[str]] = defaultdict(set)
    for row_id, key in key_of.items():
        rows_of[key].add(row_id)
    found = defaultdict(set, {party_id: set(row_ids) for party_id, row_ids in parties.items()})
    for keys in _past_groups(events):
        own = {row_id for key in keys for row_id in rows_of[key]}
        whole = own.union(*(parties[without[row_id]] for row_id in own if row_id in without))
        for rows in filter(None, (whole, own)):  # `own` where a `different` parted it from the rest
            found[name(rows)] |= rows
    for party_id, seen in _seen_ids(events).items():
        if party_id not in found:
            found[party_id] = {row_id for key in seen for row_id in rows_of[key]}
    return {
        party_id: _Old(frozenset(row_ids), frozenset(key_of[row_id] for row_id in row_ids if row_id in key_of))
        for party_id, row_ids in found.items()
    }


def _past_groups(events: tuple[Event, ...]) -> set[frozenset[str]]:
    """Return the groups of keys that judgements made one, or left alone, after any of them was entered."""
    past: set[frozenset[str]] = set()
    bonds = _Bonds()
    for event in events:
        for key in bonds.enter(event):
            past.add(frozenset(bonds.reached(key)))
            past.add(frozenset((key,)))
    return past


def _seen_ids(events: tuple[Event, ...]) -> dict[str, set[str]]:
    """Return the party ids that people saw when they judged, each with the keys it stood for then.

    These are the record's own key and those that judgements entered earlier had made one with it.
    """
    seen: defaultdict[str, set[str]] = defaultdict(set)
    bonds = _Bonds()
    for event in events:
        if isinstance(event, PersonJudgement):
            for side in (event.left, event.right):
                if side.party_id:
                    seen[side.party_id] |= bonds.reached(side.key)
        bonds.enter(event)
    return seen


class _Bonds:
    """The `same` judgements in effect after each event, entered one by one."""

    def __init__(self) -> None:
        self._said: defaultdict[tuple[Pair, str], list[PersonJudgement]] = defaultdict(list)
        self._judged: dict[str, PersonJudgement] = {}
        self._bonds: Counter[Pair] = Counter()
        self._neighbours: defaultdict[str, set[str]] = defaultdict(set)

    def enter(self, event: Event) -> Pair | tuple[()]:
        """Take one more event into account; return the keys it is about, none where it undoes nothing."""
        if isinstance(event, PersonJudgement):
            self._judged[event.event_id] = event
            self._change(event, add=True)
            return event.pair
        undone = self._judged.get(event.judgement_id)
        if undone is None:
            return ()
        self._change(undone, add=False)
        return undone.pair

    def reached(self, key: str) -> set[str]:
        """Return the keys that are bound to this one, itself among them."""
        found, waiting = {key}, [key]
        while waiting:
            here = waiting.pop()
            new = {there for there in self._neighbours[here] if self._bonds[in_order((here, there))]} - found
            found |= new
            waiting.extend(new)
        return found

    def _change(self, one: PersonJudgement, *, add: bool) -> None:
        said = self._said[one.pair, one.user]
        before = _binds(said)
        if add:
            said.append(one)
        elif one in said:
            said.remove(one)
        self._bonds[one.pair] += _binds(said) - before
        left, right = one.pair
        self._neighbours[left].add(right)
        self._neighbours[right].add(left)


def _binds(said: list[PersonJudgement]) -> int:
    return int(bool(said) and said[-1].decision is Decision.SAME)


def _responsible(events: Iterable[Event], graph: JudgementGraph, own: frozenset[str]) -> Iterator[Event]:
    """Yield the events by which records with these keys came to another party, in the order of entry."""
    groups = {graph.group(key) for key in own}
    binding = {one.event_id for one in graph.same if graph.group(one.pair[0]) in groups}
    parting = {one.event_id for one in graph.different if own.issuperset(one.pair)}
    judged = {event.event_id: event for event in events if isinstance(event, PersonJudgement)}
    for event in events:
        if isinstance(event, Undo):
            undone = judged.get(event.judgement_id)
            if undone and undone.decision is not Decision.UNSURE and not own.isdisjoint(undone.pair):
                yield event
        elif event.event_id in binding or event.event_id in parting:
            yield event


@dataclass(frozen=True)
class Followed:
    """Where an old id leads: the parties that have its records now, none where nothing changed it, and by what.

    `chain` has every event in the order of entry, with the judgement it is or undoes.
    """

    party_ids: tuple[str, ...]
    chain: tuple[tuple[PersonJudgement, Event], ...]


def follow(party_id: str, merged: Iterable[tuple[str, str, tuple[str, ...]]], events: Iterable[Event]) -> Followed:
    """Follow an old id through the rows of merged_ids.csv (old id, present id, judgements) and `events`."""
    rows = [row for row in merged if row[0] == party_id]
    by = {event_id for row in rows for event_id in row[2]}
    events = tuple(events)
    judged = {event.event_id: event for event in events if isinstance(event, PersonJudgement)}
    chain = [
        (judged[about], event)
        for event in events
        if event.event_id in by
        and (about := event.judgement_id if isinstance(event, Undo) else event.event_id) in judged
    ]
    return Followed(tuple(sorted({row[1] for row in rows})), tuple(chain))
