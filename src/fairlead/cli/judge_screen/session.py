"""What the screen works on: the pairs, what is decided of each, and the way of a decision into the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairlead.model.vocabulary import Decision
from fairlead.read.judgement_table import DoubtfulPair
from fairlead.resolve.judgements import Contradiction, JudgementGraph, JudgementStore, PersonJudgement, judgement
from fairlead.resolve.judgements.event import in_order
from fairlead.resolve.judgements.imported import seen_of, side_of
from fairlead.resolve.judgements.undo import LAST, undo


class Shown(StrEnum):
    """Which pairs the screen goes through."""

    OPEN = "open"
    JUDGED = "judged"
    ALL = "all"


@dataclass(frozen=True)
class State:
    """What is decided of a pair: by judgements on it, or by what follows from others; `disputed` needs an undo."""

    decision: Decision | None
    on_it: tuple[PersonJudgement, ...]
    follows_from: tuple[PersonJudgement, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def open(self) -> bool:
        """Whether a person still has to look: nobody has judged, or judgements contradict each other."""
        return bool(self.contradictions) or (self.decision is None and not self.on_it)


class Session:
    """One person's work on one table of doubtful pairs; pairs of the same two keys come once.

    `now` gives the time of an entry, in ISO 8601. Others may enter judgements meanwhile: the file is read again
    before every decision.
    """

    def __init__(
        self, pairs: Sequence[DoubtfulPair], store: JudgementStore, *, user: str, now: Callable[[], str]
    ) -> None:
        distinct: dict[tuple[str, str], DoubtfulPair] = {}
        for pair in pairs:
            if pair.left.key and pair.right.key:
                distinct.setdefault(in_order((pair.left.key, pair.right.key)), pair)
        self.pairs = tuple(distinct.values())
        self.user = user
        self._store = store
        self._now = now
        self.graph = JudgementGraph(())
        self.reload()

    def reload(self) -> None:
        """Read what is in the file now."""
        self.graph = JudgementGraph.of(self._store.read().events)

    @property
    def decided(self) -> int:
        """How many pairs nobody has to look at any more."""
        return sum(not self.state(place).open for place in range(len(self.pairs)))

    def state(self, place: int) -> State:
        """Return what is decided of the pair at a place."""
        keys = self._keys(place)
        on_it = self.graph.on(keys)
        decision = self.graph.decision(keys)
        follows_from = () if any(one.decision is decision for one in on_it) else self.graph.because(keys)
        return State(decision, on_it, follows_from, self.graph.disputes(keys))

    def places(self, shown: Shown, search: str = "") -> list[int]:
        """Return the places of the pairs to go through: open, judged or all, with the words searched for in a name."""
        wanted = search.casefold().split()
        return [
            place
            for place, pair in enumerate(self.pairs)
            if (shown is Shown.ALL or self.state(place).open == (shown is Shown.OPEN))
            and all(word in _searched(pair) for word in wanted)
        ]

    def contradictions(self, place: int, decision: Decision) -> tuple[Contradiction, ...]:
        """Return what a decision on the pair at a place would contradict, as things stand in the file now."""
        self.reload()
        return self.graph.would_contradict(self._judgement(place, decision, ""))

    def judge(self, place: int, decision: Decision, reason: str = "") -> None:
        """Enter a decision on the pair at a place; saying the same again for the same reason enters nothing."""
        said = self._judgement(place, decision, reason)
        mine = [one for one in self.graph.on(said.pair) if one.user == self.user]
        if not (mine and (mine[-1].decision, mine[-1].reason) == (said.decision, said.reason)):
            self._store.append(said)
        self.reload()

    def undo_last(self) -> tuple[PersonJudgement, int | None]:
        """Undo this person's last judgement; return it, and the place of its pair if that is in the table.

        Raises JudgementError where there is none.
        """
        undone, _ = undo(self._store, LAST, user=self.user, time=self._now())
        self.reload()
        places = (place for place in range(len(self.pairs)) if in_order(self._keys(place)) == undone.pair)
        return undone, next(places, None)

    def _judgement(self, place: int, decision: Decision, reason: str) -> PersonJudgement:
        pair = self.pairs[place]
        sides = side_of(pair.left), side_of(pair.right)
        return judgement(*sides, decision, user=self.user, time=self._now(), reason=reason, seen=seen_of(pair))

    def _keys(self, place: int) -> tuple[str, str]:
        pair = self.pairs[place]
        return (pair.left.key, pair.right.key)


def _searched(pair: DoubtfulPair) -> str:
    sides = (pair.left, pair.right)
    return " ".join(part for side in sides for part in (side.name, side.other_names, side.identifiers)).casefold()
