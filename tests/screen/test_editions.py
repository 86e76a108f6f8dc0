"""Editions of one list, and entries that are no longer on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairlead.errors import OptionError
from fairlead.language import Language
from fairlead.model.message import Message
from fairlead.screen import WatchList, screen, with_removed
from fairlead.screen.editions import known_again
from tests.screen.builders import AS_OF, entry, parties, watch_list

QUILLON = entry("Quillon Harrow Weaving", countries=("IND",))
BROOK = entry("Brook Stroy Dornik", countries=("RUS",))


def edition(name: str, title: str, *entries: object) -> WatchList:
    return replace(watch_list(*entries), edition=name, title=title, list_id=f"list_{name}")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "now", "pairs"),
    [
        (["a.csv", "b.csv"], ["b.csv", "a.csv"], {"a.csv": "a.csv", "b.csv": "b.csv"}),
        (
            ["sdn_2026-01.csv", "b.csv"],
            ["sdn_2026-02.csv", "b.csv"],
            {"sdn_2026-02.csv": "sdn_2026-01.csv", "b.csv": "b.csv"},
        ),
        (["old.csv"], ["new.csv"], {"new.csv": "old.csv"}),
        (["a1.csv", "a2.csv"], ["a3.csv"], {}),
        (["x.csv", "y.csv"], ["z.csv"], {}),
        ([], ["z.csv"], {}),
    ],
)
def test_lists_are_known_again_by_title_then_without_dates_then_as_the_last_one_left(
    before: list[str], now: list[str], pairs: dict[str, str]
) -> None:
    assert known_again(before, now) == pairs


def test_a_removed_entry_counts_less_and_says_until_which_edition_it_was_listed() -> None:
    before, now = edition("A", "own.csv", QUILLON, BROOK), edition("B", "own.csv", QUILLON)
    table = parties({"name": "Brook Stroy Dornik", "country": "RUS"}, {"name": "Quillon Harrow Weaving"})
    rows = {row["subject_id"]: row for row in screen(table, with_removed([now], [before]), as_of=AS_OF).to_pylist()}
    assert (rows["pty_0"]["value"], rows["pty_1"]["value"]) == ("removed", "in_force")
    assert Language("en").render(Message.from_arrow(rows["pty_0"]["text"])) == (
        "The name Brook Stroy Dornik is the same as Brook Stroy Dornik, which was on own.csv until edition A and is no "
        "longer on it in edition B. The country agrees. It counts less; find out why it was taken off."
    )


def test_entries_known_by_their_row_alone_are_compared_by_name() -> None:
    def rowed(name: str, row: int) -> object:
        return entry(name, entry_id=f"own.csv:{row}", locator=f"own.csv:{row}")

    before = edition("A", "own.csv", rowed("Quillon", 2), rowed("Brook", 3))
    (found,) = with_removed([edition("B", "own.csv", rowed("Brook", 2))], [before])
    assert [(each.name, each.removed_after, each.entry_id) for each in found.entries] == [
        ("Brook", "", "own.csv:2"),
        ("Quillon", "A", "A:own.csv:2"),
    ]


def test_an_earlier_list_that_belongs_to_none_is_refused() -> None:
    with pytest.raises(OptionError, match=r"other\.csv: This earlier list is not known"):
        with_removed(
            [edition("B", "a.csv", QUILLON), edition("B", "b.csv", QUILLON)], [edition("A", "other.csv", BROOK)]
        )
