"""Every piece of evidence of one rating, with the factors by which it came to its nats."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairlead.model.message import Message
from fairlead.risk.cards import Card, Cards, Group
from fairlead.risk.dates import age_in_years
from fairlead.risk.rating import Scored
from fairlead.risk.weigh import decay, reliability


@dataclass(frozen=True)
class Piece:
    """One row of evidence and how it came to its nats.

    nats = reliability * confidence * decay * dependence * cap * ln(lr), where `dependence` is (1 - rho)^(rank - 1), of
    a country's row also by its rank within the country. `age_years` is null where the row is not dated; `sd` is in
    nats; `floor` is the probability that a rule holds because of it, 0 where none does. Of a piece that is `hidden`
    from the reader nothing but its weight is true.
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
    hidden: bool = False


def pieces_of(scored: Scored, cards: Cards, as_of: date) -> tuple[Piece, ...]:
    """Return every row of evidence of the one party that was scored as a piece, the weightiest first."""
    by_order = list(cards.values())
    rows = scored.weighed.table.to_pylist()
    pieces = [_piece(row, by_order[int(scored.weighed.card[at])], scored, at, as_of) for at, row in enumerate(rows)]
    return tuple(sorted(pieces, key=lambda piece: (-abs(piece.nats), cards[piece.finding].order, piece.evidence_id)))


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
