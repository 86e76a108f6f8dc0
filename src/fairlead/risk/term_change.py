"""Which terms of a rating are other than they were, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

#: Differences of terms and log-odds below this (nats) are rounding of the machine.
SAME: Final = 1e-9


class Cause(StrEnum):
    """Why a term is another than it was."""

    ADDED = "added"
    GONE = "gone"
    MODEL = "model"
    EDITION = "edition"
    EVIDENCE = "evidence"
    TIME = "time"
    NOT_KNOWN = "cause not known"
    OTHER_EVIDENCE = "other evidence"  # its own is the same; what stands in its cluster or under a cap with it is not


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
class Circumstances:
    """What may have moved a term besides its evidence: another model, and the age of the evidence with these ids."""

    other_model: bool
    aged: frozenset[str]


def term_changes(
    was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], circumstances: Circumstances
) -> tuple[TermChange, ...]:
    """Return the terms that are not the same, the weightiest change first; the arguments are values of RATING.terms."""
    before, after = _summed(was), _summed(now)
    found = []
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        causes = _causes(one, other, circumstances)
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
    return tuple(sorted(found, key=lambda term: (-abs(term.nats), term.name, term.source)))


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


def _causes(one: _Term | None, other: _Term | None, circumstances: Circumstances) -> tuple[Cause, ...]:
    """Return why a term is another than it was, nothing where it is not."""
    if one is None or other is None:
        return (Cause.ADDED,) if one is None else (Cause.GONE,)
    edition, evidence = one.edition != other.edition, one.evidence != other.evidence
    if abs(other.nats - one.nats) < SAME and not edition:
        return ()
    causes = (
        (Cause.MODEL, circumstances.other_model),
        (Cause.EDITION, edition),
        (Cause.EVIDENCE, evidence and not edition),
        (Cause.TIME, bool(one.evidence & other.evidence & circumstances.aged)),
    )
    return tuple(cause for cause, holds in causes if holds) or (Cause.OTHER_EVIDENCE,)
