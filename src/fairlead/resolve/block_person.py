"""Which records of persons are compared: those that share two facts, each as a typing error may leave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations
from typing import Final

from fairlead.identity.normalise import phonetic
from fairlead.resolve.person import postcode_area
from fairlead.resolve.record import Record
from fairlead.resolve.settings import WordWeights

#: A key that more records share brings none of them together: another key has to.
LARGEST_BLOCK: Final = 50
_PART: Final = 3
_HALF: Final = 5
_INWARD: Final = 3
_NEW_YEAR: Final = "0101"


def block_keys(
    records: Sequence[Record], name_weights: WordWeights, street_weights: WordWeights
) -> tuple[list[list[str]], int]:
    """Return the keys of each record, and how often a key was not used since more than LARGEST_BLOCK records share it.

    A person is brought together with others by many keys of two facts each, so that a key that is too common is
    left to finer ones; only records that are left with no key at all, or of which a key was cut, are counted.
    """
    keys = [_keys(record) for record in records]
    uses = Counter(key for own in keys for key in own)
    kept = [sorted(key for key in own if uses[key] <= LARGEST_BLOCK) for own in keys]
    parted = sum(1 for own, left in zip(keys, kept, strict=True) if own and not left)
    return kept, parted


def _keys(record: Record) -> set[str]:
    person, address = record.person, record.address
    assert person is not None
    words = sorted({phonetic(word) for word in person.words if len(word) > 1})
    birth, postcode, place = person.birth or "", address.postcode or "", person.birth_place or ""
    area = postcode_area(postcode) or ""
    year, day = birth[:4], birth[4:]
    keys = {f"id {scheme} {value}" for scheme, value in record.identifiers}
    keys.update(f"pair {one} {other}" for one, other in combinations(words, 2))
    for one, other in permutations(words, 2):
        if len(other) > _PART:
            keys.update((f"begin {one} {other[:_PART]}", f"end {one} {other[-_PART:]}"))
    for word in words:
        keys.add(f"word {word}")
        for end in (f"b{word[:_PART]}", f"e{word[-_PART:]}"):
            keys.update(
                f"{kind} {end} {fact}"
                for kind, fact in (
                    ("year", year),
                    ("day", day if day != _NEW_YEAR else ""),
                    ("area", area),
                    ("place", place),
                    ("work", person.occupation),
                    ("city", record.city),
                )
                if fact
            )
        if len(word) >= _HALF:
            keys.update((f"half b{word[:_HALF]}", f"half e{word[-_HALF:]}"))
        if birth:
            keys.add(f"born {birth} {word[:1]}")
    keys.update(
        f"{kind} {fact}"
        for kind, fact in (
            ("number", person.number),
            ("tel", person.phone),
            ("mail", person.email),
            ("post", postcode),
            ("born", birth),
        )
        if fact
    )
    if len(postcode) > _HALF:
        keys.add(f"inward {postcode[:1]} {postcode[-_INWARD:]}")
    if birth:
        keys.update(f"birth {birth} {fact}" for fact in (area, place) if fact)
    return keys
