"""Where the output of one party goes, by mass balance: every hand-over passes on what came in, in proportion.

Of the output of the origin, each customer gets the part that its purchases are of all mapped sales of the seller; it
hands that on in the same way, down to those who sell to nobody on the map. The other way round, the content of a party
is the part of its intake that comes from the origin: c_b = sum_j a_bj c_j with c = 1 at the origin and a_bj the shares
of intake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fairlead.risk.spread.links import KINDS, Chain
from fairlead.risk.spread.parameters import SpreadParameters
from fairlead.risk.spread.weights import parts_of_whole

Doubles = NDArray[np.float64]

#: Less than this of the output is nothing.
_NOTHING: Final = 1e-12


@dataclass(frozen=True)
class Arrival:
    """What of the origin's output arrives at a party as one good (shares of 0 to 1).

    `arrives` is the part of the origin's mapped output that passes through; `ends` the part that goes no further on the
    map; `content` the part of all that the party gets, `content_of_good` the part of what it gets of this good, that
    comes from the origin; `steps` the fewest hand-overs.
    """

    party: int
    good: str | None
    arrives: float
    ends: float
    content: float
    content_of_good: float
    steps: int


@dataclass(frozen=True)
class Downstream:
    """All arrivals, the nearest and largest first, and the part of the output that still goes round in a cycle."""

    arrivals: tuple[Arrival, ...]
    going_round: float


def downstream(chain: Chain, origin: int, parameters: SpreadParameters) -> Downstream:
    """Follow the output of the party with the number `origin` through the links for goods.

    What comes back to the origin ends there. Sales whose amounts are not known are divided evenly, as everywhere.
    """
    links, parties = chain.links, len(chain.ids)
    goods = np.flatnonzero(
        np.isin(links.kind, [KINDS.index(rule.kind) for rule in parameters.rules.values() if rule.by == "traced"])
    )
    giver, receiver = links.giver[goods], links.receiver[goods]
    nothing_stated = np.full(len(goods), np.nan)
    out = parts_of_whole(giver, parties, nothing_stated, links.amount[goods], links.currency[goods]).part
    sells = np.bincount(giver, minlength=parties) > 0
    sells[origin] = False
    flow, steps, moving = _followed(giver, receiver, out, sells, origin, parameters.downstream_steps)
    content = _content(giver, receiver, links.weight[goods], origin, parties, parameters.downstream_steps)
    arrivals = _by_good(goods, chain, flow, ~sells, content, steps)
    return Downstream(
        tuple(sorted(arrivals, key=lambda one: (one.steps, -one.arrives, one.party, one.good or ""))), moving
    )


def _followed(
    giver: NDArray[np.int64],
    receiver: NDArray[np.int64],
    out: Doubles,
    sells: NDArray[np.bool_],
    origin: int,
    most: int,
) -> tuple[Doubles, NDArray[np.int64], float]:
    """Return what flows over each link in all, the fewest steps to each party (0 where none), and what still moves."""
    parties = len(sells)
    moving = np.zeros(parties)
    moving[origin] = 1
    flow, steps, left = np.zeros(len(giver)), np.zeros(parties, np.int64), 0.0
    for step in range(1, most + 1):
        now = moving[giver] * out
        flow += now
        arrived = np.bincount(receiver, now, parties)
        steps[(steps == 0) & (arrived > 0)] = step
        moving = np.where(sells, arrived, 0)
        left = float(moving.sum())
        if left < _NOTHING:
            return flow, steps, 0.0
    return flow, steps, left


def _content(
    giver: NDArray[np.int64], receiver: NDArray[np.int64], weight: Doubles, origin: int, parties: int, most: int
) -> Doubles:
    content: Doubles = np.zeros(parties)
    content[origin] = 1
    for _ in range(most):
        fresh: Doubles = np.bincount(receiver, weight * content[giver], parties).astype(np.float64)
        fresh[origin] = 1
        if np.max(np.abs(fresh - content)) < _NOTHING:
            break
        content = fresh
    return content


def _by_good(
    goods: NDArray[np.int64],
    chain: Chain,
    flow: Doubles,
    ends: NDArray[np.bool_],
    content: Doubles,
    steps: NDArray[np.int64],
) -> list[Arrival]:
    links = chain.links
    touched = goods[flow > 0]
    names = links.good.take(pa.array(goods)).to_pylist()
    reached = set(links.receiver[touched].tolist())
    sums: dict[tuple[int, str | None], list[float]] = {}
    for place, amount, good in zip(goods.tolist(), flow.tolist(), names, strict=True):
        party = int(links.receiver[place])
        if party in reached:
            part = sums.setdefault((party, good), [0.0, 0.0, 0.0])
            part[0] += amount
            part[1] += float(links.weight[place])
            part[2] += float(links.weight[place]) * float(content[links.giver[place]])
    return [
        Arrival(
            party=party,
            good=good,
            arrives=min(1.0, amount),
            ends=min(1.0, amount) if ends[party] else 0.0,
            content=from_origin,
            content_of_good=from_origin / intake if intake else 0.0,
            steps=int(steps[party]),
        )
        for (party, good), (amount, intake, from_origin) in sums.items()
        if amount > 0
    ]
