"""What has changed between two ratings of the same parties, and why.

Where both were made from evidence that is at hand, a change of the log-odds is parted into three, in this order:

    by the model     L(old evidence, old day, model in use) - L(as it was rated then)
    by time          L(old evidence, new day, model in use) - L(old evidence, old day, model in use)
    by evidence      L(new evidence, new day, model in use) - L(old evidence, new day, model in use)

The parts add up to the whole. They are given where the newer rating was made by the model in use; else only the terms
can be compared.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pyarrow as pa

from fairlead.identity.normalise import fold
from fairlead.model.ids import BUYER_ID
from fairlead.risk.parameters import logit, model_version
from fairlead.risk.rating import score
from fairlead.risk.term_change import SAME, Circumstances, TermChange, term_changes


class State(StrEnum):
    """What became of a party, the weightiest first."""

    BAND = "band"  # another band, or rated where there was no data, or the reverse
    PROBABILITY = "probability"
    REASONS = "reasons"  # terms changed and cancel out
    INTERVAL = "interval"  # only how sure the rating is, and what to find out
    NEW = "new"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True)
class Side:
    """One of the two sets of ratings: what it was made by and for which day, and its tables (see `rate`)."""

    as_of: date
    model_version: str
    parties: pa.Table
    links: pa.Table
    evidence: pa.Table
    ratings: pa.Table


@dataclass(frozen=True)
class PartyChange:
    """One party on both sides; a rating is the row of RATING, null on the side where the party is not.

    `old_id` and `new_id` differ where the party was found again by its name and country. The parts of the change are in
    nats, and null where they cannot be told apart.
    """

    old_id: str | None
    new_id: str | None
    name: str
    country: str | None
    state: State
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    nats: float | None
    by_model: float | None
    by_time: float | None
    by_evidence: float | None
    terms: tuple[TermChange, ...]


@dataclass(frozen=True)
class Comparison:
    """Every party of both sides, the weightiest changes first.

    `parted` says whether changes are parted by cause; where they are not, `why_whole` says why.
    """

    changes: tuple[PartyChange, ...]
    parted: bool
    why_whole: str = "the later ratings were not made by the model in use"

    def count(self, state: State) -> int:
        """Return how many parties have this state."""
        return sum(change.state is state for change in self.changes)

    @property
    def different(self) -> bool:
        """Say whether anything is other than it was."""
        return any(change.state is not State.SAME for change in self.changes)


def compare(old: Side, new: Side) -> Comparison:
    """Compare the ratings of two sides, party by party.

    Parties are the same by their ids; those that are left, by name and country where that fits one on either side.
    """
    both = _Both.of(old, new)
    changes = [both.change(*pair) for pair in _pairs(old.parties, new.parties, both.before, both.after)]
    return Comparison(heaviest_first(changes), both.parts is not None)


def heaviest_first(changes: Iterable[PartyChange]) -> tuple[PartyChange, ...]:
    """Return the changes by what they are, then by how far the log-odds moved; equal ones keep their order."""
    return tuple(sorted(changes, key=_weight))


def _weight(change: PartyChange) -> tuple[int, float, str]:
    return list(State).index(change.state), -abs(change.nats or 0.0), change.new_id or change.old_id or ""


def _ratings(side: Side) -> Mapping[str, Mapping[str, Any]]:
    return {row["subject_id"]: row for row in side.ratings.to_pylist()}


def _dated(side: Side) -> frozenset[str]:
    """Return the ids of the evidence that has a date, and so an age."""
    return frozenset(side.evidence.filter(side.evidence["event_date"].is_valid())["evidence_id"].to_pylist())


def _named(parties: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parties.select(["party_id", "name", "country"]).to_pylist()
    return [row for row in rows if row["party_id"] != BUYER_ID]


def _pairs(
    old: pa.Table, new: pa.Table, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str | None, str | None]]:
    """Return which party is which: by id, then by folded name and country where each side has one such party left."""
    both = before.keys() & after.keys()
    old_left, new_left = (_by_name(table, kept.keys() - both) for table, kept in ((old, before), (new, after)))
    found = {
        ids[0]: new_left[key][0]
        for key, ids in old_left.items()
        if key[0] and len(ids) == 1 and len(new_left.get(key, ())) == 1
    }
    pairs: list[tuple[str | None, str | None]] = [(one, one) for one in sorted(both)]
    pairs += sorted(found.items())
    pairs += [(one, None) for one in sorted(before.keys() - both - found.keys())]
    return pairs + [(None, one) for one in sorted(after.keys() - both - set(found.values()))]


def _by_name(parties: pa.Table, ids: Collection[str]) -> Mapping[tuple[str, str], list[str]]:
    """Return the parties with these ids by their folded name and country."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in _named(parties):
        if row["party_id"] in ids:
            found.setdefault((fold(row["name"] or ""), row["country"] or ""), []).append(row["party_id"])
    return found


