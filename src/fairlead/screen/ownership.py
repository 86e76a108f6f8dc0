"""Who counts as owned or controlled by listed parties: the cascade and the multiplied share.

OFAC's guidance of 13 August 2014: an entity that one or more blocked persons own to 50 percent or more in the
aggregate, directly or indirectly, is itself blocked; indirectly means through entities that are themselves so owned
(FAQ 401). So an owner that passes the test counts in full for the next one down. That is not the product of the
shares along a path, which is given beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Any, Final

from fairlead.model.vocabulary import LinkKind, Reach
from fairlead.reference import load_yaml
from fairlead.screen.stakes import NOTHING, WHOLE, Stake

#: The step to which multiplied shares are rounded down, so that cycles come to an end.
_STEP: Final = Decimal("0.000000000001")
_MOST_ROUNDS: Final = 1000


@dataclass(frozen=True)
class OwnershipTest:
    """A test of law or guidance: from which share on, and how shares and control count."""

    key: str
    title: str
    threshold: Decimal
    above: bool
    aggregate: bool
    control: bool
    binding: bool
    from_date: str
    to_date: str | None
    citation: str

    def passed(self, share: Decimal) -> bool:
        """Say whether a share reaches the threshold."""
        return share > self.threshold if self.above else share >= self.threshold


@lru_cache(maxsize=1)
def _tests() -> tuple[OwnershipTest, ...]:
    names = ("key", "title", "above", "aggregate", "control", "binding", "citation")
    return tuple(
        OwnershipTest(
            **{name: entry[name] for name in names},
            threshold=Decimal(entry["threshold"]),
            from_date=str(entry["from_date"]),
            to_date=str(entry["to_date"]) if "to_date" in entry else None,
        )
        for entry in load_yaml("ownership_tests")["tests"]
    )


def standing_tests(day: date) -> tuple[OwnershipTest, ...]:
    """Return the tests that stand on a day, OFAC's first."""
    text = day.isoformat()
    return tuple(test for test in _tests() if test.from_date <= text and (test.to_date is None or text < test.to_date))


#: The rule by which findings are made, whatever the day: the threshold itself is enough, shares are added up.
RULE: Final = "us_ofac"


def rule() -> OwnershipTest:
    """Return OFAC's rule."""
    return next(test for test in _tests() if test.key == RULE)


