"""What is to become of two records of persons that may be the same: merge, ask somebody, or leave apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fairlead.model.message import Message, message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.judge import MERGE_AT, REVIEW_AT, Judgement
from fairlead.resolve.record import Record

#: Levels at which something besides the name agrees.
_AGREES: Final[Mapping[str, frozenset[str]]] = {
    "birth": frozenset({"same", "same_placeholder", "one_digit", "swapped", "two_digits"}),
    "birth_place": frozenset({"same", "alike"}),
    "postcode": frozenset({"same", "one_sign", "same_area"}),
    "street": frozenset({"same", "alike"}),
    "occupation": frozenset({"same", "same_rare"}),
    "number": frozenset({"same", "one_sign"}),
    "phone": frozenset({"same"}),
    "identifier": frozenset({"shared"}),
}


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
    if probability >= MERGE_AT:
        return Verdict.MATCH, None
    return Verdict.REVIEW, message("Similar persons, but not alike enough to merge by themselves")
