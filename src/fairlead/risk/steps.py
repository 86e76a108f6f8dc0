"""The waterfall of one rating: steps from the starting point to the end, and the stages in which they stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import pyarrow.compute as pc

from fairlead.risk.cards import Group
from fairlead.risk.contributions import STRUCTURAL
from fairlead.risk.pieces import Piece
from fairlead.risk.rating import Scored

#: The cluster of country indices and listings of goods, which share publishers.
STRUCTURAL_CLUSTER: Final = "structural"


class Stage(StrEnum):
    """The stages of a rating, in the order in which they add up."""

    START = "start"
    INHERENT = "inherent"
    EVIDENCE = "evidence"
    RESIDUAL = "residual"
    RULE = "rule"


#: In which stage each group of cards stands.
STAGE_OF: Final[Mapping[Group, Stage]] = {
    Group.COUNTRY: Stage.INHERENT,
    Group.GOOD: Stage.INHERENT,
    Group.UPSTREAM: Stage.INHERENT,
    Group.STATE_IMPOSED: Stage.INHERENT,
    Group.SECTOR: Stage.INHERENT,
    Group.WORKFORCE: Stage.INHERENT,
    Group.BUYER: Stage.INHERENT,
    Group.LISTING: Stage.EVIDENCE,
    Group.IDENTITY: Stage.EVIDENCE,
    Group.EVIDENCE: Stage.EVIDENCE,
    Group.MITIGATION: Stage.RESIDUAL,
}


class StepKind(StrEnum):
    """What moves the log-odds in a step."""

    PRIOR = "prior"
    CLUSTER = "cluster"
    CEILING = "ceiling"
    FLOOR = "floor"


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: from `before` to `after` (log-odds), with its pieces, the weightiest first.

    `buyers_own` marks what the buyer causes.
    """

    kind: StepKind
    stage: Stage
    cluster: str
    nats: float
    before: float
    after: float
    pieces: tuple[Piece, ...] = ()
    buyers_own: bool = False

    @property
    def factor(self) -> float:
        """By what the step multiplies the odds."""
        return math.exp(self.nats)


@dataclass(frozen=True)
class StageResult:
    """Where the sum stands at the end of a stage: what the stage added (nats), the log-odds, and the probability."""

    stage: Stage
    nats: float
    log_odds: float
    p: float


class _Key(NamedTuple):
    """What makes pieces one step, in the order in which the steps stand; `stage` is its place among the stages."""

    stage: int
    after_ceiling: bool
    buyers_own: bool
    cluster: str


def steps_of(scored: Scored, pieces: Sequence[Piece]) -> tuple[Step, ...]:
    """Lay the sum of the one party that was scored out in steps; `pieces` are its evidence, the weightiest first.

    First the start, then the clusters stage by stage, those of a stage by their weight, with the ceiling after the
    context, at last the floor. A piece of no weight is in no step, but for those that set the floor.
    """
    sums = scored.sums
    steps = [Step(StepKind.PRIOR, Stage.START, "", scored.parameters.prior.log_odds, 0.0, 0.0)]
    clusters = _clusters(scored, pieces)
    steps += [step for key, step in clusters if not key.after_ceiling]
    if sums.ceiling[0]:
        steps.append(Step(StepKind.CEILING, Stage.INHERENT, "", float(sums.ceiling[0]), 0.0, 0.0))
    steps += [step for key, step in clusters if key.after_ceiling]
    if sums.floor_p[0] > 0:
        told = tuple(piece for piece in pieces if piece.floor)
        steps.append(Step(StepKind.FLOOR, Stage.RULE, "", float(sums.floor[0]), 0.0, 0.0, told))
    ends = pairwise(accumulate((step.nats for step in steps), initial=0.0))
    return tuple(replace(step, before=before, after=after) for step, (before, after) in zip(steps, ends, strict=True))


def _clusters(scored: Scored, pieces: Sequence[Piece]) -> list[tuple[_Key, Step]]:
    """Return a step for each cluster of a stage, not yet added up, in their order."""
    table = scored.weighed.table
    clusters = pc.coalesce(table["cluster_key"], table["evidence_id"]).to_pylist()
    ids = table["evidence_id"].to_pylist()
    standing = dict(zip(ids, zip(clusters, scored.parts.context.tolist(), strict=True), strict=True))
    grouped: dict[_Key, list[Piece]] = {}
    for piece in pieces:
        if piece.nats != 0:
            cluster, is_context = standing[piece.evidence_id]
            key = _Key(
                stage=list(Stage).index(STAGE_OF[piece.group]),
                after_ceiling=not is_context,
                buyers_own=piece.group is Group.BUYER,
                cluster=STRUCTURAL_CLUSTER if piece.group in STRUCTURAL else cluster,
            )
            grouped.setdefault(key, []).append(piece)
    steps = [(key, _cluster_step(key, members)) for key, members in grouped.items()]
    return sorted(steps, key=lambda one: (one[0][:3], -abs(one[1].nats), one[0].cluster))


def _cluster_step(key: _Key, pieces: Sequence[Piece]) -> Step:
    nats = math.fsum(piece.nats for piece in pieces)
    return Step(StepKind.CLUSTER, list(Stage)[key.stage], key.cluster, nats, 0.0, 0.0, tuple(pieces), key.buyers_own)


def stages_of(steps: Sequence[Step]) -> tuple[StageResult, ...]:
    """Return where the sum stands after each stage; the rule only where one applies."""
    results = []
    for stage in Stage if steps else ():
        own = [step for step in steps if step.stage is stage]
        if stage is Stage.RULE and not own:
            continue
        reached = math.fsum(step.nats for step in steps if list(Stage).index(step.stage) <= list(Stage).index(stage))
        results.append(
            StageResult(stage, math.fsum(step.nats for step in own), reached, 1.0 / (1.0 + math.exp(-reached)))
        )
    return tuple(results)