class Graph:
    """The stakes by who is held and who holds; `same` are pairs of parties that may be one.

    `called` says what a party is called: two owners of one company that are called the same may be one owner whom two
    sources know by different numbers, so that for what is certain only the larger of their shares counts.
    """

    def __init__(
        self,
        stakes: Iterable[Stake],
        same: Iterable[tuple[str, str]] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        self.called = called or {}
        self.owned: defaultdict[str, list[Stake]] = defaultdict(list)
        self.owners: defaultdict[str, list[Stake]] = defaultdict(list)
        self.controlled: defaultdict[str, list[Stake]] = defaultdict(list)
        self.controllers: defaultdict[str, list[Stake]] = defaultdict(list)
        self.twins: defaultdict[str, list[str]] = defaultdict(list)
        for stake in stakes:
            down, up = (self.owned, self.owners) if stake.kind is LinkKind.OWNS else (self.controlled, self.controllers)
            down[stake.holder].append(stake)
            up[stake.held].append(stake)
        for one, other in same:
            self.twins[one].append(other)
            self.twins[other].append(one)


def total(graph: Graph, party: str, counted: Collection[str], *, possible: bool) -> Decimal:
    """Return what the counted holders own of a party together, never more than the whole.

    An indirect holding tells of a path that may be in the data too. It is never added to the direct ones for what is
    certain; for what is possible it is, unless the source names the path.
    """
    sums = dict.fromkeys(Reach, NOTHING)
    stakes = [stake for stake in graph.owners.get(party, ()) if stake.holder in counted and stake.holder != party]
    shares = [(stake, stake.high if possible else stake.low) for stake in stakes]
    for stake, share in shares if possible else _told_once(graph, shares):
        sums[stake.reach] += share
    direct, through = sums[Reach.DIRECT], sums[Reach.INDIRECT] + sums[Reach.SUMMARY]
    if possible:
        direct += sums[Reach.INDIRECT]
    return min(WHOLE, max(direct, through))


def _told_once(graph: Graph, shares: Iterable[tuple[Stake, Decimal]]) -> Iterable[tuple[Stake, Decimal]]:
    """Return the shares, of holders that are called the same the largest only."""
    largest: dict[tuple[Reach, str], tuple[Stake, Decimal]] = {}
    for stake, share in shares:
        key = (stake.reach, graph.called.get(stake.holder, stake.holder))
        if key not in largest or share > largest[key][1]:
            largest[key] = (stake, share)
    return largest.values()


def cascade(
    graph: Graph,
    listed: Collection[str],
    test: OwnershipTest,
    *,
    possible: bool = False,
    control: bool = False,
    without: str = "",
) -> dict[str, int]:
    """Return who counts as listed: the listed parties (0), and everybody below who passes, by the round of joining.

    The least set that holds the listed parties and with them every party whose counted owners together pass the test;
    with `control` also those that one of the set controls or operates. `possible` takes the upper ends of the shares,
    holdings and controls that are not certain, and parties that may be the same. `without` is a party that never
    joins: what counts towards it must not come from itself.
    """
    rounds = dict.fromkeys(sorted({*listed} - {without}), 0)
    frontier = list(rounds)
    number = 0
    while frontier:
        number += 1
        below = {stake.held for holder in frontier for stake in graph.owned.get(holder, ())} - rounds.keys()
        found = {held for held in below if test.passed(total(graph, held, rounds.keys(), possible=possible))}
        if control:
            found |= {
                stake.held
                for holder in frontier
                for stake in graph.controlled.get(holder, ())
                if stake.certain or possible
            }
        if possible:
            found |= {twin for holder in frontier for twin in graph.twins.get(holder, ())}
        frontier = sorted(found - rounds.keys() - {without})
        rounds.update(dict.fromkeys(frontier, number))
    return rounds


def counted_above(
    graph: Graph, party: str, rounds: Mapping[str, int], listed: Collection[str], test: OwnershipTest, **how: Any
) -> Mapping[str, int]:
    """Return who counts as listed without regard to the party itself, which may own its owners in a circle.

    `rounds` is what `cascade` gave for all; it is made again only where the party may have made its owners count.
    """
    own = rounds.get(party)
    stakes = (*graph.owners.get(party, ()), *graph.controllers.get(party, ()))
    holders = [*(stake.holder for stake in stakes), *graph.twins.get(party, ())]
    if own is None or (own > 0 and all(rounds.get(holder, -1) < own for holder in holders)):
        return rounds
    return cascade(graph, listed, test, without=party, **how)


def cascade_singly(graph: Graph, listed: Collection[str], test: OwnershipTest, **how: Any) -> set[str]:
    """Return who counts as listed where the shares of different listed parties are not added up."""
    return {one for party in sorted(listed) for one in cascade(graph, [party], test, **how)}


def multiplied(graph: Graph, listed: Collection[str], *, possible: bool) -> dict[str, Decimal]:
    """Return the share of listed parties in everybody below them, multiplied along each path and added up.

    m(party) = sum over its direct owners of share x m(owner), and 1 for a listed party: the least solution, found by
    rounds from below, each rounded down, so that parties that own each other come to an end.
    """
    sure = dict.fromkeys(listed, WHOLE)
    found: dict[str, Decimal] = {}
    frontier = set(listed)
    for _ in range(_MOST_ROUNDS):
        changed: set[str] = set()
        for held in sorted({stake.held for holder in frontier for stake in graph.owned.get(holder, ())}):
            along = [(stake, _along(stake, sure, found, possible)) for stake in graph.owners[held]]
            told = along if possible else _told_once(graph, along)
            share = min(WHOLE, sum((part for _, part in told), NOTHING)).quantize(_STEP, rounding=ROUND_DOWN)
            for party in (held, *(graph.twins.get(held, ()) if possible else ())):
                if share > found.get(party, NOTHING):
                    found[party] = share
                    changed |= {party} - sure.keys()
        if not changed:
            break
        frontier = changed
    return found


def _along(stake: Stake, sure: Mapping[str, Decimal], found: Mapping[str, Decimal], possible: bool) -> Decimal:
    if stake.reach is not Reach.DIRECT:
        return NOTHING
    return (stake.high if possible else stake.low) * sure.get(stake.holder, found.get(stake.holder, NOTHING))
