"""Two texts that may name the same person, company, vessel or address: score, verdict and reasons, without a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairlead.identity.compare import Comparison, Details, compare
from fairlead.identity.features import features
from fairlead.identity.name import WordWeights, read_name, tells_enough
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import PairKind, PartyKind, Verdict

_KINDS: Final = {
    PairKind.PERSON: PartyKind.PERSON,
    PairKind.COMPANY: PartyKind.COMPANY,
    PairKind.VESSEL: PartyKind.VESSEL,
    PairKind.UNKNOWN: PartyKind.UNKNOWN,
}
_NOTHING_KNOWN: Final = Details()


@dataclass(frozen=True)
class PairResult:
    """What came of two names: score from 0 to 1, verdict, and the reasons as sentences."""

    score: float
    verdict: Verdict
    reasons: tuple[Message, ...]


def compare_names(left: str, right: str, kind: PairKind) -> PairResult:
    """Compare two names of which nothing else is known; the same comes out from either side.

    The best of all ways to read both names counts. A name that says nothing (empty, signs, a legal form alone) matches
    nothing, not even itself, and the reason says so.
    """
    party = _KINDS.get(kind, PartyKind.UNKNOWN)
    readings = [[each for each in read_name(text, party) if tells_enough(each.words)] for text in (left, right)]
    if not all(readings):
        return PairResult(0.0, Verdict.DIFFERENT, (_says_nothing(left if not readings[0] else right),))
    weigh = WordWeights({}, 0)
    best = max(
        (
            compare(one, other, _NOTHING_KNOWN, _NOTHING_KNOWN, weigh, weak=False)
            for one in readings[0]
            for other in readings[1]
        ),
        key=lambda each: each.score,
    )
    return PairResult(best.score, best.verdict, _reasons(best))


def _says_nothing(text: str) -> Message:
    if not text.strip():
        return message("One of the names is empty.")
    return message("The name {name} says too little to be compared: it has no word of its own.", name=text.strip())


def _reasons(comparison: Comparison) -> tuple[Message, ...]:
    table = features()
    found = [message(table[key].sentence) for key in comparison.features if table[key].sentence]
    if comparison.apart:
        found.append(message("Only one of the names has: {apart}.", apart=", ".join(comparison.apart)))
    return tuple(found)
