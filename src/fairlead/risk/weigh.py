"""What each evidence row weighs by its card, before it meets the other rows: reliability, age, level, polarity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fairlead.model.vocabulary import AssertedBy, Polarity, SubjectKind
from fairlead.risk.arrays import Bools, Floats, Ints
from fairlead.risk.cards import Card, Cards
from fairlead.risk.dates import age_in_years

#: The columns of EVIDENCE that decide what a row weighs; rows that agree in them weigh the same.
_DECIDING: Final = ("finding", "value", "polarity", "asserted_by", "verified_by", "event_date")


@dataclass(frozen=True)
class Weighed:
    """Evidence rows that are about a known party and known findings, one element for each row.

    `table` holds the rows, sorted by id, each id once; `subject` is the party's place in the table of parties;
    `card` the order of the row's card. `ln_lr` is the logarithm of the likelihood ratio and `ln_sd` its spread
    (nats); `weight` is reliability times decay times confidence, 0 where the row does not count; `confidence`
    is the row's own. `floor` is the probability that a rule holds, 0 where none does; `known` says that the row
    was known on the day and points the way its card does; `imposed` that it tells of labour imposed by a State.
    """

    table: pa.Table
    subject: Ints
    card: Ints
    ln_lr: Floats
    ln_sd: Floats
    weight: Floats
    confidence: Floats
    floor: Floats
    known: Bools
    imposed: Bools

    @property
    def doubt(self) -> Floats:
        """Variance factor of not being sure that the row is about this: (1 - c) / c, times the square of its nats."""
        sure = np.where(self.confidence > 0, self.confidence, 1.0)
        return (1.0 - sure) / sure


def weigh(evidence: pa.Table, party_ids: pa.Array, cards: Cards, as_of: date) -> Weighed:
    """Weigh each evidence row by its card: t = r * c * 2^(-a / h) * ln LR, without dependence (see `combine`).

    r is the reliability of whoever says it or, where higher, of whoever verified it; c the row's confidence; a its
    age in years and h the card's half-life. An undated row on a card with a half-life counts as one half-life old.
    Rows about other subjects than parties, about unknown parties, or with findings that have no card are left out.
    """
    table = _relevant(evidence, party_ids, cards)
    kinds, which = _kinds(table)
    weighed = np.array([_weigh_one(kind, cards, as_of) for kind in kinds], dtype=np.float64).reshape(-1, 7)[which]
    confidence = np.clip(_floats(table["confidence"], 1.0), 0.0, 1.0)
    return Weighed(
        table=table,
        subject=_ints(pc.index_in(table["subject_id"], value_set=party_ids)),
        card=weighed[:, 0].astype(np.int64),
        ln_lr=weighed[:, 1],
        ln_sd=weighed[:, 2],
        weight=weighed[:, 3] * confidence,
        confidence=confidence,
        floor=weighed[:, 4],
        known=weighed[:, 5] > 0,
        imposed=weighed[:, 6] > 0,
    )


def _relevant(evidence: pa.Table, party_ids: pa.Array, cards: Cards) -> pa.Table:
    """Return the rows about known parties and findings, sorted by id, each id once."""
    about = pc.equal(evidence["subject_kind"], str(SubjectKind.PARTY))
    about = pc.and_(about, pc.is_in(evidence["subject_id"], value_set=party_ids))
    about = pc.and_(about, pc.is_in(evidence["finding"], value_set=pa.array(sorted(cards), pa.string())))
    table = evidence.filter(about).sort_by("evidence_id").combine_chunks()
    ids = table["evidence_id"].combine_chunks()
    if len(ids) < 2:  # noqa: PLR2004
        return table
    first = pc.not_equal(ids[1:], ids[:-1])
    return table.filter(pa.concat_arrays([pa.array([True]), first]))


def _kinds(table: pa.Table) -> tuple[list[dict[str, str]], Ints]:
    """Return the distinct combinations of the deciding columns, and which of them each row has."""
    key = np.zeros(len(table), dtype=np.int64)
    for name in _DECIDING:
        encoded = pc.fill_null(table[name], "").combine_chunks().dictionary_encode()
        key = key * max(len(encoded.dictionary), 1) + _ints(encoded.indices)
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)  # keeps the numbers small
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    kinds = table.select(list(_DECIDING)).take(pa.array(first)).to_pylist()
    return kinds, which.astype(np.int64)


def _weigh_one(row: dict[str, Any], cards: Cards, as_of: date) -> tuple[float, ...]:
    """Return card order, ln LR, its spread, weight without confidence, floor, whether it is known, whether imposed."""
    card = cards[row["finding"]]
    level = card.level(row["value"])
    age = age_in_years(row["event_date"], as_of) if row["event_date"] else None
    if level is None or age == float("inf") or not _points_its_way(level.ln_lr, row["polarity"]):
        return card.order, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if card.rule and (row["value"] or "").casefold() not in card.rule.ended_values:
        return card.order, 0.0, 0.0, 0.0, card.rule.floor, 1.0, 0.0
    weight = reliability(card, row["asserted_by"], row["verified_by"]) * decay(age, level.half_life_years)
    return card.order, level.ln_lr, level.ln_sd, weight, 0.0, 1.0, float(level.imposed_by_state)


def _points_its_way(ln_lr: float, polarity: str | None) -> bool:
    """Say whether a row points the way its card does; where not, such as a denial, it is shown and not counted."""
    return ln_lr >= 0 if polarity in {None, Polarity.SUPPORTS} else ln_lr <= 0


def decay(age: float | None, half_life: float | None) -> float:
    """Return 2^(-age / half-life), both in years; 1 without a half-life, one half where the age is not known."""
    if half_life is None:
        return 1.0
    return 0.5 if age is None else float(2.0 ** (-age / half_life))


def reliability(card: Card, asserted_by: str | None, verified_by: str | None) -> float:
    """Return how much the word of whoever says it, or where higher of whoever verified it, counts on a card (0 to 1).

    It is 0 where the card counts only when somebody whom workers trust has verified it, and nobody has.
    """
    verified = verified_by in card.verified_by or (asserted_by in card.verified_by and not verified_by)
    if card.verified_by and not verified:
        return 0.0
    said = [card.reliability[AssertedBy(who)] for who in (asserted_by, verified_by) if who]
    return max(said, default=0.0)


def _ints(array: Any) -> Ints:
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=np.int64)


def _floats(column: pa.ChunkedArray, when_null: float) -> Floats:
    return np.asarray(pc.fill_null(column, when_null).to_numpy(), dtype=np.float64)
