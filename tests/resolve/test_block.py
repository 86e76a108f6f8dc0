"""Which records are compared: blocks stay small and what is parted is counted."""

from __future__ import annotations

from collections import Counter

from fairlead.resolve.block import LARGEST_BLOCK, block_keys
from fairlead.resolve.record import make_records
from fairlead.resolve.weigh import word_weights
from tests.resolve.lists import row, table


def keys_of(*rows: dict[str, object]) -> tuple[list[list[str]], int]:
    records = make_records(table(*rows))
    names = word_weights(record.sounds for record in records)
    return block_keys(records, names, word_weights(record.address.words for record in records))


def test_a_typing_error_leaves_a_common_key() -> None:
    keys, _ = keys_of(
        row("a", "Карлыгаш Текстиль", address="Абая 12", city="Алматы"),
        row("b", "Крлыгаш Текстиль", address="Абая 12", city="Алматы"),
    )
    assert set(keys[0]) & set(keys[1])


def test_no_key_is_shared_by_too_many_and_what_is_parted_is_counted() -> None:
    rows = [row(f"r{place:04}", "Карлыгаш", address=f"{place} Абая", city="Алматы") for place in range(500)]
    keys, parted = keys_of(*rows)
    assert max(Counter(key for own in keys for key in own).values()) <= LARGEST_BLOCK
    assert parted >= 0


def test_a_large_block_is_first_refined_by_the_house() -> None:
    rows = [
        row(f"r{place:04}", "Карлыгаш", address=f"{place // 2} Абая", city=f"Город {place}") for place in range(200)
    ]
    keys, parted = keys_of(*rows)
    by_house: dict[str, set[int]] = {}
    for place, own in enumerate(keys):
        for key in own:
            by_house.setdefault(key, set()).add(place)
    pairs = {frozenset(places) for places in by_house.values() if len(places) == 2}
    assert len(pairs) >= 99
    assert parted == 0


def test_a_name_in_single_letters_meets_the_same_name_in_words() -> None:
    keys, _ = keys_of(row("a", "U ni ty Fash i o n C am bo", address="Sapa"), row("b", "Unity Fashion Cambo"))
    assert set(keys[0]) & set(keys[1])