@dataclass(frozen=True)
class _Parts:
    """The log-odds of parties by the model in use: of the old evidence on the old and on the new day."""

    old_day: Mapping[str, float]
    new_day: Mapping[str, float]

    @classmethod
    def of(cls, old: Side, new: Side) -> _Parts:
        return cls(*(_log_odds(old, day) for day in (old.as_of, new.as_of)))


def _log_odds(side: Side, day: date) -> Mapping[str, float]:
    scored = score(side.parties, side.links, side.evidence, day)
    return dict(zip(scored.ids.to_pylist(), scored.sums.log_odds.tolist(), strict=True))


@dataclass(frozen=True)
class _Both:
    """What is needed of the two sides to compare any party: the ratings and names by id, and why terms may differ."""

    before: Mapping[str, Mapping[str, Any]]
    after: Mapping[str, Mapping[str, Any]]
    named: Mapping[str, Mapping[str, Any]]
    parts: _Parts | None
    circumstances: Circumstances

    @classmethod
    def of(cls, old: Side, new: Side) -> _Both:
        named = {row["party_id"]: row for side in (old, new) for row in _named(side.parties)}
        aged = _dated(old) & _dated(new) if old.as_of != new.as_of else frozenset[str]()
        parts = _Parts.of(old, new) if new.model_version == model_version() else None
        circumstances = Circumstances(old.model_version != new.model_version, aged)
        return cls(_ratings(old), _ratings(new), named, parts, circumstances)

    def change(self, old_id: str | None, new_id: str | None) -> PartyChange:
        """Compare one party, known by these ids on the two sides."""
        was, now = self.before.get(old_id or ""), self.after.get(new_id or "")
        row = self.named[new_id or old_id or ""]
        terms = term_changes(was["terms"], now["terms"], self.circumstances) if was and now else ()
        start, end = (logit(one["p"]) if one and one["p"] is not None else None for one in (was, now))
        nats = None if start is None or end is None else _zeroed(end - start)
        moved: tuple[float | None, float | None, float | None] = (None, None, None)
        if self.parts and old_id and start is not None and end is not None:
            first, second = self.parts.old_day[old_id], self.parts.new_day[old_id]
            moved = (_zeroed(first - start), _zeroed(second - first), _zeroed(end - second))
        return PartyChange(
            old_id=old_id,
            new_id=new_id,
            name=row["name"] or "",
            country=row["country"],
            state=_state(was, now, nats, terms),
            before=was,
            after=now,
            nats=nats,
            by_model=moved[0],
            by_time=moved[1],
            by_evidence=moved[2],
            terms=terms,
        )


def _zeroed(nats: float) -> float:
    return 0.0 if abs(nats) < SAME else nats


def _state(
    was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, nats: float | None, terms: Sequence[TermChange]
) -> State:
    if was is None or now is None:
        return State.NEW if was is None else State.GONE
    if was["band"] != now["band"]:
        return State.BAND
    if nats:
        return State.PROBABILITY
    if terms:
        return State.REASONS
    bounds = ("p_low", "p_high")
    sure = all(math.isclose(was[one] or 0.0, now[one] or 0.0, rel_tol=0, abs_tol=SAME) for one in bounds)
    asks = all(was[one] == now[one] for one in ("find_out", "missing"))
    return State.SAME if sure and asks else State.INTERVAL
