"""What has changed between two ratings of the same cases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from fairlead.model.message import Message
from fairlead.read.rated import RatedRow
from fairlead.risk.comparison import Cause, Comparison, PartyChange, State, TermChange, heaviest_first

#: Probabilities are written with six digits, so nothing nearer to 0 or 1 can be told apart.
_LEAST: Final = 5e-7

_Key = tuple[tuple[str, ...], int]


def compare_cases(old: Sequence[RatedRow], new: Sequence[RatedRow]) -> Comparison:
    """Compare two rated tables, case by case; of a change the reasons are known, and not its parts.

    Cases are the same where all their own columns agree that both tables have; equal cases are taken in their order.
    """
    columns = [name for name in (old[0].cells if old else {}) if not new or name in new[0].cells]
    before, after = _keyed(old, columns), _keyed(new, columns)
    keys = [*before, *(key for key in after if key not in before)]
    changes = [_change(key, before.get(key), after.get(key)) for key in keys]
    return Comparison(heaviest_first(changes), parted=False, why_whole="a table of rated cases holds no evidence")


def _keyed(rows: Iterable[RatedRow], columns: Sequence[str]) -> Mapping[_Key, RatedRow]:
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[_Key, RatedRow] = {}
    for row in rows:
        cells = tuple(row.cells[name] for name in columns)
        seen[cells] += 1
        found[cells, seen[cells]] = row
    return found


def _change(key: _Key, was: RatedRow | None, now: RatedRow | None) -> PartyChange:
    terms = tuple(_terms(was.reasons, now.reasons)) if was and now else ()
    start, end = (None if one is None or one.p is None else _logit(one.p) for one in (was, now))
    nats = None if start is None or end is None else end - start
    name = ", ".join(cell for cell in key[0] if cell) + (f" ({key[1]})" if key[1] > 1 else "")
    return PartyChange(
        old_id=None,
        new_id=None,
        name=name,
        country=None,
        state=_state(was, now, terms),
        before=_rating(was),
        after=_rating(now),
        nats=nats,
        by_model=None,
        by_time=None,
        by_evidence=None,
        terms=terms,
    )


def _rating(row: RatedRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"p": row.p, "p_low": row.p_low, "p_high": row.p_high, "band": row.band, "find_out": None}


def _logit(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p) - math.log1p(-p)


def _state(was: RatedRow | None, now: RatedRow | None, terms: Sequence[TermChange]) -> State:
    if was is None or now is None:
        return State.NEW if was is None else State.GONE
    if was.band != now.band:
        return State.BAND
    if was.p != now.p:
        return State.PROBABILITY
    if terms:
        return State.REASONS
    return State.SAME if (was.p_low, was.p_high) == (now.p_low, now.p_high) else State.INTERVAL


def _terms(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[TermChange]:
    """Yield the reasons whose sentence or factor is not the same."""
    for sentence in sorted(before.keys() | after.keys()):
        one, other = before.get(sentence), after.get(sentence)
        if one != other:
            cause = Cause.ADDED if one is None else Cause.GONE if other is None else Cause.EVIDENCE
            text = Message("{sentence}", {"sentence": sentence}).to_arrow()
            yield TermChange(sentence, "", _nats(one), _nats(other), ("", ""), (cause,), text)


def _nats(factor: str | None) -> float | None:
    """Return the logarithm of a factor as it is written, such as ×2.4 or ×2,4."""
    if factor is None:
        return None
    value = float("".join(one for one in factor.replace(",", ".") if one.isdigit() or one == ".") or 1)
    return math.log(value) if value > 0 else None
