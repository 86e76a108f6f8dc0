"""`fairlead judge` outside the screen: the way through a spreadsheet, undo, check, and what became of ids."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from fairlead.cli import app
from fairlead.errors import FairleadError
from fairlead.model.vocabulary import Decision
from fairlead.resolve.judgements import JudgementStore, Side, Undo, judgement, standing
from tests.cli.judge_table import key, pair_cells, review, write_table
from tests.cli.test_app import fairlead


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    review(tmp_path / "review.csv")
    return tmp_path


def judge(*arguments: str) -> Done:
    """Run the command in this process, as `main` would."""
    done = CliRunner().invoke(app, ["judge", *arguments, "--judgements", "judgements.jsonl"])
    if isinstance(done.exception, FairleadError):
        return Done(2, done.stdout, str(done.exception))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def enter(*rows: dict[str, str], user: str = "Aigerim") -> Done:
    write_table(Path("filled.csv"), rows)
    return judge("import", "filled.csv", "--user", user)


def decided(letters: str, decision: str, **more: str) -> dict[str, str]:
    return {"decision": decision, "why": "", **pair_cells(*letters), **more}


def in_effect() -> list[tuple[str, str, str]]:
    return [
        (one.user, one.decision.value, one.reason)
        for one in standing(JudgementStore(Path("judgements.jsonl")).read().events)
    ]


def table(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(Path(path).read_text(encoding="utf-8").splitlines()))


def test_without_a_terminal_the_way_through_a_spreadsheet_is_named() -> None:
    for words in (["judge", "review.csv"], ["judge", "screen", "review.csv"]):
        done = fairlead(*words, "--judgements", "judgements.jsonl")
        assert done.returncode == 2
        assert "fairlead judge export" in done.stderr


def test_the_screen_is_what_the_command_does_by_itself() -> None:
    assert judge("--user", "Aigerim", "review.csv").stderr == judge("screen", "review.csv").stderr
    assert "Commands" in CliRunner().invoke(app, ["judge", "--help"]).stdout


def test_a_file_that_is_no_table_of_pairs_is_refused() -> None:
    Path("list.csv").write_text("Supplier,Country\nFictional Weaving Ltd,Kenya\n")
    done = judge("list.csv")
    assert done.returncode == 2
    assert "left_key" in done.stderr


def test_a_table_goes_out_and_comes_back_with_decisions() -> None:
    assert judge("export", "review.csv", "--out", "to-judge.csv").returncode == 0
    rows = table("to-judge.csv")
    assert [row["decision"] for row in rows] == ["", "", ""]
    rows[0] |= {"decision": "Same", "why": "One seal"}
    rows[1]["decision"] = "другой"
    assert "2 entered by Aigerim" in enter(*rows).stdout
    assert in_effect() == [("Aigerim", "same", "One seal"), ("Aigerim", "different", "")]
    judge("export", "review.csv", "--out", "to-judge.csv")
    again = table("to-judge.csv")
    assert [(row["decision"], row["why"]) for row in again] == [("same", "One seal"), ("different", ""), ("", "")]
    assert "same by Aigerim" in again[0]["decided_by"]


def test_the_same_table_again_adds_nothing_whoever_gives_it() -> None:
    rows = [decided("ab", "same", why="=1+1"), decided("bc", "unsure")]
    enter(*rows)
    before = Path("judgements.jsonl").read_bytes()
    enter(*rows)
    assert "0 entered by Bolat, 2 known already" in enter(*rows, user="Bolat").stdout
    judge("export", "review.csv", "--out", "to-judge.csv")
    assert table("to-judge.csv")[0]["why"] == "'=1+1"
    judge("import", "to-judge.csv", "--user", "Bolat")
    assert Path("judgements.jsonl").read_bytes() == before


def test_a_person_can_change_their_mind_in_the_table() -> None:
    enter(decided("ab", "same"))
    enter(decided("ab", "different"))
    assert in_effect() == [("Aigerim", "different", "")]


@pytest.mark.parametrize(
    ("word", "decision"),
    [("SAME", "same"), ("Тот же", "same"), ("бірдей", "same"), ("doublon", "same"), ("Разные", "different"),
     ("әртүрлі", "different"), ("différent", "different"), ("?", "unsure"), ("не знаю", "unsure")],
)  # fmt: skip
def test_decisions_are_read_in_four_languages(word: str, decision: str) -> None:
    enter(decided("ab", word))
    assert [said for _, said, _ in in_effect()] == [decision]


@pytest.mark.parametrize("word", ["yes", "да", "1", "0", "no", "maybe", "same?", "x" * 500])
def test_words_that_may_mean_either_are_named_and_not_guessed(word: str) -> None:
    done = enter(decided("ab", "same"), decided("bc", word))
    assert done.returncode == 2
    assert "row 3, column “decision”" in done.stderr
    assert not Path("judgements.jsonl").exists() or in_effect() == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (decided("ab", "same", left_key="rec_123"), "column “left_key”: This is no key"),
        (decided("ab", "same", right_key=""), "column “right_key”: The key is missing"),
        (decided("ab", "", why="because"), "There is a reason and no decision"),
        (decided("ab", "same", pair="abcdef"), "do not belong together"),
    ],
)
def test_what_cannot_be_used_is_named_with_row_and_column(row: dict[str, str], says: str) -> None:
    done = enter(row)
    assert done.returncode == 2
    assert "row 2" in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_wrong_is_named_at_once_and_nothing_is_entered() -> None:
    done = enter(decided("ab", "same"), decided("bc", "perhaps"), decided("ac", "dance", left_key="?"))
    assert [f"row {number}" in done.stderr for number in (2, 3, 4)] == [False, True, True]
    assert "3 cells cannot be used" in done.stderr
    assert in_effect() == []


def test_a_table_sorted_by_part_of_its_columns_is_noticed() -> None:
    judge("export", "review.csv", "--out", "to-judge.csv")
    rows = [row | {"decision": "same"} for row in table("to-judge.csv")]
    rows[0]["left_key"], rows[1]["left_key"] = rows[1]["left_key"], rows[0]["left_key"]
    assert "sorted by part" in enter(*rows[:2]).stderr


def test_rows_that_contradict_each_other_are_named() -> None:
    done = enter(decided("ab", "same"), decided("ba", "different"))
    assert "Row 2 says “same”" in done.stderr
    done = enter(decided("ab", "same"), decided("bc", "same"), decided("ac", "different"))
    assert all(f"row {number}, column “decision”" in done.stderr for number in (2, 3, 4))
    assert in_effect() == []


def test_a_row_that_contradicts_somebody_s_judgement_is_refused_with_who_and_when() -> None:
    enter(decided("ab", "same"))
    done = enter(decided("ab", "different"), user="Bolat")
    assert done.returncode == 2
    assert "says Aigerim, 20" in done.stderr
    assert len(in_effect()) == 1


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8")])
def test_a_table_is_read_however_a_spreadsheet_saves_it(delimiter: str, encoding: str) -> None:
    write_table(Path("saved.csv"), [decided("ab", "same", probability="0,61")], delimiter, encoding)
    assert judge("import", "saved.csv", "--user", "Aigerim").returncode == 0
    assert len(in_effect()) == 1


def test_a_workbook_can_come_back() -> None:
    book = Workbook()
    row = decided("ab", "same")
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save("saved.xlsx")
    assert "1 entered" in judge("import", "saved.xlsx", "--user", "Aigerim").stdout


def test_no_cell_of_the_table_runs_as_a_formula() -> None:
    write_table(Path("review.csv"), [pair_cells("a", "d")])
    judge("export", "review.csv", "--out", "to-judge.csv")
    assert table("to-judge.csv")[0]["right_name"] == "'=Formula Trading"


def test_a_table_never_overwrites_its_input() -> None:
    before = Path("review.csv").read_bytes()
    assert judge("export", "review.csv", "--out", "review.csv").returncode == 2
    assert Path("review.csv").read_bytes() == before


def test_undo_takes_one_judgement_back_and_the_list_shows_everything() -> None:
    enter(decided("ab", "same"), decided("bc", "different"))
    assert "are different" in judge("undo", "last", "--user", "Aigerim", "--reason", "Mistyped").stdout
    assert [said for _, said, _ in in_effect()] == ["same"]
    printed = judge("list", "--csv").stdout.splitlines()
    states = [row["state"] for row in csv.DictReader(printed)]
    assert states == ["in effect", "undone by Aigerim", ""]
    first = next(csv.DictReader(printed))["id"]
    assert judge("undo", first, "--user", "Bolat").returncode == 0
    assert in_effect() == []


@pytest.mark.parametrize("which", ["last", "jdg_none"])
def test_what_is_not_there_cannot_be_undone(which: str) -> None:
    enter(decided("ab", "same"))
    assert judge("undo", which, "--user", "Bolat").returncode == 2
    assert len(in_effect()) == 1


def test_a_judgement_is_undone_once() -> None:
    enter(decided("ab", "same"))
    (event,) = JudgementStore(Path("judgements.jsonl")).read().events
    judge("undo", event.event_id, "--user", "Aigerim")
    done = judge("undo", event.event_id, "--user", "Bolat")
    assert "undone already, by Aigerim" in done.stderr
    assert sum(isinstance(one, Undo) for one in JudgementStore(Path("judgements.jsonl")).read().events) == 1


def test_check_names_contradictions_and_damage() -> None:
    enter(decided("ab", "same"), decided("bc", "same"))
    assert judge("check").returncode == 0
    sides = (Side(key("a"), "A"), Side(key("c"), "C"))
    store = JudgementStore(Path("judgements.jsonl"))
    store.append(judgement(*sides, Decision.DIFFERENT, user="Bolat", time="2026-04-01T10:00:00"))
    done = judge("check")
    assert done.returncode == 2
    assert "contradict each other" in done.stderr
    assert "says Bolat, 2026-04-01" in done.stderr
    with store.path.open("ab") as file:
        file.write(b'{"event"')
    assert "line 4" in judge("check").stderr


def test_an_old_id_leads_to_the_present_party_with_who_and_why() -> None:
    enter(decided("ab", "same", why="One seal"))
    (event,) = JudgementStore(Path("judgements.jsonl")).read().events
    Path("merged_ids.csv").write_text(f"old_party_id,party_id,judgement\npty_old,pty_new,{event.event_id}\n")
    done = judge("id", "pty_old", "--merged-ids", "merged_ids.csv")
    assert "pty_old is now pty_new." in done.stdout
    assert "says Aigerim" in done.stdout
    assert "One seal" in done.stdout
    assert "no judgement has changed" in judge("id", "pty_other", "--merged-ids", "merged_ids.csv").stdout


def test_an_empty_table_of_merged_ids_is_one() -> None:
    Path("merged_ids.csv").write_text("old_party_id,party_id,judgement\n")
    assert judge("id", "pty_old", "--merged-ids", "merged_ids.csv").returncode == 0
