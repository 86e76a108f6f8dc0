"""Which answer would narrow an open rating most: each question with what its answers would make of the rating.

For a question whose card tells of a problem, with the likelihood ratio m (the card's, to the power of the reliability
of who answers) and s, the share of workplaces with forced labour where asking so finds the problem:

    P(found) = p s + (1 - p) s / m        ln LR(not found) = ln((1 - s) / (1 - s / m))

so that both answers together leave the probability where it was. Where a card says what a clean answer weighs, that
card is used, and the rating after each answer is the model's own. For a field that is missing, the model already
carries how much it does not know: knowing it takes the field's variance v out of the interval and moves the log-odds by
a Normal amount of variance v. For each question:

    width = sum over the answers of P(answer) * (p_high - p_low after the answer)
    settles = sum over the answers of P(answer) * [the interval no longer reaches over the line between actions]

s is elicited (reference table questions), and so are most of the cards; the order is what to take from it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.schemas import EVIDENCE
from fairlead.model.vocabulary import AssertedBy, Polarity
from fairlead.risk.arrays import Floats
from fairlead.risk.cards import Cards, shipped_cards
from fairlead.risk.dates import age_in_years
from fairlead.risk.parameters import Parameters, shipped_parameters
from fairlead.risk.questions import Question, shipped_questions
from fairlead.risk.rating import score
from fairlead.risk.weigh import reliability

#: How finely the Normal distribution of a missing field's effect is cut, into slices of equal probability.
_SLICES: Final = 400


@dataclass(frozen=True)
class Forecast:
    """What asking would do: how probable the first answer is, the rating after each, and what is expected of both.

    `key` is a question's or the name of a missing field (`is_field`). `p_found` is the probability of the answer that
    raises the estimate, null for a field; `p_if_found` and `p_if_clean` the ratings after the answers (for a field, 5
    and 95% of what may come out). `width` is the expected width of the interval, `settles` the probability that the
    interval then lies on one side of the line between what is asked now and in turn.
    """

    key: str
    is_field: bool
    ask: str
    by: str
    p_found: float | None
    p_if_found: float
    p_if_clean: float
    width_now: float
    width: float
    settles: float

    @property
    def narrows(self) -> float:
        """By what share of itself the interval is expected to narrow; below 0 where it would widen."""
        return 1.0 - self.width / self.width_now


def forecasts(
    parties: pa.Table,
    links: pa.Table,
    evidence: pa.Table,
    party_id: str,
    as_of: date,
    *,
    cards: Cards | None = None,
    parameters: Parameters | None = None,
    questions: Sequence[Question] | None = None,
    hidden: Collection[str] = (),
) -> tuple[Forecast, ...]:
    """Return what each question would do to the rating of one party, the one that narrows the interval most first.

    Questions whose answer is on record and younger than a year are left out. Nothing is returned for a party that is
    not rated. The tables are those that `rate` takes. `hidden` are the ids of evidence that the reader may not see:
    what it answers is asked all the same, because a question that is missing would tell of it.
    """
    cards, parameters = cards or shipped_cards(), parameters or shipped_parameters()
    questions = shipped_questions() if questions is None else questions
    rows = evidence.filter(pc.equal(evidence["subject_id"], party_id)).to_pylist()
    seen = [row for row in rows if row["evidence_id"] not in hidden]
    open_ = [question for question in questions if not _answered(question, seen, as_of)]
    outcomes = [(at, key) for at, one in enumerate(open_) for key in (one.found, one.clean) if key]
    copies = [
        [*rows, _answer(key, open_[at].by, Polarity.SUPPORTS if key == open_[at].found else Polarity.MITIGATES, as_of)]
        for at, key in outcomes
    ]
    after = _Ratings.of(parties, links, [rows, *copies], party_id, as_of, cards, parameters)
    if not after.assessed:
        return ()
    place = {outcome: 1 + number for number, outcome in enumerate(outcomes)}
    found = [_forecast(question, at, place, after, cards) for at, question in enumerate(open_)]
    fields = [_field(name, parameters.missing[name], after) for name in after.missing if parameters.missing[name]]
    return tuple(sorted((*fields, *found), key=lambda one: (-round(one.narrows, 9), -round(one.settles, 9), one.key)))


@dataclass(frozen=True)
class _Ratings:
    """The ratings of copies of one party: the first as it is, the others with one more row each."""

    below: Floats
    floor: float
    sd: Floats
    assessed: bool
    missing: tuple[str, ...]
    parameters: Parameters

    @classmethod
    def of(
        cls,
        parties: pa.Table,
        links: pa.Table,
        rows: Sequence[Sequence[Mapping[str, Any]]],
        party_id: str,
        as_of: date,
        cards: Cards,
        parameters: Parameters,
    ) -> _Ratings:
        """Rate every copy at once; copies have ids of their own."""
        ids = [f"{party_id}#{number:03d}" for number in range(len(rows))]
        party = parties.filter(pc.equal(parties["party_id"], party_id)).to_pylist()[0]
        own = links.filter(pc.equal(links["from_id"], party_id)).to_pylist()
        scored = score(
            pa.Table.from_pylist([{**party, "party_id": one} for one in ids], schema=parties.schema),
            pa.Table.from_pylist([{**link, "from_id": one} for one in ids for link in own], schema=links.schema),
            pa.Table.from_pylist(
                [
                    {**row, "subject_id": one, "evidence_id": f"{one}:{row['evidence_id']}"}
                    for one, copy in zip(ids, rows, strict=True)
                    for row in copy
                ],
                schema=EVIDENCE,
            ),
            as_of,
            cards=cards,
            parameters=parameters,
        )
        sums = scored.sums
        floor = float(sums.log_odds[0]) if sums.floor_p[0] > 0 else -math.inf
        return cls(
            below=sums.log_odds - sums.floor,
            floor=floor,
            sd=sums.sd,
            assessed=bool(scored.known.assessed[0]),
            missing=tuple(scored.known.missing_lists()[0].as_py()),
            parameters=parameters,
        )

    def p(self, log_odds: Floats | float) -> Floats:
        """Return probabilities, held above the floor."""
        return np.asarray(1.0 / (1.0 + np.exp(-np.maximum(log_odds, self.floor))))

    def width(self, log_odds: Floats | float, sd: Floats | float) -> Floats:
        """Return the width of the interval, in probability."""
        low, high = self._bounds(log_odds, sd)
        return np.asarray(high - low)

    def settled(self, log_odds: Floats | float, sd: Floats | float) -> Floats:
        """Return 1 where the interval lies in bands that ask for one thing, else 0."""
        starts = [band.from_p for band in self.parameters.bands]
        actions = np.array([band.action for band in self.parameters.bands])

        def action(p: Floats) -> Any:
            return actions[np.argmax(np.atleast_1d(p)[:, None] >= np.array(starts)[None, :], axis=1)]

        low, high = self._bounds(log_odds, sd)
        return np.asarray((action(low) == action(high)).astype(np.float64))

    def _bounds(self, log_odds: Floats | float, sd: Floats | float) -> tuple[Floats, Floats]:
        reach = NormalDist().inv_cdf((1 + self.parameters.combine.interval) / 2)
        middle = np.maximum(np.atleast_1d(log_odds), self.floor)
        return tuple(1.0 / (1.0 + np.exp(-(middle + side * reach * np.asarray(sd)))) for side in (-1, 1))


def _forecast(
    question: Question, at: int, place: Mapping[tuple[int, str], int], after: _Ratings, cards: Cards
) -> Forecast:
    p = float(after.p(after.below[0]))
    shown = question.shown
    ratio = _ratio(question.found or question.clean, question.by, cards)
    if question.found:
        probability = p * shown + (1 - p) * shown / ratio
        found = place[at, question.found]
        raised = (float(after.below[found]), float(after.sd[found]))
        lowered = (float(after.below[0]) + math.log((1 - shown) / (1 - shown / ratio)), float(after.sd[0]))
    else:
        probability = 1.0 - ((1 - p) * shown + p * shown * ratio)
        raised = (float(after.below[0]) + math.log((1 - shown * ratio) / (1 - shown)), float(after.sd[0]))
        lowered = raised
    if question.clean:
        clean = place[at, question.clean]
        lowered = (float(after.below[clean]), float(after.sd[clean]))
    chances = np.array([probability, 1 - probability])
    means, spreads = np.array([raised[0], lowered[0]]), np.array([raised[1], lowered[1]])
    return Forecast(
        key=question.key,
        is_field=False,
        ask=question.ask,
        by=str(question.by),
        p_found=probability,
        p_if_found=float(after.p(means[0])),
        p_if_clean=float(after.p(means[1])),
        width_now=float(after.width(after.below[0], after.sd[0])[0]),
        width=float(chances @ after.width(means, spreads)),
        settles=float(chances @ after.settled(means, spreads)),
    )


def _field(name: str, spread: float, after: _Ratings) -> Forecast:
    middle, sd = float(after.below[0]), math.sqrt(max(float(after.sd[0]) ** 2 - spread**2, 0.0))
    normal = NormalDist(0.0, spread)
    means = middle + np.array([normal.inv_cdf((number + 0.5) / _SLICES) for number in range(_SLICES)])
    return Forecast(
        key=name,
        is_field=True,
        ask="",
        by="",
        p_found=None,
        p_if_found=float(after.p(middle + normal.inv_cdf(0.95))),
        p_if_clean=float(after.p(middle + normal.inv_cdf(0.05))),
        width_now=float(after.width(middle, float(after.sd[0]))[0]),
        width=float(np.mean(after.width(means, sd))),
        settles=float(np.mean(after.settled(means, sd))),
    )


def _ratio(finding: str, by: AssertedBy, cards: Cards) -> float:
    """Return the likelihood ratio of a card on somebody's word."""
    card = cards[finding]
    return float(card.levels[""].lr ** reliability(card, str(by), None))


def _answered(question: Question, rows: Sequence[Mapping[str, Any]], as_of: date) -> bool:
    """Say whether an answer is on record and younger than a year."""
    dated = [row for row in rows if row["finding"] in {question.found, question.clean} and row["event_date"]]
    return any(age_in_years(row["event_date"], as_of) < 1 for row in dated)


def _answer(finding: str, by: AssertedBy, polarity: Polarity, as_of: date) -> dict[str, Any]:
    """Return the row of evidence that an answer of today would be, in a cluster of its own."""
    return {
        "evidence_id": f"if:{finding}",
        "subject_kind": "party",
        "finding": finding,
        "polarity": str(polarity),
        "asserted_by": str(by),
        "event_date": as_of.isoformat(),
        "confidence": 1.0,
        "cluster_key": f"if:{finding}",
    }
