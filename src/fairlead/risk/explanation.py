"""Takes one rating apart: every piece of evidence with its factors, cluster by cluster, from the start to the end.

A rating is a sum of log-odds (see `rating`). Here it is laid out in stages, as due diligence speaks of risk:

    start + inherent + evidence + residual + rule = L

inherent: the place, the good, the sector with their ceiling, the workforce, and the buyer's own practice; evidence:
lists of names and what was found at the supplier; residual: what was verified to lower it; rule: a listing's floor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.message import Message
from fairlead.model.vocabulary import Indicator, Polarity
from fairlead.risk.axes import AxesTest, axes_test
from fairlead.risk.cards import Card, Cards, Group, shipped_cards
from fairlead.risk.contributions import STRUCTURAL
from fairlead.risk.dates import age_in_years
from fairlead.risk.parameters import Parameters, model_version, shipped_parameters
from fairlead.risk.rating import Scored, score
from fairlead.risk.weigh import decay, reliability

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
class Piece:
    """One row of evidence and how it came to its nats.

    nats = reliability * confidence * decay * dependence * cap * ln(lr), where `dependence` is (1 - rho)^(rank - 1), of
    a country's row also by its rank within the country. `age_years` is null where the row is not dated; `sd` is in
    nats; `floor` is the probability that a rule holds because of it, 0 where none does.
    """

    evidence_id: str
    finding: str
    title: str
    text: Message
    group: Group
    lr: float
    ln_sd: float
    reliability: float
    confidence: float
    age_years: float | None
    half_life_years: float | None
    decay: float
    rank: int
    rank_in_country: int
    dependence: float
    cap: float
    nats: float
    sd: float
    source: str
    edition: str
    locator: str
    asserted_by: str | None
    verified_by: str | None
    event_date: str | None
    basis: str
    citation: str
    note: str
    floor: float = 0.0


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


@dataclass(frozen=True)
class BuyersPart:
    """What the buyer's own practice adds: nats, and the probability as it is and as it would be without it."""

    nats: float
    p: float
    p_without: float


@dataclass(frozen=True)
class Explanation:
    """One rating taken apart; without data there are no steps, and p and band are null.

    `indicators` are those that were reported of this supplier, with the ids of the evidence; `uncounted` are pieces
    that are shown and weigh nothing, such as a policy on paper or a denial; without data these are all that is known.
    """

    subject_id: str
    as_of: date
    model_version: str
    assessed: bool
    missing: tuple[str, ...]
    p: float | None
    p_low: float | None
    p_high: float | None
    band: str | None
    find_out: bool
    log_odds: float | None
    sd: float | None
    steps: tuple[Step, ...]
    stages: tuple[StageResult, ...]
    uncounted: tuple[Piece, ...]
    buyer: BuyersPart | None
    axes: AxesTest
    indicators: Mapping[Indicator, tuple[str, ...]]


