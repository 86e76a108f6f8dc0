"""Keys of goods."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.reference import good_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Açaí Berries", "acai_berries"),
        ("Bricks (clay)", "bricks_clay"),
        ("Thread/Yarn", "thread_yarn"),
        ("Lithium-Ion Batteries", "lithium_ion_batteries"),
        ("Beans (green, soy, yellow)", "beans_green_soy_yellow"),
    ],
)
def test_a_good_s_key_is_its_name_in_snake_case(name: str, key: str) -> None:
    assert good_key(name) == key


@given(st.text())
def test_a_key_is_ascii_and_its_own_key(name: str) -> None:
    key = good_key(name)
    assert re.fullmatch(r"([a-z0-9]+(_[a-z0-9]+)*)?", key)
    assert good_key(key) == key
