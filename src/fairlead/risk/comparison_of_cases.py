"""What has changed between two ratings of the same cases."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from fairlead.model.message import Message
from fairlead.read.rated import RatedRow
from fairlead.risk.comparison import Comparison, PartyChange, State, heaviest_first
from fairlead.risk.parameters import logit
from fairlead.risk.term_change import Cause, TermChange

#: Probabilities are written with six digits, so nothing nearer to 0 or 1 can be told apart.
_LEAST: Final = 5e-7

#: What stands after the point of a factor: one digit or two, since three are thousands.
_FRACTION: Final = re.compile(r"[.,]([0-9]{1,2})[^0-9]*$")

#: Factors are written with two digits, so nothing smaller can be told from nothing.
_LEAST_FACTOR: Final = 0.005

_Key = tuple[tuple[str, ...], int]


def compare_cases(old: Sequence[RatedRow], new: Sequence[RatedRow]) -> Comparison:
    """Compare two rated tables, case by case; of a change the reasons are known, and not its parts.

    Cases are the same where all their own columns agree that both tables have; equal cases are taken in their order.
    """
    tables = [set(rows[0].cells) for rows in (old, new) if rows]
    columns = [name for name in (*old[:1], *new[:1])[0].cells if all(name in one for one in tables)] if tables else []
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
    terms = _terms(was.reasons, now.reasons) if was and now else ()
    start, end = _log_odds(was), _log_odds(now)
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


def _log_odds(row: RatedRow | None) -> float | None:
    return None if row is None or row.p is None else logit(min(max(row.p, _LEAST), 1 - _LEAST))


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


def _terms(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[TermChange, ...]:
    """Return the reasons whose sentence or factor is not the same, the weightiest change first."""
    found = []
    for sentence in before.keys() | after.keys():
        one, other = before.get(sentence), after.get(sentence)
        if one != other:
            cause = Cause.ADDED if one is None else Cause.GONE if other is None else Cause.NOT_KNOWN
            text = Message("{sentence}", {"sentence": sentence}).to_arrow()
            found.append(TermChange(sentence, "", _nats(one), _nats(other), ("", ""), (cause,), text))
    return tuple(sorted(found, key=lambda term: (-abs(term.nats), term.name)))


def _nats(factor: str | None) -> float | None:
    """Return the logarithm of a factor as it is written in any language, such as ×2.4, ×2,4 or ×1 234,5.

    0 is less than half of the last digit.
    """
    if factor is None:
        return None
    fraction = _FRACTION.search(factor)
    whole = re.sub(r"[^0-9]", "", factor[: fraction.start()] if fraction else factor)
    return math.log(max(float(f"{whole}.{fraction[1] if fraction else 0}"), _LEAST_FACTOR))
