"""Which records are compared at all: those that share a key, and no key is shared by too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from fairlead.identity.normalise import phonetic
from fairlead.resolve.record import Record

#: A key that more records share is refined by a second one.
LARGEST_BLOCK: Final = 50
#: So many of a name's and of a street's rarest words are keys.
RARE_WORDS: Final = 2
_PREFIX: Final = 5
_LETTERS: Final = 12
_GRID_PER_DEGREE: Final = 500  # about 200 m


def block_keys(
    records: Sequence[Record], name_weights: Mapping[str, float], street_weights: Mapping[str, float]
) -> tuple[list[list[str]], int]:
    """Return the keys of each record, and how many records were left out of a key because too many share it.

    Records that share a key are compared. A key of more than LARGEST_BLOCK records is refined by the house
    number, then by the city, then by the beginning of the name; what is still too large is cut into
    neighbourhoods of similar names, and the records that this parts from each other are counted.
    """
    keys = [_keys(record, name_weights, street_weights) for record in records]
    parted = 0
    for refine in (_house, _city, _beginning):
        for key, members in _too_large(keys).items():
            for member in members:
                keys[member].remove(key)
                keys[member].append(f"{key}|{refine(records[member])}")
    for key, members in _too_large(keys).items():
        parted += len(members)
        for rank, member in enumerate(sorted(members, key=lambda place: records[place].names)):
            keys[member].remove(key)
            keys[member].append(f"{key}|{rank // LARGEST_BLOCK}")
    return keys, parted


def _too_large(keys: Sequence[Sequence[str]]) -> Mapping[str, list[int]]:
    """Return the records of every key that too many share, the keys in alphabetical order."""
    uses = Counter(chain.from_iterable(keys))
    members: dict[str, list[int]] = {key: [] for key in sorted(key for key, n in uses.items() if n > LARGEST_BLOCK)}
    if members:
        for place, own in enumerate(keys):
            for key in own:
                if key in members:
                    members[key].append(place)
    return members


def _keys(record: Record, name_weights: Mapping[str, float], street_weights: Mapping[str, float]) -> list[str]:
    keys = {f"id {scheme} {value}" for scheme, value in record.identifiers}
    keys.update(f"name {' '.join(sorted(name.split()))}" for name in record.names)
    rare = _rarest(record.sounds, name_weights)
    keys.update(f"word {word}" for word in rare)
    if record.sounds:
        keys.add(f"sound {''.join(record.sounds)[:_PREFIX]} {record.city or ''}")
        keys.add(f"bones {_bones(record)}")
        keys.add(f"letters {_letters(record)}")
    house = record.address.house
    for word in _rarest(record.address.words, street_weights):
        keys.add(f"street {word} {house or ''}")
    if house:
        beginnings = {word[:3] for word in rare}
        keys.update(f"house {house} {beginning}" for beginning in beginnings)
        if record.address.postcode:
            keys.add(f"post {record.address.postcode} {house}")
    if record.latitude is not None and record.longitude is not None:
        cell = f"{round(record.latitude * _GRID_PER_DEGREE)} {round(record.longitude * _GRID_PER_DEGREE)}"
        keys.add(f"cell {cell}")
    return sorted(keys)


def _rarest(words: Sequence[str], weights: Mapping[str, float]) -> list[str]:
    return sorted(words, key=lambda word: (-weights[word], -len(word), word))[:RARE_WORDS]


def _bones(record: Record) -> str:
    """The consonants of the name's words, in alphabetical order of the words."""
    return "".join(letter for word in record.sounds for letter in word if letter not in "aeiou ")[: 2 * _PREFIX]


def _letters(record: Record) -> str:
    """The first letters of the name however its words are divided: Sunny Day, SunnyDay, s u n n y day."""
    return phonetic(record.name.folded.replace(" ", ""))[:_LETTERS]


def _house(record: Record) -> str:
    return record.address.house or ""


def _city(record: Record) -> str:
    return record.city or record.country or ""


def _beginning(record: Record) -> str:
    return "".join(record.sounds)[:_PREFIX]
