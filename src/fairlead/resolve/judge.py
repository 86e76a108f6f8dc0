"""What is to become of two records that may be the same: merge, ask a person, or leave apart.

The probability comes from the comparison. The rules here stand above it: an exact identifier beats a name,
a name alone never merges, and whatever contradicts (another identifier, country, house, unit, number in the
name, legal form) leaves the decision to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from fairlead.identity.address import Address
from fairlead.model.message import Message, message
from fairlead.model.vocabulary import Verdict
from fairlead.resolve.record import Record

#: The threshold for an automatic merge by the probability of the comparison, for every list.
MERGE_AT: Final = 0.95
#: From here on a pair is put before a person.
REVIEW_AT: Final = 0.5
#: The same two where the re-scorer speaks, that is where both records have an address: its probability is one half for
#: the pairs that are as likely as not among those that are worth comparing.
RESCORED_MERGE_AT: Final = 0.5
RESCORED_REVIEW_AT: Final = 0.25
#: From here on the re-scorer is sure enough of two addresses that are written very differently under the same name,
#: and of two names at the same address that share no whole word.
RESCORED_SURE_AT: Final = 0.7

_SAME_NAME: Final = ("same", "same_common", "sounds_alike")
_LIKE_NAME: Final = (*_SAME_NAME, "contained", "overlapping")
_SAME_ADDRESS: Final = ("same", "same_without_number", "similar")
_SAME_STREET: Final = (*_SAME_ADDRESS, "same_street")
_SOMEHOW_SAME_ADDRESS: Final = (*_SAME_STREET, "overlapping")
#: From two on: a single i is a letter or the word `and` in Russian.
_ROMAN: Final = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
#: Letters that are neither Latin nor Greek nor Cyrillic.
_OTHER_SCRIPT: Final = re.compile(r"[\u0530-\u1dff\u2c00-\ud7ff\uf900-\ufaff]")
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Judgement:
    """The verdict on two records, its probability, and the reason in words where a person has to decide.

    `measures` has the level of each comparison and other measures, where a person has to decide. `by_person` marks
    what a person has decided: no rule and no score stands above it.
    """

    left: int
    right: int
    verdict: Verdict
    probability: float
    by_identifier: bool = False
    reason: Message | None = None
    measures: tuple[tuple[str, str], ...] = ()
    by_person: bool = False


def judge(pair: Mapping[str, Any], left: Record, right: Record) -> Judgement:
    """Judge one row of the table of `compare` by the rules; `left` and `right` are its records."""
    verdict, reason = _verdict(pair, left, right)
    shared = pair["identifier"] == "shared" and verdict is Verdict.MATCH
    return Judgement(pair["left"], pair["right"], verdict, pair["probability"], shared, reason)


def _verdict(pair: Mapping[str, Any], left: Record, right: Record) -> tuple[Verdict, Message | None]:
    if pair["identifier"] == "shared":
        return _with_shared_identifier(pair, left, right)
    alike = pair["name"] in _SAME_NAME and pair["address"] in _SAME_ADDRESS
    if pair["identifier"] == "conflicting":
        reason = message(
            "Same name and address, but different identification numbers ({scheme})", scheme=_clash(left, right)
        )
        return (Verdict.REVIEW, reason) if alike else (Verdict.DIFFERENT, None)
    if left.country and right.country and left.country != right.country:
        reason = message(
            "Same name and address, but different countries: {left:country} and {right:country}",
            left=left.country,
            right=right.country,
        )
        return (Verdict.REVIEW, reason) if alike else (Verdict.DIFFERENT, None)
    return _with_name(pair, left, right)


def _with_shared_identifier(pair: Mapping[str, Any], left: Record, right: Record) -> tuple[Verdict, Message | None]:
    """An exact identifier beats a name, unless the names have nothing in common or another fact forbids it."""
    scheme, value = min(set(left.identifiers) & set(right.identifiers))
    clash = _clash(left, right)
    if clash:
        return Verdict.REVIEW, message(
            "Same {scheme} {value}, but different numbers of another kind ({other})",
            scheme=scheme,
            value=value,
            other=clash,
        )
    if left.country and right.country and left.country != right.country:
        return Verdict.REVIEW, message(
            "Same {scheme} {value}, but different countries: {left:country} and {right:country}",
            scheme=scheme,
            value=value,
            left=left.country,
            right=right.country,
        )
    differ = pair["name"] == "different" and _comparable(left, right)
    if differ and pair["address"] not in _SAME_ADDRESS:
        return Verdict.REVIEW, message("Same {scheme} {value}, but very different names", scheme=scheme, value=value)
    return Verdict.MATCH, None


def _comparable(left: Record, right: Record) -> bool:
    """A name in Chinese characters, say, cannot be compared with one in letters: it is translated, not respelled."""
    return bool(_OTHER_SCRIPT.search(left.name.core)) == bool(_OTHER_SCRIPT.search(right.name.core))


def _with_name(pair: Mapping[str, Any], left: Record, right: Record) -> tuple[Verdict, Message | None]:
    """Without an identifier the name and one more fact must agree, and nothing may contradict."""
    probability = pair["probability"]
    merge_at, review_at = _thresholds(pair)
    if pair["name"] in (None, "different"):
        return Verdict.DIFFERENT, None
    doubt = contradiction(left, right) or _far(pair)
    if doubt:
        # what contradicts has already lowered the probability
        near = pair["name"] in _SAME_NAME and pair["address"] in _SAME_STREET
        likely = near or (probability >= review_at and pair["name"] in _LIKE_NAME)
        return (Verdict.REVIEW, doubt) if likely else (Verdict.DIFFERENT, None)
    if not _agrees_beyond_the_name(pair, left, right):
        return _with_name_alone(pair)
    if probability >= merge_at and not _two_companies(pair, left, right):
        return Verdict.MATCH, None
    if probability >= review_at:
        return Verdict.REVIEW, message("Similar name at the same place, but not alike enough to merge by itself")
    return Verdict.DIFFERENT, None


def _far(pair: Mapping[str, Any]) -> Message | None:
    return message("Similar name and address, but more than 20 km apart") if pair["place"] == "farther" else None


def _thresholds(pair: Mapping[str, Any]) -> tuple[float, float]:
    """Return from which probability on a pair is merged, and from which it is put before a person."""
    if pair["address"] is None:
        return MERGE_AT, REVIEW_AT
    return RESCORED_MERGE_AT, RESCORED_REVIEW_AT


def _two_companies(pair: Mapping[str, Any], left: Record, right: Record) -> bool:
    """Names that share little may be two companies of one group, or neighbours under one roof.

    That is so when both are full legal names, and when they share no word but are only spelled alike.
    """
    if all(_OTHER_SCRIPT.search(record.name.core) for record in (left, right)):
        return pair["name"] not in _SAME_NAME  # a few signs tell such names apart, most of their letters are a place's
    if pair["name"] in _LIKE_NAME:
        return False
    if left.name.legal_form and right.name.legal_form:
        return True
    return not _sure(pair) and not set(left.sounds) & set(right.sounds)


def _sure(pair: Mapping[str, Any]) -> bool:
    return pair["address"] is not None and pair["probability"] >= RESCORED_SURE_AT


def _with_name_alone(pair: Mapping[str, Any]) -> tuple[Verdict, Message | None]:
    if pair["name"] not in _SAME_NAME or pair["city"] == "different":
        return Verdict.DIFFERENT, None
    if pair["address"] is None:
        return Verdict.REVIEW, message("Same name, but nothing else to compare: no shared number and no two addresses")
    if pair["name"] == "same" or pair["probability"] >= RESCORED_MERGE_AT:
        return Verdict.REVIEW, message("Same name, but the addresses differ or are written very differently")
    return Verdict.DIFFERENT, None


def _agrees_beyond_the_name(pair: Mapping[str, Any], left: Record, right: Record) -> bool:
    same_name = pair["name"] in _SAME_NAME
    return (
        pair["address"] in _SAME_ADDRESS
        or (same_name and _sure(pair) and _somehow_same_address(pair, left, right))
        or (same_name and pair["place"] == "within_200_m")
        or (same_name and pair["city"] == "same" and bool(left.affiliations & right.affiliations))
    )


def _somehow_same_address(pair: Mapping[str, Any], left: Record, right: Record) -> bool:
    """Addresses that share something and nothing that is counted, in letters or digits, tells them apart."""
    counted = numbers_in(left.name.folded) == numbers_in(right.name.folded)
    return pair["address"] in _SOMEHOW_SAME_ADDRESS and pair["postcode"] != "different" and counted


def contradiction(left: Record, right: Record) -> Message | None:
    """Return what speaks against two records of similar name being the same, or None."""
    one, other = left.address, right.address
    if one.house and other.house and not _may_be_one_house(one, other):
        return message(
            "Similar name, but different house numbers: {left} and {right}", left=one.house, right=other.house
        )
    for left_unit, right_unit in (_rooms(one, other), (one.floor, other.floor)):
        if left_unit and right_unit and left_unit != right_unit:
            return message(
                "Similar name, but different units of the building: {left} and {right}",
                left=left_unit,
                right=right_unit,
            )
    for mine, theirs in (_numbered(one, other, kind) for kind in ("area", "street")):
        if mine and theirs and not mine & theirs:
            return message(
                "Similar name, but different streets, plots or zones: {left} and {right}",
                left=", ".join(sorted(mine)),
                right=", ".join(sorted(theirs)),
            )
    mine, theirs = (numbers_in(record.name.folded) for record in (left, right))
    if mine and theirs and not mine & theirs:
        return message(
            "Similar name, but different numbers in it: {left} and {right}",
            left=", ".join(sorted(mine)),
            right=", ".join(sorted(theirs)),
        )
    kinds = {record.name.legal_kind for record in (left, right)} - {None, "general"}
    if len(kinds) > 1:
        return message("Similar name, but different legal forms")
    return None


def _may_be_one_house(one: Address, other: Address) -> bool:
    """Say whether the house of one address is among the numbers of the other, also written D 100 or run together."""
    numbers, others = (({*address.numbers} | _run_together(address)) for address in (one, other))
    if one.house in others or other.house in numbers:
        return True
    return bool(_without_letter(numbers) & others or _without_letter(others) & numbers)


def _numbered(one: Address, other: Address, kind: str) -> tuple[set[str], set[str]]:
    """Return the numbers of the streets (2nd street) or of the areas (sector 25, phase 2) of two addresses."""
    left, right = (
        {word.removeprefix(kind) for word in address.words if word.startswith(kind) and word[-1].isdigit()}
        for address in (one, other)
    )
    return left, right


def _run_together(address: Address) -> set[str]:
    return {first + second for first, second in pairwise(address.digits)}


def _without_letter(numbers: set[str]) -> set[str]:
    return {number[1:] for number in numbers if number[0].isalpha()}


def _rooms(one: Address, other: Address) -> tuple[str | None, str | None]:
    """Return what must agree; the 31 of 27-31 may be the last house of a range, so it contradicts no room."""
    ranges = [address.unit in address.numbers for address in (one, other)]
    return (room(one), room(other)) if ranges[0] == ranges[1] else (None, None)


def room(address: Address) -> str | None:
    """Return the unit of an address where it is not just the floor: a room on the second floor is on both."""
    return None if address.unit == address.floor else address.unit


def numbers_in(name: str) -> set[str]:
    """Return the numbers of a folded name, in digits or as the Roman ones that units are counted by."""
    words = name.split()
    return {_ROMAN[word] for word in words if word in _ROMAN} | {
        digits for word in words for digits in _NUMBER.findall(word)
    }


def _clash(left: Record, right: Record) -> str:
    """Return the schemes of which both records have numbers and share none; empty where there are none."""
    mine, theirs = (_by_scheme(record) for record in (left, right))
    return ", ".join(sorted(scheme for scheme in mine.keys() & theirs.keys() if not mine[scheme] & theirs[scheme]))


def _by_scheme(record: Record) -> dict[str, set[str]]:
    schemes: dict[str, set[str]] = {}
    for scheme, value in record.identifiers:
        schemes.setdefault(scheme, set()).add(value)
    return schemes
