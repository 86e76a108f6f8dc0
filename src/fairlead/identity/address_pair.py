"""Two texts that may be the same address, weighed by tables/address_features.yaml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from rapidfuzz.distance import OSA

from fairlead.identity.address import Address, parse_address
from fairlead.identity.tables import read_yaml_table
from fairlead.model.vocabulary import Verdict

#: Two words of addresses less alike than this are two words.
_LEAST_ALIKE: Final = 0.75
#: A score has so many digits; more would say nothing.
_DIGITS: Final = 3
#: So many letters of an address are read.
_LONGEST: Final = 500
#: A number of so many digits is hardly that of a house.
_POSTCODE: Final = 5
_ORDER: Final = (Verdict.DIFFERENT, Verdict.REVIEW, Verdict.MATCH)


@dataclass(frozen=True)
class AddressComparison:
    """What came of two addresses: score from 0 to 1, verdict, and the sentences of what counted."""

    score: float
    verdict: Verdict
    sentences: tuple[str, ...]


def compare_addresses(left: str, right: str) -> AddressComparison | None:
    """Compare two addresses; None where one of them has neither a word nor a number.

    Another house number is another address, whatever else agrees; another unit or postcode is for a person to look at.
    """
    ours, theirs = (parse_address(text[:_LONGEST]) for text in (left, right))
    if not (ours.words or ours.numbers) or not (theirs.words or theirs.numbers):
        return None
    amounts = address_amounts(ours, theirs)
    table = _table()
    points = table["start"] + sum(table["features"][key]["weight"] * amount for key, amount in amounts.items())
    score = round(1 / (1 + math.exp(-points)), _DIGITS)
    found = [table["features"][key] for key in table["features"] if key in amounts]
    by_score = (score >= table["match_from"]) + (score >= table["review_from"])
    allowed = min(by_score, *(_ORDER.index(Verdict(row["at_most"])) for row in found), 2)
    return AddressComparison(score, _ORDER[allowed], tuple(row["sentence"] for row in found if row["sentence"]))


def address_amounts(left: Address, right: Address) -> Mapping[str, float]:
    """Return how much there is of each feature; the same from either side."""
    apart = _share_apart(left, right)
    amounts = {"same_words": 1.0} if not apart else {"other_words": apart}
    for part in ("house", "unit", "postcode"):
        ours, theirs = getattr(left, part), getattr(right, part)
        if ours and theirs:
            amounts[f"same_{part}" if ours == theirs else f"other_{part}"] = 1.0
        elif ours or theirs:
            amounts[f"{part}_missing"] = 1.0
    if "other_house" in amounts and _is_postcode_first(left, right):
        del amounts["other_house"]
        amounts["same_house"] = 1.0
        amounts.pop("postcode_missing", None)
    if "other_house" in amounts and set(left.numbers) == set(right.numbers):
        del amounts["other_house"]
        amounts["exchanged_numbers"] = 1.0
    return amounts


def _is_postcode_first(left: Address, right: Address) -> bool:
    """Whether the house number of one is really its postcode at the beginning, and it has that of the other too."""
    return any(
        len(one.house or "") >= _POSTCODE and other.house in one.numbers
        for one, other in ((left, right), (right, left))
    )


def _share_apart(left: Address, right: Address) -> float:
    """Return the share of the words that only one address has; of what the longer one has more, only a part counts."""
    if left.spelled == right.spelled and left.words:
        return 0.0
    short, long = sorted((left.words, right.words), key=lambda words: (len(words), words))
    rest = list(long)
    lacking = 0.0
    for word in short:
        best = max(rest, key=lambda other: (OSA.normalized_similarity(word, other), other), default="")
        alike = OSA.normalized_similarity(word, best) if best else 0.0
        if alike >= _LEAST_ALIKE:
            rest.remove(best)
        lacking += 0.0 if alike == 1 else 1 - alike if alike >= _LEAST_ALIKE else 1.0
    longer = float(_table()["longer"])
    return round((lacking + longer * len(rest)) / max(len(short) + longer * len(rest), 1), 6)


@cache
def _table() -> Any:
    return read_yaml_table("address_features")
