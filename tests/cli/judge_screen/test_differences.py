"""Words are marked where the other record has none like it, whatever the script, case or order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.cli.judge_screen.differences import differences


def marked(left: str, right: str) -> tuple[list[str], list[str]]:
    mine, theirs = differences(left, right)
    return [word.text for word in mine if not word.shared], [word.text for word in theirs if not word.shared]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("ул. Рассветная, 8", "ул. Рассветная, 18", (["8"], ["18"])),
        ("Қызыл Алма", "QYZYL ALMA", ([], [])),
        ("Alma Qyzyl", "Qyzyl Alma", ([], [])),
        ("Padma Kanon (Unit-1)", "Padma Kanon (Unit-2)", (["(Unit-1)"], ["(Unit-2)"])),
        ("A & B", "A - B", ([], [])),
        ("Baraka Baraka", "Baraka", (["Baraka"], [])),
        ("", "Almaty", ([], [])),
    ],
)
def test_what_differs_is_marked(left: str, right: str, found: tuple[list[str], list[str]]) -> None:
    assert marked(left, right) == found


@given(st.text(), st.text())
def test_nothing_is_lost_and_the_same_differs_nowhere(left: str, right: str) -> None:
    mine, theirs = differences(left, right)
    assert [word.text for word in mine] == left.split()
    assert [word.text for word in theirs] == right.split()
    assert marked(left, left) == ([], [])
