"""How dates of birth compare on two lists that name the same persons: what the weights of dates rest on.

No list says which of its entries are whose on another, so persons with the same name of three words or more stand for
the same person. Some are not, which makes differing dates look more common among the same than they are.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from benchmarks.identity.data import DATA, absent
from benchmarks.identity.table import Results
from fairlead.identity.born import FITS, NEAR, OTHER, SAME, compare_born
from fairlead.identity.features import PERSON, features
from fairlead.identity.name import read_name
from fairlead.model.vocabulary import PartyKind
from fairlead.screen import ListEntry, read_lists

LISTS: Final = DATA / "lists"
UN: Final = (LISTS / "un_consolidated.xml",)
EU: Final = (LISTS / "eu_32014r0269.csv", LISTS / "eu_32020r1998.csv")
OFAC: Final = (LISTS / "ofac_sdn.csv", LISTS / "ofac_alt.csv", LISTS / "ofac_add.csv")
_WORDS: Final = 3
_DRAWN: Final = 200_000
_SEED: Final = 20260331

Pair = tuple[ListEntry, ListEntry]


def measure(_: Results, *, quick: bool) -> None:
    """Print how often dates agree among the same persons and among any two, the log-odds, and the weights shipped."""
    if missing := absent([*UN, *EU, *OFAC]):
        print(missing)
        return
    un, eu, ofac = (
        [entry for one in read_lists(paths) for entry in one.entries if entry.kind is PartyKind.PERSON and entry.born]
        for paths in (UN, EU, OFAC)
    )
    same = [*pairs_of_one_name(un, ofac), *pairs_of_one_name(eu, ofac)]
    rng, others = random.Random(_SEED), [*un, *eu]
    drawn = [(rng.choice(others), rng.choice(ofac)) for _ in range(_DRAWN // 20 if quick else _DRAWN)]
    print_shares(shares(same), shares(drawn), len(same), len(drawn))


def pairs_of_one_name(left: Iterable[ListEntry], right: Iterable[ListEntry]) -> list[Pair]:
    """Return the entries of two lists that have the same words as their name, three at least."""
    known: dict[tuple[str, ...], list[ListEntry]] = defaultdict(list)
    for entry in right:
        known[_words(entry)].append(entry)
    return [(entry, other) for entry in left if len(_words(entry)) >= _WORDS for other in known[_words(entry)]]


def _words(entry: ListEntry) -> tuple[str, ...]:
    return tuple(sorted(next(iter(read_name(entry.name, entry.kind))).words))


def shares(pairs: Sequence[Pair]) -> Mapping[str, float]:
    """Return how often each feature of dates is found."""
    found = Counter(compare_born(one.born, other.born) for one, other in pairs)
    return {feature: found[feature] / len(pairs) for feature in (SAME, FITS, NEAR, OTHER)}


def print_shares(same: Mapping[str, float], drawn: Mapping[str, float], persons: int, any_two: int) -> None:
    """Print one line for each feature."""
    print(
        f"{persons:,} pairs of one name on the lists of the UN or the EU and of the US, {any_two:,} drawn at random.\n"
        "The log-odds say how much more often the dates of the same person compare so. The weights, chosen by hand,\n"
        "stay well below them: names and dates are not independent, a date is often copied with the name from list to\n"
        "list, and no date shall outdo the name.\n"
    )
    print("| dates | same name | any two | log-odds | weight |\n| --- | ---: | ---: | ---: | ---: |")
    for feature, share in same.items():
        odds = f"{math.log(share / drawn[feature]):+.1f}" if share and drawn[feature] else ""
        row = features()[feature]
        print(f"| {row.sentence} | {share:.1%} | {drawn[feature]:.2%} | {odds} | {row.weights[PERSON]:+.1f} |")
    print()
