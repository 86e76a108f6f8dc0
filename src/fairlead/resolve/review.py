"""The pairs of parties that a person has to decide: the table REVIEW."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from fairlead.model.message import Message, message
from fairlead.model.schemas import REVIEW
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import Judgement
from fairlead.resolve.judgements.apply import Decided
from fairlead.resolve.record import Record
from fairlead.resolve.record_key import record_key


@dataclass(frozen=True)
class Doubt:
    """Two rows that may be one party, and why that is not sure."""

    left: str  # row ids
    right: str
    probability: float
    reason: Message
    measures: tuple[tuple[str, str], ...] = ()


def name_only(records: Sequence[Record]) -> list[Doubt]:
    """Return a doubt for every row that agrees with another of its record in nothing but a name."""
    reason = message("Same name, but nothing else to compare: no shared number and no two addresses")
    return [
        Doubt(record.row_ids[0], other, 0.5, reason)
        for record in records
        if not record.together and record.name.usable
        for other in record.row_ids[1:]
    ]


def doubts_of(judgements: Iterable[Judgement], records: Sequence[Record]) -> list[Doubt]:
    """Return the doubts among judgements on pairs of records, each between the first rows of the two."""
    return [
        Doubt(records[one.left].row_ids[0], records[one.right].row_ids[0], one.probability, one.reason, one.measures)
        for one in judgements
        if one.verdict is Verdict.REVIEW and one.reason is not None
    ]


def review_table(
    doubts: Iterable[Doubt], party_of: Mapping[str, str], rows: Mapping[str, Mapping[str, Any]], decided: Decided
) -> pa.Table:
    """Return one row of REVIEW per pair of parties, the surest doubt of each, the surest pairs first.

    Pairs that a person has judged are left out, unless judgements contradict each other, which comes first.
    """
    members: defaultdict[str, list[str]] = defaultdict(list)
    for row_id in decided.key_of:
        members[party_of[row_id]].append(row_id)
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    ranked = [(not decided.is_disputed(one.left, one.right), -one.probability, one) for one in doubts]
    for undisputed, _, doubt in sorted(
        ranked, key=lambda one: (*one[:2], one[2].left, one[2].right, one[2].reason.template)
    ):
        left, right = sorted((doubt.left, doubt.right), key=lambda row_id: (party_of[row_id], row_id))
        if party_of[left] == party_of[right]:
            continue
        if undisputed and decided.is_settled(members[party_of[left]], members[party_of[right]]):
            continue
        row = {
            "left_party_id": party_of[left],
            "right_party_id": party_of[right],
            "left_row_id": left,
            "right_row_id": right,
            "left_key": record_key(rows[left]),
            "right_key": record_key(rows[right]),
            "left_name": rows[left]["name"],
            "right_name": rows[right]["name"],
            "probability": round(doubt.probability, 4),
            "reason": (doubt.reason if left == doubt.left else _turned(doubt.reason)).to_arrow(),
            "measures": doubt.measures,
            "judged": judged.to_arrow() if (judged := decided.said_of(left, right)) else None,
        }
        pairs.setdefault((party_of[left], party_of[right]), row)
    order = sorted(pairs.values(), key=lambda row: (-row["probability"], row["left_party_id"], row["right_party_id"]))
    return pa.Table.from_pylist(order, schema=REVIEW)


def _turned(reason: Message) -> Message:
    """Return a reason with what it says of the left record and of the right one changed over."""
    if not reason.values.keys() >= {"left", "right"}:
        return reason
    return replace(reason, values={**reason.values, "left": reason.values["right"], "right": reason.values["left"]})
