"""What has changed between two screenings, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairlead.errors import NothingToRead, UnreadableFile
from fairlead.language import Language
from fairlead.model.vocabulary import PartyKind
from fairlead.read.names import NamedRow
from fairlead.screen import (
    About,
    ChangeKind,
    Changes,
    ListEntry,
    ScreeningRecord,
    WatchList,
    changes_since,
    make_record,
    read_record,
    record_document,
    screen_names,
)
from fairlead.write import write_json
from tests.screen.builders import AS_OF, entry

QUILLON = entry("Quillon Harrow Weaving", countries=("IND",))
BROOK = entry("Brook Stroy Dornik", countries=("RUS",))


def named(*names: str) -> list[NamedRow]:
    """Names whose ids are their first words."""
    return [
        NamedRow("", place, name.split()[0], name, None, PartyKind.UNKNOWN, (name,))
        for place, name in enumerate(names, start=2)
    ]


def listed(*entries: ListEntry, title: str = "own-2026-01.csv", edition: str = "A") -> WatchList:
    sha256 = f"{edition}{len(entries)}".ljust(64, "0")
    return WatchList(f"list_{sha256[:16]}", title, edition, sha256, entries, About.OTHER)


def record(names: list[NamedRow], *lists: WatchList, as_of: date = AS_OF) -> ScreeningRecord:
    return make_record(names, lists, screen_names(names, lists, as_of=as_of).hits, as_of)


def said(changes: Changes) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.hit.row_id, Language("en").render(each.reason)) for each in changes.hits]


NAMES = named("Quillon Harrow Weaving", "Brook Stroy Dornik")
BEFORE = record(NAMES, listed(QUILLON, BROOK))


def test_nothing_changes_where_nothing_has() -> None:
    changes = changes_since(BEFORE, record(NAMES, listed(QUILLON, BROOK)))
    assert changes.hits == ()
    assert [each.same for each in changes.lists] == [True]


def test_an_entry_that_was_taken_off_the_list_says_until_which_edition_it_was_on_it() -> None:
    changes = changes_since(BEFORE, record(NAMES, listed(QUILLON, edition="B")))
    assert said(changes) == [
        ("gone", "Brook", "The entry was on the list until edition A; it is no longer in edition B."),
    ]
    assert (changes.lists[0].added, changes.lists[0].removed) == (0, 1)


def test_an_entry_without_an_id_of_its_own_is_known_again_by_its_name_whatever_its_row() -> None:
    def rowed(name: str, row: int) -> ListEntry:
        return entry(name, entry_id=f"own.csv:{row}", locator=f"own.csv:{row}")

    one, other = "Quillon Harrow Weaving", "Brook Stroy Dornik"
    before = record(NAMES, listed(rowed(one, 2), rowed(other, 3)))
    now = record(NAMES, listed(rowed("Larkin Zephyr Foods", 2), rowed(other, 3), rowed(one, 4), edition="B"))
    assert changes_since(before, now).hits == ()


def test_new_hits_say_what_is_new() -> None:
    larkin = entry("Larkin Zephyr Foods")
    names = [*NAMES, *named("Quillon Harrow Weaving", "Larkin Zephyr Foods")[1:]]
    now = record(names, listed(QUILLON, BROOK, larkin, edition="B"))
    assert said(changes_since(BEFORE, now)) == [("new", "Larkin", "The name is new.")]
    known = record(names, listed(QUILLON, BROOK))
    assert said(changes_since(known, now)) == [
        ("new", "Larkin", "The entry is new on the list: it is in edition B and was not in edition A."),
    ]


def test_a_listing_that_begins_after_the_earlier_day_is_new() -> None:
    later = entry("Brook Stroy Dornik", from_date="2026-02-01")
    before = record(NAMES, listed(QUILLON, later), as_of=date(2026, 1, 1))
    assert said(changes_since(before, record(NAMES, listed(QUILLON, later)))) == [
        ("new", "Brook", "The entry was listed on 1 February 2026, after the earlier screening."),
    ]


def test_a_name_that_changed_or_left_is_told_from_an_entry_that_left() -> None:
    renamed = [NAMES[0], *named("x", "Brook Other Firm")[1:]]
    assert said(changes_since(BEFORE, record(renamed, listed(QUILLON, BROOK))))[0][2].startswith(
        "The name, its country"
    )
    assert said(changes_since(BEFORE, record(NAMES[:1], listed(QUILLON, BROOK)))) == [
        ("gone", "Brook", "The name is no longer among those that are screened."),
    ]


def test_a_listing_that_ended_is_a_change_with_its_day() -> None:
    ended = entry("Quillon Harrow Weaving", countries=("IND",), to_date="2026-03-01")
    changes = changes_since(BEFORE, record(NAMES, listed(ended, BROOK, edition="B")))
    assert said(changes) == [("changed", "Quillon", "The listing ended on 1 March 2026.")]


def test_a_list_that_is_not_given_makes_no_hit_go_away() -> None:
    others = [listed(entry("Vestrel Marine"), title=title) for title in ("others.csv", "more.csv")]
    changes = changes_since(BEFORE, record(NAMES, *others))
    assert {each.kind for each in changes.hits} == {ChangeKind.NOT_SCREENED}


def test_a_list_is_known_again_without_the_date_in_its_name() -> None:
    other = listed(entry("Vestrel Marine"), title="other.csv")
    now = record(NAMES, listed(QUILLON, BROOK, title="own-2026-02.csv", edition="B"), other)
    changes = changes_since(record(NAMES, listed(QUILLON, BROOK), other), now)
    assert changes.hits == ()
    assert [each.before and each.before.title for each in changes.lists] == ["own-2026-01.csv", "other.csv"]


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    write_json(tmp_path / "hits.record.json", record_document(BEFORE))
    assert read_record(tmp_path / "hits.csv") == read_record(tmp_path / "hits.record.json") == BEFORE


def test_the_record_holds_no_name_that_was_not_hit() -> None:
    text = str(record_document(record(named("Somebody Private"), listed(QUILLON, BROOK))))
    assert not any(word in text for word in ("Somebody", "Private", "Quillon", "Brook"))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9}', '{"format": 1, "version": "x", "as_of": "y"}'])
def test_a_record_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "hits.record.json").write_text(content)
    with pytest.raises(UnreadableFile, match="not the record of a screening"):
        read_record(tmp_path / "hits.csv")


def test_a_missing_record_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"There is no hits\.record\.json"):
        read_record(tmp_path / "hits.csv")
