"""Takes one rating apart: every piece of evidence with its factors, cluster by cluster, from the start to the end.

A rating is a sum of log-odds (see `rating`). Here it is laid out in stages, as due diligence speaks of risk:

    start + inherent + evidence + residual + rule = L

inherent: the place, the good, the sector with their ceiling, the workforce, and the buyer's own practice; evidence:
lists of names and what was found at the supplier; residual: what was verified to lower it; rule: a listing's floor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from fairlead.risk.axes import AxesTest, axes_test
from fairlead.risk.cards import Cards, Group, shipped_cards
from fairlead.risk.indicators import Reported, reported_indicators
from fairlead.risk.parameters import Parameters, model_version, shipped_parameters
from fairlead.risk.pieces import Piece, pieces_of
from fairlead.risk.rating import Scored, score
from fairlead.risk.steps import StageResult, Step, stages_of, steps_of


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
    indicators: Reported


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
    pieces = pieces_of(scored, cards, as_of)
    assessed = bool(scored.known.assessed[0])
    steps = steps_of(scored, pieces) if assessed else ()
    low, high = (float(bound[0]) for bound in scored.bounds())
    sums = scored.sums
    reported = reported_indicators(own, scored.ids, as_of, cards=cards).get(party_id, {})
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
        stages=stages_of(steps),
        uncounted=tuple(piece for piece in pieces if not assessed or (piece.nats == 0 and not piece.floor)),
        buyer=_buyers_part(steps, own, cards, scored_from, float(sums.p[0])),
        axes=axes_test(reported),
        indicators=reported,
    )


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
