"""A party and an entry of a list: how alike they are, what speaks for and against, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fairlead.identity.address import Address
from fairlead.identity.align import Weigh, align
from fairlead.identity.features import features, thresholds
from fairlead.identity.name import Reading
from fairlead.model.vocabulary import PartyKind, Verdict

_ORDER: Final = (Verdict.DIFFERENT, Verdict.REVIEW, Verdict.MATCH)
_LEAST_SHARED_ADDRESS: Final = 2


@dataclass(frozen=True)
class Details:
    """What is known of a party or an entry beside its names; `numbers` are (scheme, value), the scheme often empty."""

    kind: PartyKind = PartyKind.UNKNOWN
    countries: tuple[str, ...] = ()
    numbers: frozenset[tuple[str, str]] = frozenset()
    addresses: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What came of a comparison: score from 0 to 1, verdict, keys of features in their order, words apart."""

    score: float
    verdict: Verdict
    features: tuple[str, ...]
    apart: tuple[str, ...] = ()


def compare(left: Reading, right: Reading, ours: Details, theirs: Details, weigh: Weigh, *, weak: bool) -> Comparison:
    """Compare a reading of a party's name with one of an entry's, and what else is known of both.

    `weak` says that the list calls the name a weak one. The score is the likeness of the names and what the features
    of tables/features.yaml add; the verdict is the best that the score and every feature allow.
    """
    aligned = align(left, right, weigh)
    found = set(aligned.features)
    found |= {"without_bracket"} if left.partial or right.partial else set()
    found |= {"weak_name"} if weak else set()
    found |= {"other_form"} if left.form and right.form and left.form != right.form else set()
    found |= compare_details(ours, theirs)
    limits = thresholds()
    needed = limits.told_with_country if "same_country" in found else limits.told_without_country
    own = aligned.own or left.whole == right.whole
    if aligned.told < needed or not own:
        found.add("says_little")
    return _judged(aligned.alike, found, aligned.apart)


def compare_details(ours: Details, theirs: Details) -> set[str]:
    """Return the features that do not come from the names."""
    found = {_country(ours.countries, theirs.countries), *_numbers(ours, theirs)}
    if ours.kind is not theirs.kind and {ours.kind, theirs.kind} & {PartyKind.PERSON, PartyKind.VESSEL}:
        known = PartyKind.UNKNOWN not in (ours.kind, theirs.kind)
        found |= {"other_kind"} if known else set()
    if any(_same_address(one, other) for one in ours.addresses for other in theirs.addresses):
        found.add("same_address")
    return found


def by_number(ours: Details, theirs: Details) -> Comparison:
    """Return what a shared number comes to when the names are not alike at all."""
    return _judged(0.0, {"same_identifier"} | compare_details(ours, theirs), ())


def shared_numbers(ours: Details, theirs: Details) -> tuple[str, ...]:
    """Return the numbers that both have, in schemes that do not contradict each other, sorted."""
    return tuple(
        sorted(
            {
                value
                for scheme, value in ours.numbers
                for other, same in theirs.numbers
                if value == same and (scheme == other or "" in (scheme, other))
            }
        )
    )


def _judged(alike: float, found: set[str], apart: Sequence[str]) -> Comparison:
    table, limits = features(), thresholds()
    if "same_identifier" in found:
        found -= {key for key in found if key in ("says_little", "other_identifier")}
        ordered = tuple(sorted(found, key=lambda key: table[key].place))
        return Comparison(1.0, Verdict.MATCH, ordered, tuple(apart))
    ordered = tuple(sorted(found, key=lambda key: table[key].place))
    score = min(max(alike + sum(table[key].adds for key in ordered), 0.0), 1.0)
    by_score = 2 if score >= limits.match_from else 1 if score >= limits.review_from else 0
    allowed = min((_ORDER.index(table[key].at_most) for key in ordered), default=2)
    return Comparison(round(score, 6), _ORDER[min(by_score, allowed)], ordered, tuple(apart))


def _country(ours: Sequence[str], theirs: Sequence[str]) -> str:
    if not ours or not theirs:
        return "country_unknown"
    return "same_country" if set(ours) & set(theirs) else "other_country"


def _numbers(ours: Details, theirs: Details) -> set[str]:
    if shared_numbers(ours, theirs):
        return {"same_identifier"}
    schemes = {scheme for scheme, _ in ours.numbers if scheme} & {scheme for scheme, _ in theirs.numbers if scheme}
    return {"other_identifier"} if schemes else set()


def _same_address(one: Address, other: Address) -> bool:
    """Whether two addresses have two words in common and no house number that differs."""
    if one.house and other.house and one.house != other.house:
        return False
    return len(set(one.words) & set(other.words)) >= _LEAST_SHARED_ADDRESS
