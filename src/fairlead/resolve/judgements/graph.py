"""What all judgements together say: who is the same as whom, who is not, and where they contradict each other.

`same` carries over: a = b and b = c make a = c. `different` holds between whole groups: a = b and b ≠ c make a ≠ c.
`unsure` binds nothing. The order in which judgements were entered plays no part, but that of one person on one pair
only the latest stands.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements.event import Event, Pair, PersonJudgement, Undo, in_order


@dataclass(frozen=True)
class Contradiction:
    """A `different` and the judgements by which the same two records are the same; a person has to undo one of them."""

    different: PersonJudgement
    same: tuple[PersonJudgement, ...]

    @property
    def judgements(self) -> tuple[PersonJudgement, ...]:
        """All judgements concerned."""
        return (self.different, *self.same)


def standing(events: Iterable[Event]) -> tuple[PersonJudgement, ...]:
    """Return the judgements in effect, in the order of entry: not undone, and each person's latest on each pair."""
    events = tuple(events)
    undone = {event.judgement_id for event in events if isinstance(event, Undo)}
    latest: dict[tuple[Pair, str], PersonJudgement] = {}
    for event in events:
        if isinstance(event, PersonJudgement) and event.event_id not in undone:
            latest.pop((event.pair, event.user), None)
            latest[event.pair, event.user] = event
    return tuple(latest.values())


class JudgementGraph:
    """The judgements in effect, taken together; those that contradict each other only keep their records apart."""

    def __init__(self, judgements: Iterable[PersonJudgement]) -> None:
        self.judgements = tuple(judgements)
        self._on: defaultdict[Pair, list[PersonJudgement]] = defaultdict(list)
        for one in self.judgements:
            self._on[one.pair].append(one)
        by_decision: defaultdict[Decision, list[PersonJudgement]] = defaultdict(list)
        for one in self.judgements:
            by_decision[one.decision].append(one)
        self.contradictions = _contradictions(by_decision[Decision.SAME], by_decision[Decision.DIFFERENT])
        disputed = {one for contradiction in self.contradictions for one in contradiction.judgements}
        self.disputed = tuple(one for one in self.judgements if one in disputed)
        self._disputed = {one.pair for one in disputed}
        self.same = tuple(one for one in by_decision[Decision.SAME] if one not in disputed)
        self.different = tuple(one for one in by_decision[Decision.DIFFERENT] if one not in disputed)
        self._neighbours = _neighbours(self.same)
        self._group = _groups(self._neighbours)
        self._apart: dict[Pair, PersonJudgement] = {}
        for one in self.different:
            self._apart.setdefault(self._groups_of(one.pair), one)

    @classmethod
    def of(cls, events: Iterable[Event]) -> JudgementGraph:
        """Make the graph of what stands at the end of the events."""
        return cls(standing(events))

    def group(self, key: str) -> str:
        """Return the least key of the group of records that are judged to be one with this one."""
        return self._group.get(key, key)

    def members(self, key: str) -> tuple[str, ...]:
        """Return the keys of all records judged to be one with this one, itself among them, in order."""
        return tuple(sorted(self._reached(key)))

    def decision(self, pair: Pair) -> Decision | None:
        """Return what is decided of two records, by a judgement on them or by what follows from others.

        None where nothing is decided: no judgement, only doubts, or judgements that contradict each other.
        """
        left, right = pair
        if self._groups_of(pair) in self._apart and not self.is_disputed(pair):
            return Decision.DIFFERENT
        bound = left in self._neighbours.get(left, {}) if left == right else self.group(left) == self.group(right)
        return Decision.SAME if bound else None

    def on(self, pair: Pair) -> tuple[PersonJudgement, ...]:
        """Return the judgements in effect on these two records themselves, doubts among them."""
        return tuple(self._on.get(in_order(pair), ()))

    def is_disputed(self, pair: Pair) -> bool:
        """Say whether a judgement on these two records contradicts others."""
        return in_order(pair) in self._disputed

    def disputes(self, pair: Pair) -> tuple[Contradiction, ...]:
        """Return the contradictions in which a judgement on these two records plays a part."""
        wanted = in_order(pair)
        return tuple(found for found in self.contradictions if any(one.pair == wanted for one in found.judgements))

    def because(self, pair: Pair) -> tuple[PersonJudgement, ...]:
        """Return the judgements from which the decision on two records follows, in the order of the path."""
        left, right = pair
        decided = self.decision(pair)
        if decided is Decision.SAME:
            return self._path(left, right)
        if decided is Decision.DIFFERENT:
            between = self._apart[self._groups_of(pair)]
            near, far = between.pair if self.group(between.pair[0]) == self.group(left) else between.pair[::-1]
            return (*self._path(left, near), between, *self._path(far, right))
        return ()

    def would_contradict(self, new: PersonJudgement) -> tuple[Contradiction, ...]:
        """Return the contradictions that a judgement, put beside those in effect, would make.

        It takes the place of the same person's earlier judgement on the pair.
        """
        others = [one for one in self.judgements if (one.pair, one.user) != (new.pair, new.user)]
        made = JudgementGraph((*others, new)).contradictions
        return tuple(one for one in made if new in one.judgements)

    def _groups_of(self, pair: Pair) -> Pair:
        return in_order((self.group(pair[0]), self.group(pair[1])))

    def _reached(self, key: str) -> Mapping[str, PersonJudgement | None]:
        """Return every key of the group, each with the judgement by which it is first reached from this one."""
        reached: dict[str, PersonJudgement | None] = {key: None}
        waiting = deque([key])
        while waiting:
            here = waiting.popleft()
            for there, by in sorted(self._neighbours.get(here, {}).items()):
                if there not in reached:
                    reached[there] = by
                    waiting.append(there)
        return reached

    def _path(self, start: str, end: str) -> tuple[PersonJudgement, ...]:
        if start == end:
            loop = self._neighbours.get(start, {}).get(start)
            return (loop,) if loop else ()
        reached = self._reached(start)
        path: list[PersonJudgement] = []
        while end != start:
            by = reached[end]
            assert by is not None  # only the start is reached by nothing
            path.append(by)
            end = by.pair[0] if by.pair[1] == end else by.pair[1]
        return tuple(reversed(path))


