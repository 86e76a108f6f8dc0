"""What people have judged, applied to the records of a run: joined, kept apart, or left in review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise, product
from typing import Any, Final

import pyarrow as pa

from fairlead.model.message import Message, message
from fairlead.model.schemas import REJECTED
from fairlead.model.vocabulary import Decision, Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judgements.event import Event, Pair, PersonJudgement
from fairlead.resolve.judgements.graph import JudgementGraph
from fairlead.resolve.judgements.training import lessons
from fairlead.resolve.record import Record
from fairlead.resolve.record_key import keys_by_row
from fairlead.resolve.rescore import Rescorer, suited

#: For a pair whose judgement does not say what the probability was.
_EVEN: Final = 0.5
#: What a decision is called in a sentence.
_DECISIONS: Final[Mapping[Decision, Message]] = {
    Decision.SAME: message("same"),
    Decision.DIFFERENT: message("different"),
    Decision.UNSURE: message("unsure"),
}


@dataclass(frozen=True)
class JudgementUse:
    """How many judgements are in effect, on how many both records are in the lists, how many contradict others.

    `learned_from` is the number of judged pairs from which the weights were learned, 0 where the shipped ones hold.
    """

    in_effect: int = 0
    in_lists: int = 0
    disputed: int = 0
    learned_from: int = 0


class Decided:
    """The judgements in effect and the rows of a run that they speak of."""

    def __init__(self, events: Iterable[Event], rows: pa.Table, keys_of: Mapping[str, str] | None = None) -> None:
        """Take the judgements and the rows; `keys_of` has the keys of rows that stand for an earlier record."""
        self.events = tuple(events)
        self.graph = JudgementGraph.of(self.events)
        keys = {**keys_by_row(rows), **(keys_of or {})} if self.events else {}
        named = {side.key for one in self.events if isinstance(one, PersonJudgement) for side in (one.left, one.right)}
        #: The key of every row that a judgement, even an undone one, speaks of.
        self.key_of: Mapping[str, str] = {row_id: key for row_id, key in keys.items() if key in named}

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the rows with each key, in order."""
        rows: defaultdict[str, list[str]] = defaultdict(list)
        for row_id in sorted(self.key_of):
            rows[self.key_of[row_id]].append(row_id)
        return {key: tuple(row_ids) for key, row_ids in rows.items()}

    @property
    def use(self) -> JudgementUse:
        """How far the judgements bear on the lists at hand."""
        judged = self.graph.judgements
        present = sum(all(key in self.rows_of for key in one.pair) for one in judged)
        return JudgementUse(len(judged), present, len(self.graph.disputed))

    def rescorer(self, start: Rescorer | None) -> tuple[Rescorer | None, int]:
        """Return the weights to compare by, learned from the judgements where there are enough, and from how many.

        `start` are those that are shipped for a kind of record; None where it has none.
        """
        if start is None:
            return None, 0
        taught = lessons(self.graph, start.features)
        found = suited(start, taught.measures, taught.same)
        return found, 0 if found is start else len(taught.same)

    def together(self, records: Sequence[Record]) -> list[Record]:
        """Return the records; where rows that agree in nothing but a name are judged one party, they stay together."""
        return [replace(record, together=True) if self._bound(record) else record for record in records]

    def settle(self, records: Sequence[Record], judgements: Sequence[Judgement]) -> list[Judgement]:
        """Return the judgements of the rules with those of people in their place.

        Judged the same: joined. Judged different, or in dispute: kept apart. What is in dispute, and what a person
        was unsure of, comes back as a doubt.
        """
        places = self._places(records)
        kept = [still for one in judgements if (still := self._still_open(one, records)) is not None]
        return [*kept, *self._joined(places), *self._apart(places), *self._disputes(places)]

    def is_settled(self, left: Iterable[str], right: Iterable[str]) -> bool:
        """Say whether two parties, given the ids of their rows, are judged different, or are so in consequence."""
        mine, theirs = (
            {self.key_of[row_id] for row_id in row_ids if row_id in self.key_of} for row_ids in (left, right)
        )
        return any(self.graph.decision(pair) is Decision.DIFFERENT for pair in product(mine, theirs))

    def is_disputed(self, left: str, right: str) -> bool:
        """Say whether a judgement on two rows contradicts others."""
        pair = self._pair(left, right)
        return pair is not None and self.graph.is_disputed(pair)

    def said_of(self, left: str, right: str) -> Message | None:
        """Return who has said what of two rows that are still open, the latest; None where nobody has."""
        pair = self._pair(left, right)
        said = self.graph.on(pair) if pair else ()
        return _told(said[-1]) if said else None

    def remarks(self, rows: Mapping[str, Mapping[str, Any]]) -> pa.Table:
        """Return a table of REJECTED on judgements that identifiers speak against; `rows` are those of ROW by id."""
        found = [remark for one in (*self.graph.same, *self.graph.different) for remark in self._remark(one, rows)]
        return pa.Table.from_pylist(found, schema=REJECTED)

    def _bound(self, record: Record) -> bool:
        keys = {self.key_of[row_id] for row_id in record.row_ids if row_id in self.key_of}
        return not record.together and any(self.graph.decision((key, key)) is Decision.SAME for key in keys)

    def _pair(self, left: str, right: str) -> Pair | None:
        keys = self.key_of.get(left), self.key_of.get(right)
        return (keys[0], keys[1]) if keys[0] is not None and keys[1] is not None else None

    def _places(self, records: Sequence[Record]) -> Mapping[str, list[int]]:
        """Return the places of the records with each key."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(records):
            for key in sorted({self.key_of[row_id] for row_id in record.row_ids if row_id in self.key_of}):
                places[key].append(place)
        return places

    def _still_open(self, one: Judgement, records: Sequence[Record]) -> Judgement | None:
        """Return a judgement of the rules where no person's stands in its place; a match in doubt becomes a doubt."""
        pair = self._pair(records[one.left].row_ids[0], records[one.right].row_ids[0])
        if pair is None:
            return one
        if self.graph.decision(pair) is not None or self.graph.is_disputed(pair):
            return None
        doubted = [said for said in self.graph.on(pair) if said.decision is Decision.UNSURE]
        if doubted and one.verdict is Verdict.MATCH:
            return replace(one, verdict=Verdict.REVIEW, by_identifier=False, reason=_told(doubted[-1]))
        return one

    def _joined(self, places: Mapping[str, list[int]]) -> Iterator[Judgement]:
        groups: defaultdict[str, set[int]] = defaultdict(set)
        bound = {key for one in self.graph.same for key in one.pair}
        for key in bound & places.keys():
            groups[self.graph.group(key)].update(places[key])
        for group in sorted(groups):
            for left, right in pairwise(sorted(groups[group])):
                yield Judgement(left, right, Verdict.MATCH, 1.0, by_person=True)

    def _apart(self, places: Mapping[str, list[int]]) -> Iterator[Judgement]:
        of_group: defaultdict[str, list[int]] = defaultdict(list)
        for key in sorted(places):
            of_group[self.graph.group(key)].extend(places[key])
        for one in self.graph.different:
            left, right = (of_group.get(self.graph.group(key), []) for key in one.pair)
            yield from _kept_apart(left, right)
        for one in self.graph.disputed:
            yield from _kept_apart(places.get(one.pair[0], []), places.get(one.pair[1], []))

    def _disputes(self, places: Mapping[str, list[int]]) -> Iterator[Judgement]:
        for pair in sorted({one.pair for one in self.graph.disputed}):
            left, right = (places.get(key, []) for key in pair)
            if not left or not right or left == right:
                continue
            said = self.graph.on(pair)
            seen = max((one.seen.probability or 0.0 for one in said), default=0.0) or _EVEN
            concerned = dict.fromkeys(one.in_short for found in self.graph.disputes(pair) for one in found.judgements)
            reason = message(
                "People's judgements contradict each other, and one has to be undone: {judgements}",
                judgements="; ".join(concerned),
            )
            yield Judgement(left[0], right[-1], Verdict.REVIEW, seen, reason=reason, measures=said[-1].seen.measures)

    def _remark(self, one: PersonJudgement, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        if any(key not in self.rows_of for key in one.pair) or one.pair[0] == one.pair[1]:
            return
        left, right = (rows[self.rows_of[key][0]] for key in one.pair)
        told = _against(one, _numbers(left), _numbers(right), left["name"], right["name"])
        if told is not None:
            place = {column: left[column] for column in ("file", "sheet", "row")}
            yield {**place, "column": "", "reason": told.to_arrow(), "cells": []}


def _kept_apart(left: Sequence[int], right: Sequence[int]) -> Iterator[Judgement]:
    pairs = combinations(left, 2) if left == right else product(left, right)
    for one, other in pairs:
        if one != other:
            yield Judgement(min(one, other), max(one, other), Verdict.DIFFERENT, 0.0, by_person=True)


def _told(one: PersonJudgement) -> Message:
    said = {"decision": _DECISIONS[one.decision].template, "user": one.user, "date": one.time[:10]}
    if one.reason:
        return message("Judged {decision:term} by {user} on {date:date}: {reason}", **said, reason=one.reason)
    return message("Judged {decision:term} by {user} on {date:date}", **said)


def _numbers(row: Mapping[str, Any]) -> dict[str, set[str]]:
    schemes: defaultdict[str, set[str]] = defaultdict(set)
    for one in row["identifiers"] or ():
        if one["valid"] is not False:
            schemes[one["scheme"]].add(one["value"])
    return schemes


def _against(
    one: PersonJudgement, mine: Mapping[str, set[str]], theirs: Mapping[str, set[str]], name: str, other: str
) -> Message | None:
    """Return what identifiers say against a judgement: different numbers of the same, a shared number of different."""
    schemes = sorted(mine.keys() & theirs.keys())
    said = {"name": name, "other": other, "user": one.user, "date": one.time[:10]}
    if one.decision is Decision.SAME:
        clash = ", ".join(scheme for scheme in schemes if not mine[scheme] & theirs[scheme])
        if clash:
            return message(
                "{user} judged {name} and {other} the same on {date:date}, although their numbers differ ({scheme}).",
                **said,
                scheme=clash,
            )
        return None
    shared = ", ".join(f"{scheme} {value}" for scheme in schemes for value in sorted(mine[scheme] & theirs[scheme]))
    if shared:
        return message(
            "{user} judged {name} and {other} different on {date:date}, although both have {number}.",
            **said,
            number=shared,
        )
    return None