def explain(
    parties: pa.Table,
    links: pa.Table,
    evidence: pa.Table,
    party_id: str,
    as_of: date,
    *,
    cards: Cards | None = None,
    parameters: Parameters | None = None,
) -> Explanation:
    """Take the rating of one party apart, by the model in use; the tables are those that `rate` takes.

    The nats of the steps add up to the log-odds of the rating exactly. Raises KeyError where there is no such party.
    """
    cards, parameters = cards or shipped_cards(), parameters or shipped_parameters()
    one = parties.filter(pc.equal(parties["party_id"], party_id))
    if one.num_rows == 0:
        raise KeyError(party_id)
    own = evidence.filter(pc.equal(evidence["subject_id"], party_id))

    def scored_from(rows: pa.Table) -> Scored:
        return score(one, links, rows, as_of, cards=cards, parameters=parameters)

    scored = scored_from(own)
    pieces = _pieces(scored, cards, as_of)
    assessed = bool(scored.known.assessed[0])
    steps = _steps(scored, pieces) if assessed else ()
    low, high = (float(bound[0]) for bound in scored.bounds())
    sums = scored.sums
    reported = _reported(scored, pieces, cards)
    return Explanation(
        subject_id=party_id,
        as_of=as_of,
        model_version=model_version(),
        assessed=assessed,
        missing=tuple(scored.known.missing_lists()[0].as_py()),
        p=float(sums.p[0]) if assessed else None,
        p_low=low if assessed else None,
        p_high=high if assessed else None,
        band=str(parameters.bands[int(scored.bands()[0])].band) if assessed else None,
        find_out=bool(scored.find_out()[0]),
        log_odds=float(sums.log_odds[0]) if assessed else None,
        sd=float(sums.sd[0]) if assessed else None,
        steps=steps,
        stages=_stages(steps),
        uncounted=tuple(piece for piece in pieces if not assessed or (piece.nats == 0 and not piece.floor)),
        buyer=_buyers_part(steps, own, cards, scored_from, float(sums.p[0])),
        axes=axes_test(reported),
        indicators=reported,
    )


def _pieces(scored: Scored, cards: Cards, as_of: date) -> list[Piece]:
    """Return every row of evidence as a piece, the weightiest first."""
    by_order = list(cards.values())
    rows = scored.weighed.table.to_pylist()
    pieces = [_piece(row, by_order[int(scored.weighed.card[at])], scored, at, as_of) for at, row in enumerate(rows)]
    return sorted(pieces, key=lambda piece: (-abs(piece.nats), cards[piece.finding].order, piece.evidence_id))


def _piece(row: Mapping[str, Any], card: Card, scored: Scored, at: int, as_of: date) -> Piece:
    weighed, parts = scored.weighed, scored.parts
    level = card.level(row["value"])
    age = age_in_years(row["event_date"], as_of) if row["event_date"] else None
    half_life = level.half_life_years if level else None
    return Piece(
        evidence_id=row["evidence_id"],
        finding=card.key,
        title=card.title,
        text=Message.from_arrow(row["text"]) if row["text"] else Message(card.statement),
        group=card.group,
        lr=level.lr if level else 1.0,
        ln_sd=level.ln_sd if level else 0.0,
        reliability=reliability(card, row["asserted_by"], row["verified_by"]),
        confidence=float(weighed.confidence[at]),
        age_years=age,
        half_life_years=half_life,
        decay=decay(age, half_life),
        rank=int(parts.rank[at]),
        rank_in_country=int(parts.rank_in_country[at]),
        dependence=float(parts.dependence[at]),
        cap=float(parts.cap[at]),
        nats=float(parts.nats[at]) + 0.0,
        sd=math.sqrt(float(parts.variance[at])),
        source=row["source_id"] or "",
        edition=row["edition"] or "",
        locator=row["locator"] or "",
        asserted_by=row["asserted_by"],
        verified_by=row["verified_by"],
        event_date=row["event_date"],
        basis=str(card.basis),
        citation=card.citation,
        note=card.note,
        floor=float(weighed.floor[at]),
    )