def _neighbours(same: Iterable[PersonJudgement]) -> Mapping[str, Mapping[str, PersonJudgement]]:
    """Return for every key the keys judged the same, each with the first judgement that says so."""
    neighbours: defaultdict[str, dict[str, PersonJudgement]] = defaultdict(dict)
    for one in same:
        left, right = one.pair
        neighbours[left].setdefault(right, one)
        neighbours[right].setdefault(left, one)
    return neighbours


def _groups(neighbours: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """Return the least key of its group for every key that has a neighbour."""
    group: dict[str, str] = {}
    for start in sorted(neighbours):
        if start in group:
            continue
        group[start] = start
        waiting = [start]
        while waiting:
            for there in neighbours[waiting.pop()]:
                if there not in group:
                    group[there] = start
                    waiting.append(there)
    return group


def _contradictions(same: Sequence[PersonJudgement], different: Iterable[PersonJudgement]) -> tuple[Contradiction, ...]:
    """Return every `different` between records that other judgements make one, with those judgements.

    They are what is left of the group's `same` judgements when the ends that lead nowhere are cut off again and
    again, so that a record hanging on one of the two is not drawn in. A record that is different from itself
    (several rows say the same and are several suppliers) contradicts whatever makes it one with anything.
    """
    group = _groups(_neighbours(same))
    found: list[Contradiction] = []
    for one in sorted(different, key=lambda judged: (judged.pair, judged.user)):
        left, right = one.pair
        if left == right:
            concerned = [other for other in same if left in other.pair]
        elif group.get(left, left) == group.get(right, right):
            concerned = _between(left, right, [other for other in same if group[other.pair[0]] == group[left]])
        else:
            continue
        if concerned:
            ordered = sorted(concerned, key=lambda judged: (judged.pair, judged.user))
            found.append(Contradiction(one, tuple(ordered)))
    return tuple(found)


def _between(left: str, right: str, same: Sequence[PersonJudgement]) -> list[PersonJudgement]:
    """Return the judgements that are left when ends other than `left` and `right` are cut off."""
    left_over = [one for one in same if one.pair[0] != one.pair[1]]
    while True:
        neighbours: defaultdict[str, set[str]] = defaultdict(set)
        for one in left_over:
            neighbours[one.pair[0]].add(one.pair[1])
            neighbours[one.pair[1]].add(one.pair[0])
        ends = {key for key, others in neighbours.items() if len(others) == 1 and key not in (left, right)}
        if not ends:
            return left_over
        left_over = [one for one in left_over if not ends.intersection(one.pair)]
