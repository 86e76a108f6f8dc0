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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from fairlead.identity.normalise import fold
from fairlead.model.ids import BUYER_ID
from fairlead.risk.parameters import logit, model_version
from fairlead.risk.rating import score

#: Differences of terms and log-odds below this (nats) are rounding of the machine.
SAME: Final = 1e-9


class State(StrEnum):
    """What became of a party, the weightiest first."""

    BAND = "band"  # another band, or rated where there was no data, or the reverse
    PROBABILITY = "probability"
    REASONS = "reasons"  # terms changed and cancel out
    INTERVAL = "interval"  # only how sure the rating is
    NEW = "new"
    GONE = "gone"
    SAME = "same"


class Cause(StrEnum):
    """Why a term is another than it was."""

    ADDED = "added"
    GONE = "gone"
    MODEL = "model"
    EDITION = "edition"
    EVIDENCE = "evidence"
    TIME = "time"
    OTHER_EVIDENCE = "other evidence"  # its own is the same; what stands in its cluster or under a cap with it is not


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
class TermChange:
    """One term of one party on both sides: nats (null where it is not there), editions, and the causes."""

    name: str
    source: str
    before: float | None
    after: float | None
    editions: tuple[str, str]
    causes: tuple[Cause, ...]
    text: Mapping[str, Any] | None

    @property
    def nats(self) -> float:
        """By how much the term's change moves the log-odds."""
        return (self.after or 0.0) - (self.before or 0.0)


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
    parted = new.model_version == model_version()
    before, after = _ratings(old), _ratings(new)
    pairs = _pairs(old.parties, new.parties, before, after)
    moved = _Parts.of(old, new) if parted else None
    names = {row["party_id"]: row for side in (old, new) for row in _named(side.parties)}
    dated = _dated(old) & _dated(new) if old.as_of != new.as_of else frozenset[str]()
    changes = [_change(pair, before, after, names, moved, old, new, dated) for pair in pairs]
    return Comparison(heaviest_first(changes), parted)


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
    left = {key: [row for row in _named(table) if row["party_id"] in kept - both] for key, table, kept in (
        ("old", old, before.keys()), ("new", new, after.keys()),
    )}  # fmt: skip
    by_name: dict[str, dict[tuple[str, str], list[str]]] = {"old": {}, "new": {}}
    for side, rows in left.items():
        for row in rows:
            key = (fold(row["name"] or ""), row["country"] or "")
            by_name[side].setdefault(key, []).append(row["party_id"])
    found = {
        ids[0]: by_name["new"][key][0]
        for key, ids in by_name["old"].items()
        if key[0] and len(ids) == 1 and len(by_name["new"].get(key, ())) == 1
    }
    pairs: list[tuple[str | None, str | None]] = [(one, one) for one in sorted(both)]
    pairs += sorted(found.items())
    pairs += [(one, None) for one in sorted(before.keys() - both - found.keys())]
    return pairs + [(None, one) for one in sorted(after.keys() - both - set(found.values()))]


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


def _change(
    pair: tuple[str | None, str | None],
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, Mapping[str, Any]],
    parts: _Parts | None,
    old: Side,
    new: Side,
    dated: frozenset[str],
) -> PartyChange:
    old_id, new_id = pair
    was, now = before.get(old_id or ""), after.get(new_id or "")
    row = names[new_id or old_id or ""]
    terms = tuple(_terms(was, now, old, new, dated)) if was and now else ()
    start, end = (logit(one["p"]) if one and one["p"] is not None else None for one in (was, now))
    nats = None if start is None or end is None else end - start
    moved: tuple[float | None, float | None, float | None] = (None, None, None)
    if parts and old_id and start is not None and end is not None:
        first, second = parts.old_day[old_id], parts.new_day[old_id]
        moved = (_zeroed(first - start), _zeroed(second - first), _zeroed(end - second))
    return PartyChange(
        old_id=old_id,
        new_id=new_id,
        name=row["name"] or "",
        country=row["country"],
        state=_state(was, now, nats, terms),
        before=was,
        after=now,
        nats=None if nats is None else _zeroed(nats),
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
    if nats is not None and abs(nats) >= SAME:
        return State.PROBABILITY
    if terms:
        return State.REASONS
    bounds = ("p_low", "p_high")
    sure = all(math.isclose(was[one] or 0.0, now[one] or 0.0, rel_tol=0, abs_tol=SAME) for one in bounds)
    return State.SAME if sure and was["missing"] == now["missing"] else State.INTERVAL


def _terms(
    was: Mapping[str, Any], now: Mapping[str, Any], old: Side, new: Side, dated: frozenset[str]
) -> Iterable[TermChange]:
    """Yield the terms that are not the same, the weightiest change first."""
    before, after = _summed(was["terms"]), _summed(now["terms"])
    found = []
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        causes = _causes(one, other, old, new, dated)
        if causes:
            found.append(
                TermChange(
                    name=key[0],
                    source=key[1],
                    before=one.nats if one else None,
                    after=other.nats if other else None,
                    editions=(one.edition if one else "", other.edition if other else ""),
                    causes=causes,
                    text=(other or one or _Term()).text,
                )
            )
    return sorted(found, key=lambda term: (-abs(term.nats), term.name, term.source))


@dataclass
class _Term:
    nats: float = 0.0
    edition: str = ""
    evidence: frozenset[str] = frozenset()
    text: Mapping[str, Any] | None = None


def _summed(terms: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], _Term]:
    """Return the terms by name and source; editions of one source are one term."""
    found: dict[tuple[str, str], _Term] = {}
    for term in terms:
        kept = found.setdefault((term["name"], term["source"] or ""), _Term(text=term["text"]))
        kept.nats += term["nats"]
        kept.edition = " | ".join(filter(None, (kept.edition, term["edition"] or "")))
        kept.evidence |= frozenset(term["evidence_ids"] or ())
    return found


def _causes(one: _Term | None, other: _Term | None, old: Side, new: Side, dated: frozenset[str]) -> tuple[Cause, ...]:
    """Return why a term is another than it was, nothing where it is not; `dated` is the evidence that has aged."""
    if one is None or other is None:
        return (Cause.ADDED,) if one is None else (Cause.GONE,)
    edition, evidence = one.edition != other.edition, one.evidence != other.evidence
    if abs(other.nats - one.nats) < SAME and not edition:
        return ()
    causes = [
        cause
        for cause, holds in (
            (Cause.MODEL, old.model_version != new.model_version),
            (Cause.EDITION, edition),
            (Cause.EVIDENCE, evidence and not edition),
            (Cause.TIME, bool(one.evidence & other.evidence & dated)),
        )
        if holds
    ]
    return tuple(causes) or (Cause.OTHER_EVIDENCE,)
