"""Why true pairs of sites are missed, and what the wrongly joined ones have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.identity.data import Row
from benchmarks.identity.scores import Pairs, quality_of_pairs
from fairlead.identity.address import parse_address
from fairlead.identity.normalise import fold

_LEAST_SHARED: Final = 2


def print_missed(found: Pairs, truth: Pairs, given: Mapping[str, Row]) -> None:
    """Print how many missed pairs have other house numbers, what they cost, and how many wrong ones share a name."""
    missed, wrong = truth - found, found - truth
    houses = [pair for pair in missed if _other_house(*(given[one] for one in pair))]
    names = [pair for pair in houses if _share_words(*(given[one]["name"] for one in pair))]
    same = [pair for pair in wrong if _share_words(*(given[one]["name"] for one in pair))]
    merged = quality_of_pairs(found | set(names), truth)
    print(
        f"Of {len(missed):,} pairs that are missed, {len(houses):,} have different house numbers, which never merge by "
        f"themselves; {len(names):,} of those under names that share two words or more: F1 would be {merged.f1:.3f} "
        f"with them. Of {len(wrong):,} pairs that are joined against the labels, {len(same):,} share two words of the "
        "name or more.\n"
    )


def _other_house(left: Row, right: Row) -> bool:
    one, other = (parse_address(row["address"]) for row in (left, right))
    return bool(one.house and other.house and not set(one.numbers) & set(other.numbers))


def _share_words(left: str, right: str) -> bool:
    return len(set(fold(left).split()) & set(fold(right).split())) >= _LEAST_SHARED
