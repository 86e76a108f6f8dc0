"""What is known of each holding on one day: statements about the same pair of parties made one, with their interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import LinkKind, Reach

NOTHING: Final = Decimal(0)
WHOLE: Final = Decimal(1)
_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Stake:
    """What one party holds in another: a share from `low` to `high`, or control.

    `low` is what is certain: nothing where no share is given or the interest may be something else than ownership;
    `certain` says whether it is of this kind at all, `told` whether any share is given. `locators` say where it stands,
    `from_list` that nobody but the supplier list says so.
    """

    holder: str
    held: str
    kind: LinkKind
    low: Decimal
    high: Decimal
    reach: Reach
    certain: bool
    told: bool
    locators: tuple[str, ...]
    from_list: bool


@dataclass(frozen=True)
class Stakes:
    """The stakes that count on one day, and what is odd about them."""

    stakes: tuple[Stake, ...]
    remarks: tuple[tuple[str, Message], ...]  # (locator, what)


def stakes_on(holdings: pa.Table, as_of: date) -> Stakes:
    """Return what the holdings (HOLDING) come to on the day `as_of`.

    Statements about the same pair and kind are not added up: they are the same holding told again. Where they agree,
    the narrower interval counts; where they contradict each other, everything between the least and the most is
    possible, and a remark says so. Shares in one party that come to more than the whole are a remark too.
    """
    day = as_of.isoformat()
    groups: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for row in holdings.to_pylist():
        if _in_force(row, day):
            groups.setdefault((row["to_id"], row["from_id"], row["kind"], row["reach"]), []).append(row)
    remarks: list[tuple[str, Message]] = []
    stakes = [_stake(rows, remarks) for _, rows in sorted(groups.items())]
    remarks += _more_than_whole(stakes)
    return Stakes(tuple(stakes), tuple(sorted(remarks, key=lambda one: (one[0], one[1].template))))


def _in_force(row: Mapping[str, Any], day: str) -> bool:
    start, end = row["from_date"], row["to_date"]
    return (start is None or start <= day[: len(start)]) and (end is None or end > day[: len(end)])


def _stake(rows: list[Mapping[str, Any]], remarks: list[tuple[str, Message]]) -> Stake:
    first = rows[0]
    kind = LinkKind(first["kind"])
    sure = [row for row in rows if row["certain"]]
    low, high = _together(sure, remarks) if sure else (NOTHING, NOTHING)
    high = max([high, *(_high(row) for row in rows if not row["certain"])])
    if kind is not LinkKind.OWNS:
        low, high = NOTHING, NOTHING
    return Stake(
        first["from_id"],
        first["to_id"],
        kind,
        low,
        high,
        Reach(first["reach"]),
        bool(sure),
        any(row["share_low"] is not None for row in rows),
        tuple(sorted({row["locator"] for row in rows})),
        all(row["source_id"] is None for row in rows),
    )


def _high(row: Mapping[str, Any]) -> Decimal:
    return WHOLE if row["share_high"] is None else Decimal(row["share_high"])


def _together(rows: Iterable[Mapping[str, Any]], remarks: list[tuple[str, Message]]) -> tuple[Decimal, Decimal]:
    """Return the interval in which all statements agree, or the whole range where two contradict each other."""
    ends = {(NOTHING if row["share_low"] is None else Decimal(row["share_low"]), _high(row)) for row in rows}
    low, high = max(one[0] for one in ends), min(one[1] for one in ends)
    if low <= high:
        return low, high
    least, most = min(one[0] for one in ends), max(one[1] for one in ends)
    reason = message(
        "The sources give different shares for the same owner, from {low:number}% to {high:number}%.",
        low=in_percent(least),
        high=in_percent(most),
    )
    remarks.append((min(row["locator"] for row in rows), reason))
    return least, most


def _more_than_whole(stakes: Iterable[Stake]) -> Iterable[tuple[str, Message]]:
    totals: dict[str, list[Stake]] = {}
    for stake in stakes:
        if stake.kind is LinkKind.OWNS and stake.reach is Reach.DIRECT and stake.low:
            totals.setdefault(stake.held, []).append(stake)
    for held in totals.values():
        total = sum((stake.low for stake in held), NOTHING)
        if total > WHOLE:
            reason = message(
                "The shares in one party come to {total:number}%, more than the whole; they are used as they stand.",
                total=in_percent(total),
            )
            yield min(stake.locators[0] for stake in held), reason


def in_percent(share: Decimal) -> str:
    """Return a share as a percentage with three digits at most, rounded down: none seems to reach a threshold."""
    text = f"{(share * 100).quantize(Decimal('0.001'), rounding='ROUND_DOWN'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
