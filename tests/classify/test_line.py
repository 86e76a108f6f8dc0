"""How a product line is built."""

from __future__ import annotations

import pytest

from fairlead.classify.line import FOR, HEAD, OF, WITH, read_line


def test_a_comma_ends_a_part_but_a_decimal_one_does_not() -> None:
    assert read_line("Кабель 2,5 мм, медный").part == (0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("text", "last"),
    [("gloves", HEAD), ("roof of schools", OF), ("boots with soles", WITH), ("gloves for miners", FOR)],
)
def test_a_preposition_sets_what_follows_at_its_distance(text: str, last: int) -> None:
    assert read_line(text).distance[-1] == last


def test_a_postposition_sets_apart_what_precedes_it() -> None:
    assert read_line("Мектептерге арналған көмір").distance == (FOR, FOR, HEAD)


def test_a_frame_is_no_head() -> None:
    assert read_line("Supply of coal").distance[-1] == HEAD
    assert read_line("Roof of coal").distance[-1] == OF


def test_a_new_part_begins_at_the_head() -> None:
    assert read_line("For schools: boards for walls; chairs").distance == (HEAD, HEAD, HEAD, FOR, FOR, HEAD)
