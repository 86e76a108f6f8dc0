"""Two texts that may name the same person, company, vessel or address: score, verdict and reasons, without a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from fairlead.identity.address_pair import compare_addresses
from fairlead.identity.align import Alignment
from fairlead.identity.compare import compare_readings
from fairlead.identity.features import FIRM, PERSON, features, score, thresholds
from fairlead.identity.name import LONGEST_NAME, Reading, common_weight, read_name, says_something
from fairlead.identity.normalise import split_legal_form
from fairlead.identity.person_name import is_given_name
from fairlead.identity.word import LETTER, OWN, word_class
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import PairKind, PartyKind, Verdict

_KINDS: Final = {
    PairKind.PERSON: PartyKind.PERSON,
    PairKind.COMPANY: PartyKind.COMPANY,
    PairKind.VESSEL: PartyKind.VESSEL,
    PairKind.UNKNOWN: PartyKind.UNKNOWN,
}
#: A score has so many digits; more would say nothing.
_DIGITS: Final = 3
#: Of a person's name that is not said to be one: how many words it has, and of which classes.
_FEWEST_NAMES: Final = 2
_MOST_NAMES: Final = 5
_PERSONS_WORDS: Final = frozenset({OWN, LETTER, "particle", "title"})
_VERDICTS: Final = (Verdict.DIFFERENT, Verdict.REVIEW, Verdict.MATCH)
#: Weights below this move a score too little to be told as a reason.
_WORTH_TELLING: Final = 0.05


@dataclass(frozen=True)
class PairResult:
    """What came of two texts: score from 0 to 1, verdict, and the reasons as sentences."""

    score: float
    verdict: Verdict
    reasons: tuple[Message, ...]


def compare_names(left: str, right: str, kind: PairKind) -> PairResult:
    """Compare two names of which nothing else is known; the same comes out from either side.

    The best of all ways to read both names counts. Names that are the same, folded to Latin letters, have the score 1.
    A name that says nothing (empty, signs, a legal form alone) matches nothing, not even itself; the reason says so.
    """
    if kind is PairKind.ADDRESS:
        return _addresses(left, right)
    if kind is PairKind.UNKNOWN and looks_like_a_person(left) and looks_like_a_person(right):
        kind = PairKind.PERSON
    ours, theirs = (_readings(text, kind) for text in (left, right))
    if not ours or not theirs:
        return PairResult(0.0, Verdict.DIFFERENT, (_says_nothing(right if ours else left),))
    alike = {reading.whole for reading in ours[:1]} == {reading.whole for reading in theirs[:1]}
    if alike and (left == right or not (ours[0].cut or theirs[0].cut)):
        return PairResult(1.0, Verdict.MATCH, (message("The names are the same."),))
    model = _model(kind)
    compared = [_compared(one, other, kind) for one in ours for other in theirs]
    scores = [score(aligned.amounts, model) for aligned in compared]
    best = max(range(len(compared)), key=lambda place: scores[place])
    points = round(scores[best], _DIGITS)
    limits = thresholds()
    verdict = _VERDICTS[(points >= limits.match_from[model]) + (points >= limits.review_from[model])]
    return PairResult(points, verdict, _reasons(compared[best], model))


def _addresses(left: str, right: str) -> PairResult:
    compared = compare_addresses(left, right)
    if compared is None:
        reason = message("One of the addresses is empty, or has neither a word nor a number.")
        return PairResult(0.0, Verdict.DIFFERENT, (reason,))
    return PairResult(compared.score, compared.verdict, tuple(message(text) for text in compared.sentences))


def readings_amounts(left: str, right: str, kind: PairKind) -> list[Mapping[str, float]]:
    """Return how much there is of each feature, for every way to read both names; none where one says nothing."""
    ours, theirs = (_readings(text, kind) for text in (left, right))
    return [_compared(one, other, kind).amounts for one in ours for other in theirs]


@lru_cache(maxsize=2**16)
def looks_like_a_person(text: str) -> bool:
    """Whether a name of unknown kind is a person's: a few words, a first name among them, nothing that firms have."""
    split = split_legal_form(text[:LONGEST_NAME])
    words = split.folded.split()
    if split.legal_form or not _FEWEST_NAMES <= len(words) <= _MOST_NAMES:
        return False
    return any(map(is_given_name, words)) and all(word_class(word).name in _PERSONS_WORDS for word in words)


def _readings(text: str, kind: PairKind) -> list[Reading]:
    return [reading for reading in read_name(text, _KINDS[kind]) if says_something(reading.words)]


def _model(kind: PairKind) -> str:
    return PERSON if kind is PairKind.PERSON else FIRM


def _compared(left: Reading, right: Reading, kind: PairKind) -> Alignment:
    aligned = compare_readings(left, right, common_weight)
    if kind is PairKind.VESSEL and aligned.amounts.keys() & {"alike_words", "half_alike_words"}:
        aligned.add("vessel_letters", 1.0)
    return aligned


def _says_nothing(text: str) -> Message:
    if not text.strip():
        return message("One of the names is empty.")
    return message("The name {name} says too little to be compared: it has no word of its own.", name=text.strip())


def _reasons(aligned: Alignment, model: str) -> tuple[Message, ...]:
    """Return what both have, what only one has, and the sentences of the features that count, in the table's order."""
    table = features()
    found: list[Message] = []
    if aligned.shared:
        found.append(message("Both names have: {shared}.", shared=", ".join(aligned.shared)))
    if aligned.apart:
        found.append(message("Only one of the names has: {apart}.", apart=", ".join(aligned.apart)))
    told = [key for key in aligned.amounts if table[key].sentence and abs(table[key].weights[model]) >= _WORTH_TELLING]
    if not told and not aligned.apart:
        told = ["same_words"]
    found += [message(table[key].sentence) for key in sorted(told, key=lambda key: table[key].place)]
    return tuple(found)
