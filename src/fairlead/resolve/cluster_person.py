"""From judgements on pairs of persons to groups that are one person: average linkage.

Persons are written in many ways that each leave something out, so that two strangers may both be like a third
record. A group is therefore joined to another only where all that was compared between the two, taken together,
speaks for it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from fairlead.model.message import message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.person import Person, cannot_be_one
from fairlead.resolve.record import Record

#: A pair that was not compared, or came to less than is kept, counts as this probability.
NOT_COMPARED: Final = 0.05
#: One pair, however sure, counts for no more than this in an average.
MOST: Final = 0.999
#: The average log-odds (to base 2) from which groups are joined: one to four. A pair of records that each leave much
#: out is often unsure though a third shows that both are the same.
JOIN_AT: Final = -2.0


@dataclass(frozen=True)
class _Tie:
    """All that was compared between two groups: the sum of the log-odds and the number of pairs.

    `match` says whether one of the pairs matches, `same` and `apart` whether somebody has judged one to be the same
    or different.
    """

    total: float = 0.0
    pairs: int = 0
    match: bool = False
    same: bool = False
    apart: bool = False

    def __add__(self, other: _Tie) -> _Tie:
        return _Tie(
            self.total + other.total,
            self.pairs + other.pairs,
            self.match or other.match,
            self.same or other.same,
            self.apart or other.apart,
        )


@dataclass
class _Group:
    members: list[int]
    ties: dict[int, _Tie] = field(default_factory=dict)
    joins: int = 0  # how often it has grown; what was said of it before is out of date


def cluster(records: Sequence[Record], judgements: Sequence[Judgement]) -> tuple[list[list[int]], list[Judgement]]:
    """Join the groups between which a pair matches and which on average are not unlikely to be the same.

    The surest are joined first: s(A, B) = sum of log2(p / (1 - p)) over the pairs of a record of A and one of B,
    divided by their number, where a pair that was not compared counts as p = 0.05 (Sokal and Michener, 1958).
    Groups of which two records contradict each other in birth and given name are not joined.
    What somebody has judged the same is joined before, and what is judged different never meets in a group.
    Returns the groups, sorted, and the matches that were not followed, as doubts.
    """
    groups = [_Group([place]) for place in range(len(records))]
    alive = set(range(len(records)))
    for one in sorted(judgements, key=lambda one: one.by_person):  # people's stand in the place of the others
        groups[one.left].ties[one.right] = groups[one.right].ties[one.left] = _tie(one)
    persons = [record.person for record in records]
    queue = [entry for place in range(len(groups)) for entry in _entries(groups, place) if entry[1] == place]
    heapq.heapify(queue)
    while queue:
        _, left, right, *joins = heapq.heappop(queue)
        if {left, right} <= alive and joins == [groups[left].joins, groups[right].joins]:
            if not groups[left].ties[right].same and _contradict(groups[left], groups[right], persons):
                continue
            grown = _join(groups, left, right)
            alive.discard(right if grown == left else left)
            for entry in _entries(groups, grown):
                heapq.heappush(queue, entry)
    found = sorted(sorted(groups[place].members) for place in alive)
    return found, _not_followed(found, judgements)


def _tie(one: Judgement) -> _Tie:
    match = one.verdict is Verdict.MATCH
    return _Tie(
        _log_odds(min(max(one.probability, NOT_COMPARED), MOST)),
        1,
        match,
        same=one.by_person and match,
        apart=one.by_person and one.verdict is Verdict.DIFFERENT,
    )


def _entries(groups: Sequence[_Group], place: int) -> list[tuple[float, int, int, int, int]]:
    """Return the groups that may be joined to one, the surest with the least number first."""
    entries = []
    for other, tie in groups[place].ties.items():
        average = math.inf if tie.same else _average(groups[place], groups[other], tie)
        if tie.match and average >= JOIN_AT and (tie.same or not tie.apart):
            left, right = sorted((place, other))
            entries.append((-average, left, right, groups[left].joins, groups[right].joins))
    return entries


def _average(one: _Group, other: _Group, tie: _Tie) -> float:
    pairs = len(one.members) * len(other.members)
    return (tie.total + (pairs - tie.pairs) * _log_odds(NOT_COMPARED)) / pairs


def _contradict(one: _Group, other: _Group, persons: Sequence[Person | None]) -> bool:
    """Say whether a record of the one and one of the other cannot be one person."""
    mine, theirs = ({persons[place] for place in group.members} for group in (one, other))
    return any(cannot_be_one(left, right) for left in mine for right in theirs if left and right)


def _join(groups: Sequence[_Group], left: int, right: int) -> int:
    """Let the group with more ties take in the other; return its number."""
    into, gone = (left, right) if len(groups[left].ties) >= len(groups[right].ties) else (right, left)
    group, other = groups[into], groups[gone]
    group.members += other.members
    group.joins += 1
    del group.ties[gone]
    for third, tie in other.ties.items():
        if third != into:
            del groups[third].ties[gone]
            group.ties[third] = groups[third].ties[into] = group.ties.get(third, _Tie()) + tie
    return into


def _log_odds(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def _not_followed(groups: Sequence[Sequence[int]], judgements: Sequence[Judgement]) -> list[Judgement]:
    group_of = {member: place for place, members in enumerate(groups) for member in members}
    reason = message("Both are alike, but the other records of each do not fit together")
    return [
        Judgement(one.left, one.right, Verdict.REVIEW, one.probability, reason=reason)
        for one in judgements
        if one.verdict is Verdict.MATCH and group_of[one.left] != group_of[one.right]
    ]
