"""Names screened one by one, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.vocabulary import PartyKind
from fairlead.read.names import NamedRow
from fairlead.screen import NameScreening, screen_names
from tests.screen.builders import AS_OF, entry, watch_list

LISTED = watch_list(
    entry("Quillon Harrow Weaving", countries=("IND",)), entry("Trading Group"), entry("CORP"), entry("Brook Dornik")
)


def named(*names: str) -> list[NamedRow]:
    return [
        NamedRow("", place, f"i{place}", name, None, PartyKind.UNKNOWN, (name,)) for place, name in enumerate(names, 2)
    ]


def screened(*names: str) -> NameScreening:
    return screen_names(named(*names), [LISTED], as_of=AS_OF)


def test_names_are_never_merged() -> None:
    found = screened("Quillon Harrow Weaving", "Quillon Harrow Weaving")
    assert [one.name.row for one in found.hits] == [2, 3]


def test_what_says_too_little_is_named_and_not_passed_as_clean() -> None:
    found = screened("CORP", "Ltd.", "Group", "Trading Group", "Brook Dornik")
    assert [name.name for name, _ in found.not_screened] == ["CORP", "Ltd.", "Group"]
    assert [name.name for name, _ in found.only_exact] == ["Trading Group"]
    assert [one.name.name for one in found.hits] == ["Trading Group", "Brook Dornik"]


def test_the_best_score_of_a_name_comes_first_then_list_and_entry() -> None:
    other = watch_list(entry("Brook Dornik Steel"), list_id="list_other")
    found = screen_names(named("Brook Dornik"), [other, LISTED], as_of=AS_OF)
    scores = [one.hit.comparison.score for one in found.hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "name", ["", " ", "\x00", "\u202e", "🏭", "a" * 10_000, "\ud83c", "Qu\u0456ll\u043en", "(((", "ltd " * 500]
)
def test_no_name_is_too_odd(name: str) -> None:
    found = screened(name, "Brook Dornik")
    assert [one.name.name for one in found.hits][-1] == "Brook Dornik"


@given(names=st.lists(st.text(max_size=30), max_size=6))
def test_every_name_is_screened_or_named_and_others_make_no_difference(names: list[str]) -> None:
    together = screened(*names)
    assert {one.name.name for one in together.hits} <= set(names)
    alone = [
        (one.name.name, one.hit.entry.entry_id, one.hit.comparison.score)
        for name in names
        for one in screened(name).hits
    ]
    assert alone == [(one.name.name, one.hit.entry.entry_id, one.hit.comparison.score) for one in together.hits]
