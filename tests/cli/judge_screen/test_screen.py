"""The screen goes through doubtful pairs with one key for each decision, and everything is in the file at once."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.console import Console
from textual.widgets import Static

from fairlead.cli.judge_screen.app import JudgeApp
from fairlead.cli.judge_screen.session import Session, Shown
from fairlead.read.judgement_table import read_pair_table
from fairlead.resolve.judgements import JudgementStore, Undo, standing
from tests.cli.judge_table import pair_cells, review, write_table
from tests.resolve.judgements.make import WHEN


def text(app: JudgeApp, part: str) -> str:
    """What a part of the screen shows, as plain text."""
    console = Console(file=io.StringIO(), width=200)
    with console.capture() as captured:
        console.print(app.query_one(f"#{part}", Static).content)
    return captured.get()


@pytest.fixture
def store(tmp_path: Path) -> JudgementStore:
    return JudgementStore(tmp_path / "judgements.jsonl")


def session_of(table: Path, store: JudgementStore, user: str = "Aigerim") -> Session:
    return Session(read_pair_table(table).pairs, store, user=user, now=lambda: WHEN)


def press(
    table: Path,
    store: JudgementStore,
    keys: Sequence[str],
    *,
    user: str = "Aigerim",
    size: tuple[int, int] = (80, 24),
    reason_required: bool = False,
) -> dict[str, str]:
    """Press keys one after the other and return what the screen shows then."""
    app = JudgeApp(session_of(table, store, user), file=table.name, reason_required=reason_required)

    async def play() -> dict[str, str]:
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            shown = {
                part: text(app, part) for part in ("title", "user", "progress", "records", "doubt", "said", "note")
            }
            shown["screen"] = type(app.screen).__name__
            shown["svg"] = app.export_screenshot()
            return shown

    with ThreadPoolExecutor(1) as thread:  # a loop of its own, whatever another test has running in this thread
        return thread.submit(asyncio.run, play()).result()


def decisions(store: JudgementStore) -> list[tuple[str, str]]:
    return [(one.decision.value, one.reason) for one in standing(store.read().events)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return review(tmp_path / "review.csv")


def test_the_first_pair_is_shown_with_everything_that_helps_to_decide(table: Path, store: JudgementStore) -> None:
    shown = press(table, store, [])
    assert "Pair 1 of 3" in shown["progress"]
    assert "0 of 3 judged" in shown["progress"]
    assert "you are Aigerim" in shown["user"]
    assert all(part in shown["records"] for part in ("Қызыл Алма", "Qyzyl Alma LLP", "list.xlsx, sheet Реестр, row 97"))
    assert "61% likely the same" in shown["doubt"]
    assert "Similar name" in shown["doubt"]
    assert "Nobody has judged" in shown["said"]
    assert decisions(store) == []


@pytest.mark.parametrize(("key", "decision"), [("s", "same"), ("d", "different"), ("u", "unsure")])
def test_one_key_decides_saves_and_goes_on(table: Path, store: JudgementStore, key: str, decision: str) -> None:
    shown = press(table, store, [key])
    assert decisions(store) == [(decision, "")]
    assert "1 of 3 judged" in shown["progress"]
    assert "Weaving" in shown["records"]
    assert f"{decision}. z undoes it" in shown["note"]


def test_a_judgement_keeps_what_was_seen(table: Path, store: JudgementStore) -> None:
    press(table, store, ["s"])
    (one,) = standing(store.read().events)
    assert (one.user, one.time) == ("Aigerim", WHEN)
    assert one.seen.probability == 0.61
    assert one.seen.measures == (("name", "same"), ("grams", "0.7"))
    assert one.left.party_id == "pty_0000000000000061"
    assert b"Abay" not in store.path.read_bytes()  # addresses stay in the lists


def test_next_and_previous_stop_at_the_ends(table: Path, store: JudgementStore) -> None:
    assert "Pair 3 of 3" in press(table, store, ["n", "right", "down", "n"])["progress"]
    assert "Pair 1 of 3" in press(table, store, ["n", "p", "left", "up"])["progress"]
    assert decisions(store) == []


def test_undo_takes_the_last_judgement_back_and_shows_its_pair(table: Path, store: JudgementStore) -> None:
    shown = press(table, store, ["s", "d", "z"])
    assert decisions(store) == [("same", "")]
    assert isinstance(store.read().events[-1], Undo)
    assert "Undone" in shown["note"]
    assert "Weaving" in shown["records"]


def test_undo_with_nothing_to_undo_says_so(table: Path, store: JudgementStore) -> None:
    assert "no judgement of Aigerim to undo" in press(table, store, ["z"])["note"]


def test_a_reason_is_kept_with_the_decision(table: Path, store: JudgementStore) -> None:
    press(table, store, ["r", "S", "e", "a", "l", "enter", "s"])
    assert decisions(store) == [("same", "Seal")]


def test_a_required_reason_is_asked_for_and_nothing_is_entered_without(table: Path, store: JudgementStore) -> None:
    assert press(table, store, ["s", "enter"], reason_required=True)["screen"] == "LineDialog"
    press(table, store, ["s", "escape"], reason_required=True)
    assert decisions(store) == []
    press(table, store, ["s", "o", "k", "enter"], reason_required=True)
    assert decisions(store) == [("same", "ok")]


def test_what_follows_from_others_needs_no_decision(table: Path, store: JudgementStore) -> None:
    shown = press(table, store, ["s", "s"])  # a = b, b = c, so a = c
    assert "All 3 pairs are judged" in shown["said"]
    shown = press(table, store, ["f", "n", "n"])
    assert "Follows: same, from" in shown["said"]


def test_a_contradiction_is_named_before_it_is_entered(table: Path, store: JudgementStore) -> None:
    press(table, store, ["s", "s"])
    keys = ["f", "n", "n", "d"]
    assert press(table, store, keys, user="Bolat")["screen"] == "ConfirmDialog"
    press(table, store, [*keys, "escape"], user="Bolat")
    assert len(decisions(store)) == 2
    shown = press(table, store, [*keys, "y"], user="Bolat")
    assert len(decisions(store)) == 3
    assert "Contradiction" in shown["said"]
    shown = press(table, store, [], user="Bolat")
    assert "0 of 3 judged" in shown["progress"]
    assert "Contradiction" in shown["said"]
    assert all(name in shown["said"] for name in ("Aigerim", "Bolat"))


def test_judgements_of_others_are_seen(table: Path, store: JudgementStore) -> None:
    press(table, store, ["r", "x", "enter", "u"], user="Bolat")
    shown = press(table, store, ["f"])
    assert "Judged unsure by Bolat on 2026-03-31: x" in shown["said"]


def test_the_filter_goes_through_open_judged_and_all(table: Path, store: JudgementStore) -> None:
    press(table, store, ["d"])
    assert "Pair 1 of 2 · open" in press(table, store, [])["progress"]
    assert "Pair 1 of 1 · judged" in press(table, store, ["f"])["progress"]
    assert "of 3 · all" in press(table, store, ["f", "f"])["progress"]


def test_search_finds_names_and_escape_clears_it(table: Path, store: JudgementStore) -> None:
    keys = ["slash", *"weaving", "enter"]
    assert "of 2 · open · search “weaving”" in press(table, store, keys)["progress"]
    assert "No open pair has “zzz”" in press(table, store, ["slash", *"zzz", "enter"])["said"]
    assert "of 3 · open" in press(table, store, [*keys, "escape"])["progress"]


def test_letters_in_a_dialog_are_text_and_not_keys(table: Path, store: JudgementStore) -> None:
    press(table, store, ["r", "s", "d", "q", "escape"])
    assert decisions(store) == []


def test_help_opens_and_closes(table: Path, store: JudgementStore) -> None:
    assert press(table, store, ["question_mark"])["screen"] == "HelpDialog"
    assert press(table, store, ["question_mark", "escape"])["screen"] != "HelpDialog"


def test_an_empty_table_says_that_there_is_nothing_to_do(tmp_path: Path, store: JudgementStore) -> None:
    empty = write_table(tmp_path / "review.csv", [])
    shown = press(empty, store, ["s", "n", "r", "f"])
    assert "no doubtful pairs" in shown["said"]
    assert decisions(store) == []


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
def test_it_works_at_every_size(table: Path, store: JudgementStore, size: tuple[int, int]) -> None:
    assert "ТОО" in press(table, store, ["t", "question_mark", "escape"], size=size)["svg"]


def test_brackets_and_long_names_are_shown_as_they_are(tmp_path: Path, store: JudgementStore) -> None:
    odd = pair_cells("c", "d", left_name="[bold]Ltd[/bold]", right_name="x" * 10_000)
    shown = press(write_table(tmp_path / "review.csv", [odd]), store, ["pagedown", "pageup", "s"])
    assert decisions(store) == [("same", "")]
    assert "[bold]Ltd[/bold]" in shown["note"]


def test_the_same_two_keys_are_one_pair(tmp_path: Path, store: JudgementStore) -> None:
    rows = [pair_cells("a", "b"), pair_cells("b", "a")]
    assert len(session_of(write_table(tmp_path / "review.csv", rows), store).pairs) == 1


def test_pairs_are_open_until_somebody_has_judged_them(table: Path, store: JudgementStore) -> None:
    press(table, store, ["u"])
    session = session_of(table, store)
    assert session.places(Shown.OPEN) == [1, 2]
    assert session.places(Shown.JUDGED) == [0]
