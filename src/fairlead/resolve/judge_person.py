"""What is to become of two records of persons that may be the same: merge, ask somebody, or leave apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import MERGE_AT, REVIEW_AT, Judgement
from fairlead.resolve.record import Record

#: Levels at which something besides the name agrees, and not only an occupation that many have.
_AGREES: Final[Mapping[str, frozenset[str]]] = {
    "birth": frozenset({"same", "same_placeholder", "one_digit", "swapped"}),
    "place": frozenset(
        {"same_postcode", "near_postcode", "same_birth_place_and_area", "same_birth_place", "same_area", "alike"}
    ),
    "street": frozenset({"same", "alike"}),
    "number": frozenset({"same", "one_sign"}),
    "phone": frozenset({"same"}),
    "email": frozenset({"same", "same_name"}),
    "identifier": frozenset({"shared"}),
}

#: What persons of one family do not share, as a rule.
_OF_ONE_PERSON: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"same", "one_sign"}),
    "email": frozenset({"same", "same_name"}),
    "identifier": frozenset({"shared"}),
}
_SAME_FAMILY: Final = frozenset({"same_rare", "same", "same_common", "near"})


def judge(pair: Mapping[str, Any], left: Record, right: Record) -> Judgement:
    """Judge one row of the table of `compare`; `left` and `right` are its records.

    A pair that is not sure enough to merge comes back for review, with a reason where it is likely enough to be put
    before somebody: what the less likely ones show still counts when groups are formed.
    """
    verdict, reason = _verdict(pair)
    shared = pair["identifier"] == "shared" and verdict is Verdict.MATCH
    return Judgement(pair["left"], pair["right"], verdict, pair["probability"], shared, reason)


def _verdict(pair: Mapping[str, Any]) -> tuple[Verdict, Message | None]:
    probability = pair["probability"]
    if probability < REVIEW_AT:
        return Verdict.REVIEW, None
    if pair["identifier"] == "conflicting":
        return Verdict.REVIEW, message("Similar persons, but different identification numbers")
    if not any(pair[comparison] in levels for comparison, levels in _AGREES.items()):
        return Verdict.REVIEW, message("Same name, but nothing else that agrees: persons often share a name")
    if _of_one_family(pair):
        return Verdict.REVIEW, message("Similar persons, but different given names: they may be of one family")
    if probability >= MERGE_AT:
        return Verdict.MATCH, None
    return Verdict.REVIEW, message("Similar persons, but not alike enough to merge by themselves")


def _of_one_family(pair: Mapping[str, Any]) -> bool:
    """Twins and siblings share a surname, an address and perhaps a date of birth, but not the given name."""
    own = any(pair[comparison] in levels for comparison, levels in _OF_ONE_PERSON.items())
    return pair["given"] == "different" and pair["family"] in _SAME_FAMILY and not own
