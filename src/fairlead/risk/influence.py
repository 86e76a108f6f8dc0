"""What moving one number does to an order: who overtakes whom, and how much hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fairlead.risk.arrays import Floats, Ints
from fairlead.risk.numbers import Number
from fairlead.risk.rank_correlation import kendall_tau_b

#: So many at the top of the order are watched.
TOP: Final = 10

#: Probabilities that are nearer are the same but for rounding, as in the work list.
_DIGITS: Final = 9


@dataclass(frozen=True)
class Shift:
    """How an order changed: tau-b, the share of the first ten that stay, and who moves furthest.

    `mover` is the id of the party that moves by most `places` (up is negative), empty where nobody moves.
    """

    tau: float
    top_kept: float
    mover: str
    places: int


@dataclass(frozen=True)
class Effect(Shift):
    """What one moved value does: the value, how the order changes, and how many answers change.

    `mean_nats` is the mean change of the log-odds over those in the order. `bands` and `find_out` are null for numbers
    of how risk spreads: they change no rating, and exposure has no bands.
    """

    value: float | str
    mean_nats: float
    bands: int | None = None
    find_out: int | None = None


@dataclass(frozen=True)
class Influence:
    """One number and what moving it does; both effects are null where it touches nobody in these results."""

    number: Number
    low: Effect | None
    high: Effect | None

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The effects that there are."""
        return tuple(effect for effect in (self.low, self.high) if effect is not None)

    @property
    def weight(self) -> tuple[float, int, float]:
        """How much hangs on the number: the order first, then the answers, then the size of the change."""
        if not self.effects:
            return (-1.0, -1, -1.0)
        return (
            max(1.0 - effect.tau for effect in self.effects),
            max((effect.bands or 0) + (effect.find_out or 0) for effect in self.effects),
            max(abs(effect.mean_nats) for effect in self.effects),
        )


def weightiest_first(influences: Sequence[Influence]) -> tuple[Influence, ...]:
    """Return the numbers by how much hangs on them; equal ones in the order in which they come."""
    return tuple(sorted(influences, key=lambda one: tuple(-part for part in one.weight)))


def shift(before: Floats, after: Floats, ids: Sequence[str]) -> Shift:
    """Return how the order by probability, the highest first and equal ones by id, changed for the parties `ids`."""
    if not len(ids):
        return Shift(tau=1.0, top_kept=1.0, mover="", places=0)
    by_id = np.argsort(np.argsort(np.array(ids, dtype=str))).astype(np.int64)
    first, then = _places(before, by_id), _places(after, by_id)
    moved = then - first
    mover, top = int(np.argmax(np.abs(moved))), min(TOP, len(ids))
    return Shift(
        tau=kendall_tau_b(np.round(before, _DIGITS), np.round(after, _DIGITS)),
        top_kept=int(((then < top) & (first < top)).sum()) / top,
        mover=str(ids[mover]) if moved[mover] else "",
        places=int(moved[mover]),
    )


def _places(p: Floats, by_id: Ints) -> Ints:
    """Return the place of each by its probability; 0 is first."""
    order = np.lexsort((by_id, -np.round(p, _DIGITS)))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places
