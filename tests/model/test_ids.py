"""Ids come from content alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.ids import content_id


@given(st.lists(st.text(), min_size=1))
def test_the_same_content_has_the_same_id(parts: list[str]) -> None:
    assert content_id("pty", *parts) == content_id("pty", *parts)


def test_where_one_part_ends_matters() -> None:
    assert content_id("pty", "ab", "c") != content_id("pty", "a", "bc")


def test_the_prefix_says_what_the_id_is_of() -> None:
    assert content_id("evd", "x").startswith("evd_")
