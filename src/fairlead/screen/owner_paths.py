"""The ways down from listed parties to a party that they own or control, and how a way is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fairlead.model.vocabulary import LinkKind
from fairlead.screen.ownership import Graph
from fairlead.screen.stakes import NOTHING, WHOLE, Stake, in_percent

_MOST_PATHS: Final = 6
#: A longer way is written with its beginning and its end.
_LONGEST: Final = 12
_BEGINNING: Final = 6
_END: Final = 5


@dataclass(frozen=True)
class Step:
    """One step of a way: who holds, and what; a stake of None says that two parties may be the same."""

    holder: str
    stake: Stake | None


@dataclass(frozen=True, slots=True)
class _Climb:
    """How far a way has been climbed: the step reached and what lies below it."""

    step: Step
    below: _Climb | None

    def way(self) -> tuple[Step, ...]:
        steps = []
        at: _Climb | None = self
        while at is not None:
            steps.append(at.step)
            at = at.below
        return tuple(steps)


def paths(
    graph: Graph, party: str, rounds: Mapping[str, int], *, possible: bool, control: bool = False
) -> list[tuple[Step, ...]]:
    """Return ways from listed parties down to a party, the first step at a listed one, the largest shares first.

    `rounds` is what `ownership.cascade` gave, with the same `possible` and `control`. A way goes only through parties
    that count, each of which came to count before the next: so it never turns back and never ends in nothing. Of very
    many ways the first six are returned.
    """
    found: list[tuple[Step, ...]] = []
    above = _Above(graph, rounds, possible=possible, control=control)
    waiting = [_Climb(step, None) for step in above.of(party)]
    while waiting and len(found) < _MOST_PATHS:
        climb = waiting.pop()
        if rounds[climb.step.holder] == 0:
            found.append(climb.way())
        else:
            waiting += [_Climb(step, climb) for step in above.of(climb.step.holder)]
    return found


class _Above:
    """Who stands directly above a party and came to count before it."""

    def __init__(self, graph: Graph, rounds: Mapping[str, int], *, possible: bool, control: bool) -> None:
        self._graph = graph
        self._rounds = rounds
        self._possible = possible
        self._control = control

    def of(self, party: str) -> list[Step]:
        """Return the steps up from a party, the one to be taken first at the end."""
        graph, rounds = self._graph, self._rounds
        limit = rounds.get(party) or len(rounds) + 1
        stakes = (*graph.owners.get(party, ()), *graph.controllers.get(party, ()))
        steps = [
            *(Step(stake.holder, stake) for stake in stakes if stake.holder != party and self._counts(stake)),
            *(Step(twin, None) for twin in graph.twins.get(party, ())),
        ]
        return sorted((step for step in steps if rounds.get(step.holder, limit) < limit), key=_order, reverse=True)

    def _counts(self, stake: Stake) -> bool:
        if stake.kind is not LinkKind.OWNS:
            return self._control and (stake.certain or self._possible)
        return (stake.high if self._possible else stake.low) > 0


def _order(step: Step) -> tuple[bool, Decimal, str, str]:
    stake = step.stake
    return (stake is None, -(stake.high if stake else NOTHING), stake.kind if stake else "", step.holder)


def path_text(way: Sequence[Step], party: str, names: Mapping[str, str]) -> str:
    """Return a way from the owner at its top down to the party: `Alpha 80% → Beta 40% → Gamma`."""
    return " ".join(
        [
            *_shortened([f"{names.get(step.holder, step.holder)} {_arrow(step)}" for step in way]),
            names.get(party, party),
        ]
    )


def _shortened(parts: Sequence[str]) -> Iterator[str]:
    if len(parts) <= _LONGEST:
        yield from parts
        return
    yield from parts[:_BEGINNING]
    yield f"… ({len(parts) - _BEGINNING - _END}) →"
    yield from parts[-_END:]


def _arrow(step: Step) -> str:
    """Return how a step reads: a share and an arrow, a dotted arrow for control, ≈ where two may be the same."""
    if step.stake is None:
        return "≈"
    return f"{of_stake(step.stake)} →" if step.stake.kind is LinkKind.OWNS else "⇢"


def of_stake(stake: Stake) -> str:
    """Return what a stake comes to: 60%, 25–50%, or ?% where no share is given."""
    return between(stake.low, stake.high) if stake.told or stake.high < WHOLE else "?%"


def between(low: Decimal, high: Decimal) -> str:
    """Return a share, or the interval in which it lies, as a percentage."""
    least, most = in_percent(low), in_percent(high)
    return f"{least}%" if least == most else f"{least}–{most}%"
