"""The keys by which people's judgements are kept outlive files, and tell apart what lists tell apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.resolve.record_key import keys_by_row, record_key
from tests.resolve.lists import row, table

WHOLE = row("r1", "ТОО «Қызыл Алма»", number="970540000123", address="ул. Абая, д. 12", city="Алматы")


@pytest.mark.parametrize(
    "change",
    [
        {"row_id": "r9", "file": "other.xlsx", "sheet": "2026", "row": 77},
        {"product": "apples", "spend": None, "tier": 2, "workers": 12},
        {"name": "ТОО  «ҚЫЗЫЛ АЛМА»"},
        {"customer": "Fictional Canning Ltd"},
        {"other_names": []},
    ],
)
def test_the_key_stays_when_the_list_is_exported_again(change: dict[str, Any]) -> None:
    assert record_key(WHOLE | change) == record_key(WHOLE)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "ТОО «Жасыл Алма»"},
        {"address": "ул. Абая, д. 14"},
        {"country": "KGZ"},
        {"city": None},
        {"other_names": ["Red Apple"]},
        {"identifiers": [{"scheme": "KZ-BIN", "value": "970540000131", "valid": True}]},
    ],
)
def test_the_key_changes_with_what_the_row_says_of_its_identity(change: dict[str, Any]) -> None:
    assert record_key(WHOLE | change) != record_key(WHOLE)


def test_a_row_with_nothing_but_a_name_is_told_apart_by_its_customer() -> None:
    bare = row("r1", "Карлыгаш", city="Алматы")
    assert record_key(bare | {"customer": "A"}) != record_key(bare | {"customer": "B"})


def test_values_do_not_run_into_the_next_column() -> None:
    assert record_key(row("r", "A", address="B")) != record_key(row("r", "A", city="B"))


@given(st.permutations(range(4)))
def test_keys_belong_to_rows_and_not_to_their_order(order: list[int]) -> None:
    rows = [row(f"r{place}", f"Fictional {place}") for place in range(4)]
    assert keys_by_row(table(*(rows[place] for place in order))) == {one["row_id"]: record_key(one) for one in rows}


def test_only_the_rows_asked_for_get_a_key() -> None:
    assert set(keys_by_row(table(WHOLE, row("r2", "Other")), ["r2"])) == {"r2"}
