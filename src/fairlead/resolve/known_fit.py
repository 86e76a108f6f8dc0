"""Which known party a group of new records is: by the rules that join the records of one list, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise, product
from typing import Final

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judgements.apply import Decided
from fairlead.resolve.record import Record
from fairlead.resolve.settings import Settings


class Ground(IntEnum):
    """Why a group is a known party, the strongest first."""

    PERSON = 1  # somebody has judged so
    SAME_WORDS = 2  # a record of both says exactly the same
    RULES = 3


#: What is said of each ground.
REASONS: Final[Mapping[Ground, Message]] = {
    Ground.PERSON: message("Judged the same"),
    Ground.SAME_WORDS: message("The list says exactly what is known already"),
    Ground.RULES: message("Name, numbers and place agree as those of one party do"),
}


@dataclass(frozen=True)
class Fit:
    """That a group (its place among the groups) is a known party, why, and how sure that is."""

    group: int
    party_id: str
    ground: Ground
    probability: float


@dataclass(frozen=True)
class Misfit:
    """Two records, of a group and of a known party, that match although the two are not made one; and why not."""

    left: int  # places in the records
    right: int
    party_id: str
    probability: float
    reason: Message


@dataclass
class Fits:
    """Which group is which known party, all that a group fits which fits several, and what was not followed."""

    known: dict[int, Fit] = field(default_factory=dict)
    several: dict[int, list[Fit]] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)


@dataclass(frozen=True)
class Sides:
    """Records of one kind, those of new rows first, and whose they are: their group, and the known parties."""

    records: Sequence[Record]
    groups: Sequence[Sequence[int]]  # of new records, as places in `records`
    parties: Sequence[Collection[str]]  # the known parties of which a record speaks, in the order of `records`


def fits(sides: Sides, judged: Iterable[Judgement], settings: Settings, decided: Decided) -> Fits:
    """Find the known party of each group of new records.

    `judged` are the judgements on pairs of records, with people's. A group is a known party where a record of each
    match and nothing that is known of either contradicts the other: they are joined as `settings.cluster` joins the
    records of one list. Of several groups that fit one party, those that contradict others that fit it better do not
    become it. A group that fits several parties equally well becomes none of them.
    """
    finder = _Finder(sides, tuple(judged), settings, decided)
    found = Fits()
    claims: defaultdict[str, list[Fit]] = defaultdict(list)
    for group, ways in sorted(finder.ways().items()):
        best = [way for way in ways if way.ground == min(one.ground for one in ways)]
        if len(best) == 1:
            claims[best[0].party_id].append(best[0])
        if len(ways) > 1:
            found.several[group] = ways
    for party_id, claimed in sorted(claims.items()):
        for fit in finder.together(party_id, claimed) if len(claimed) > 1 else claimed:
            found.known[fit.group] = fit
    found.misfits = finder.misfits
    return found


class _Finder:
    """The records, by group and by known party, with every judgement between a group and a party."""

    def __init__(self, sides: Sides, judged: Sequence[Judgement], settings: Settings, decided: Decided) -> None:
        self._sides, self._settings, self._decided = sides, settings, decided
        self._group_of = {place: number for number, group in enumerate(sides.groups) for place in group}
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, party_ids in enumerate(sides.parties):
            for party_id in party_ids:
                self._places[party_id].append(place)
        self._groups_apart = [
            one
            for one in judged
            if one.by_person and one.verdict is Verdict.DIFFERENT and {one.left, one.right} <= self._group_of.keys()
        ]
        self._same, self._apart = self._by_person()
        self._between = self._judgements(judged)
        self.misfits: list[Misfit] = []

    def _judgements(self, judged: Iterable[Judgement]) -> Mapping[tuple[int, str], list[Judgement]]:
        """Return the judgements of the rules between each group and each known party."""
        found: defaultdict[tuple[int, str], list[Judgement]] = defaultdict(list)
        for one in judged:
            if one.by_person:
                continue
            for mine, theirs in ((one.left, one.right), (one.right, one.left)):
                if mine in self._group_of:
                    for party_id in self._sides.parties[theirs]:
                        found[self._group_of[mine], party_id].append(one)
        return found

    def _by_person(self) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
        """Return the pairs of a group and a party that people have judged the same, and those kept apart."""
        graph = self._decided.graph
        groups: defaultdict[str, set[int]] = defaultdict(set)
        parties: defaultdict[str, set[str]] = defaultdict(set)
        if self._decided.key_of:
            for place, record in enumerate(self._sides.records):
                for key in {self._decided.key_of[one] for one in record.row_ids if one in self._decided.key_of}:
                    parties[graph.group(key)].update(self._sides.parties[place])
                    if place in self._group_of:
                        groups[graph.group(key)].add(self._group_of[place])
        apart: set[tuple[int, str]] = set()
        for one in (*graph.different, *graph.disputed):
            left, right = (graph.group(key) for key in one.pair)
            for mine, theirs in ((left, right), (right, left)):
                apart.update(product(groups.get(mine, ()), parties.get(theirs, ())))
        bound = {graph.group(key) for one in graph.same for key in one.pair}
        same = {pair for group in bound for pair in product(groups.get(group, ()), parties.get(group, ()))}
        return same - apart, apart

    def ways(self) -> Mapping[int, list[Fit]]:
        """Return every known party that each group fits, in the order of their ids."""
        found: defaultdict[int, dict[str, Fit]] = defaultdict(dict)
        for group, party_id in sorted({*self._same, *self._between, *self._said_alike()} - self._apart):
            fit = self._fit(group, party_id)
            if fit is not None:
                found[group][party_id] = fit
        return {group: list(ways.values()) for group, ways in found.items()}

    def _said_alike(self) -> set[tuple[int, str]]:
        return {(group, one) for place, group in self._group_of.items() for one in self._sides.parties[place]}

    def _fit(self, group: int, party_id: str) -> Fit | None:
        if (group, party_id) in self._same:
            return Fit(group, party_id, Ground.PERSON, 1.0)
        shared = [place for place in self._sides.groups[group] if party_id in self._sides.parties[place]]
        if any(self._sides.records[place].together for place in shared):
            return Fit(group, party_id, Ground.SAME_WORDS, 1.0)
        matches = [one for one in self._between.get((group, party_id), ()) if one.verdict is Verdict.MATCH]
        if not matches:
            return None
        fit = Fit(group, party_id, Ground.RULES, max(one.probability for one in matches))
        return fit if self.together(party_id, [fit]) else None

    def together(self, party_id: str, claims: Sequence[Fit]) -> list[Fit]:
        """Join the groups that each fit a party with it, the surest first; return those that can be."""
        members = [*(self._sides.groups[fit.group] for fit in claims), self._places[party_id]]
        places = sorted({place for group in members for place in group})
        at = {place: number for number, place in enumerate(places)}
        within = [(left, right) for group in members for left, right in pairwise(sorted(group))]
        within += [
            (min(self._sides.groups[fit.group]), self._places[party_id][0])
            for fit in claims
            if fit.ground is not Ground.RULES
        ]
        between = [one for fit in claims for one in self._between.get((fit.group, party_id), ())]
        said = {(one.left, one.right): one for one in between}.values()
        local = [
            *(Judgement(*_in_order(at[left], at[right]), Verdict.MATCH, 1.0, by_person=True)
              for left, right in within if left != right),
            *(Judgement(at[one.left], at[one.right], one.verdict, one.probability, one.by_identifier, one.reason)
              for one in said),
            *(Judgement(*_in_order(at[one.left], at[one.right]), Verdict.DIFFERENT, 0.0, by_person=True)
              for one in self._groups_apart if one.left in at and one.right in at),
        ]  # fmt: skip
        groups, left_over = self._settings.cluster([self._sides.records[place] for place in places], local)
        home = at[self._places[party_id][0]]
        one_party = next(group for group in groups if home in group)
        joined = [fit for fit in claims if at[self._sides.groups[fit.group][0]] in one_party]
        if len(joined) < len(claims):
            self._keep(party_id, [places[one] for one in one_party], left_over, places)
        return joined

    def _keep(
        self, party_id: str, one_party: Collection[int], left_over: Iterable[Judgement], places: Sequence[int]
    ) -> None:
        """Keep the matches that could not be followed, for a person to decide."""
        for one in left_over:
            left, right = places[one.left], places[one.right]
            if one.reason is not None and (left in one_party) != (right in one_party):
                self.misfits.append(Misfit(left, right, party_id, one.probability, one.reason))


def _in_order(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