def _steps(scored: Scored, pieces: Sequence[Piece]) -> tuple[Step, ...]:
    """Lay the sum out: the start, the clusters stage by stage with the ceiling after the context, and the floor."""
    sums = scored.sums
    keys = dict(
        zip(
            scored.weighed.table["evidence_id"].to_pylist(),
            pc.coalesce(scored.weighed.table["cluster_key"], scored.weighed.table["evidence_id"]).to_pylist(),
            strict=True,
        )
    )
    context = dict(zip(scored.weighed.table["evidence_id"].to_pylist(), scored.parts.context.tolist(), strict=True))
    grouped: dict[tuple[int, bool, bool, str], list[Piece]] = {}
    for piece in pieces:
        if piece.nats != 0:
            cluster = STRUCTURAL_CLUSTER if piece.group in STRUCTURAL else str(keys[piece.evidence_id])
            stage = list(Stage).index(STAGE_OF[piece.group])
            buyers = piece.group is Group.BUYER
            grouped.setdefault((stage, not context[piece.evidence_id], buyers, cluster), []).append(piece)
    steps = [Step(StepKind.PRIOR, Stage.START, "", scored.parameters.prior.log_odds, 0.0, 0.0)]
    ceiling = float(sums.ceiling[0])
    order = sorted(grouped, key=lambda key: (key[:3], -abs(sum(piece.nats for piece in grouped[key])), key[3]))
    for key in order:
        if key[:2] > (list(Stage).index(Stage.INHERENT), False) and ceiling:
            steps.append(Step(StepKind.CEILING, Stage.INHERENT, "", ceiling, 0.0, 0.0))
            ceiling = 0.0
        stage, _, buyers, cluster = key
        members = tuple(grouped[key])
        nats = math.fsum(piece.nats for piece in members)
        steps.append(Step(StepKind.CLUSTER, list(Stage)[stage], cluster, nats, 0.0, 0.0, members, buyers))
    if ceiling:
        steps.append(Step(StepKind.CEILING, Stage.INHERENT, "", ceiling, 0.0, 0.0))
    if sums.floor_p[0] > 0:
        told = tuple(piece for piece in pieces if piece.floor)
        steps.append(Step(StepKind.FLOOR, Stage.RULE, "", float(sums.floor[0]), 0.0, 0.0, told))
    return _added_up(steps)


def _added_up(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Give each step where the sum stands before and after it."""
    done: list[Step] = []
    for step in steps:
        before = done[-1].after if done else 0.0
        done.append(
            Step(
                step.kind, step.stage, step.cluster, step.nats, before, before + step.nats, step.pieces, step.buyers_own
            )
        )
    return tuple(done)


def _stages(steps: Sequence[Step]) -> tuple[StageResult, ...]:
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


def _buyers_part(
    steps: Sequence[Step], own: pa.Table, cards: Cards, scored_from: Callable[[pa.Table], Scored], p: float
) -> BuyersPart | None:
    """Return what the buyer's practice adds, by rating the party once more without it; None where there is none."""
    if not any(step.buyers_own for step in steps):
        return None
    of_buyer = pa.array([key for key, card in cards.items() if card.group is Group.BUYER], pa.string())
    without = scored_from(own.filter(pc.invert(pc.is_in(own["finding"], value_set=of_buyer))))
    nats = math.fsum(step.nats for step in steps if step.buyers_own)
    return BuyersPart(nats, p, float(without.sums.p[0]))


def _reported(scored: Scored, pieces: Sequence[Piece], cards: Cards) -> Mapping[Indicator, tuple[str, ...]]:
    """Return the ILO indicators that are reported of the supplier itself, with the evidence for each.

    Only findings of the group evidence count: a region, a sector or a way of hiring is no indicator that is met. A
    denial, a finding that nobody's word carries, and one from after the day do not count either.
    """
    counts = dict(
        zip(
            scored.weighed.table["evidence_id"].to_pylist(),
            (scored.weighed.known & (scored.weighed.weight > 0)).tolist(),
            strict=True,
        )
    )
    rows = {row["evidence_id"]: row for row in scored.weighed.table.to_pylist()}
    found: dict[Indicator, list[str]] = {}
    for piece in pieces:
        row = rows[piece.evidence_id]
        supports = row["polarity"] in {None, Polarity.SUPPORTS}
        if piece.group is Group.EVIDENCE and supports and counts[piece.evidence_id]:
            named = {Indicator(row["indicator"])} if row["indicator"] else set()
            for indicator in {*named, *cards[piece.finding].indicators}:
                found.setdefault(indicator, []).append(piece.evidence_id)
    return {one: tuple(sorted(found[one])) for one in Indicator if one in found}
