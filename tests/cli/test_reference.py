"""`fairlead reference`, as a person at a terminal sees it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fairlead.cli import reference
from fairlead.errors import FairleadError, InvalidReference, OptionError, UpdateFailed
from fairlead.reference import data_folder, fetch
from fairlead.reference.table import tables
from tests.reference.answers import goods_xml, governance_answers, pairs_in_use


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("FAIRLEAD_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(address: str) -> bytes:
        raise UpdateFailed(f"{address} could not be fetched (no network).", do="Are you offline?")

    monkeypatch.setattr(fetch, "fetch", unreachable)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(reference.app, list(arguments))


def refused(*arguments: str) -> FairleadError:
    """Run a command that fails; return its error, which the program turns into a message and exit code 2."""
    result = run(*arguments)
    assert isinstance(result.exception, FairleadError), result.output
    return result.exception


def test_list_shows_every_table_with_edition_licence_and_age() -> None:
    shown = run("list").stdout
    lines = {line.split()[0]: line for line in shown.splitlines() if line.strip()}
    assert set(tables()) <= set(lines)
    assert "467" in lines["goods_listed"]
    assert "2022" in lines["goods_listed"]
    assert "US public domain" in lines["goods_listed"]
    assert "years" in lines["goods_listed"]


def test_list_warns_of_what_is_old_and_names_what_was_not_checked() -> None:
    shown = run("list").stdout
    assert "Warning: goods_listed is old" in shown
    assert "Warning: hs2022 is old" not in shown
    assert "us_cbp" in next(line for line in shown.splitlines() if line.startswith("Not compared with the publisher"))


def test_show_prints_the_rows_that_meet_every_condition() -> None:
    result = run("show", "goods_listed", "--where", "iso3=TKM", "--where", "good=cotton", "--csv")
    assert [row["forced_labour"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["yes"]


def test_show_as_csv_is_the_table_itself() -> None:
    assert run("show", "indicators", "--csv").stdout == (data_folder() / "indicators.csv").read_text(encoding="utf-8")


def test_show_says_what_a_table_is_and_where_it_comes_from() -> None:
    shown = run("show", "indicators").stdout
    assert "The eleven indicators" in shown
    assert "Debt bondage" in shown
    assert "International Labour Organization" in shown


def test_show_prints_a_yaml_table_as_it_is() -> None:
    name = next(entry.name for entry in tables().values() if entry.format == "yaml")
    assert run("show", name).stdout == (data_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    assert isinstance(refused("show", name, "--csv"), OptionError)


@pytest.mark.parametrize("condition", ["iso3", "nothing=1"])
def test_a_condition_that_is_none_is_explained(condition: str) -> None:
    assert "COLUMN=VALUE" in str(refused("show", "countries", "--where", condition))


def test_show_names_a_table_that_is_not_there() -> None:
    assert isinstance(refused("show", "nothing"), InvalidReference)


def test_check_finds_the_shipped_pack_sound() -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{len(tables())} tables are sound" in result.stdout


def test_check_of_a_broken_copy_names_the_row_and_ends_with_2(home: Path) -> None:
    (home / "reference").mkdir(parents=True)
    text = (data_folder() / "indicators.csv").read_text(encoding="utf-8").replace("deception", "Deception", 1)
    (home / "reference" / "indicators.csv").write_text(text, encoding="utf-8")
    result = run("check", "indicators")
    assert result.exit_code == 2
    assert "indicators, row 5, column indicator: “Deception” does not look like" in result.stderr


def test_update_offline_says_so_ends_with_2_and_changes_nothing(home: Path) -> None:
    result = run("update")
    assert result.exit_code == 2
    assert result.stderr.count("Are you offline?") == 3
    assert not home.exists()


def test_update_from_the_publisher_s_address(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    answers = governance_answers("2024")
    monkeypatch.setattr(fetch, "fetch", lambda address: answers[address.rpartition("/")[2].partition("?")[0]])
    result = run("update", "governance")
    assert result.exit_code == 0, result.output
    assert "governance: now the edition data to 2024" in result.stdout
    assert (home / "reference" / "governance.csv").exists()
    assert "your copy" in run("list").stdout


def test_update_from_a_file_that_was_downloaded(tmp_path: Path) -> None:
    file = tmp_path / "goods.xml"
    file.write_bytes(goods_xml([*pairs_in_use(), ("Cotton", "Kenya")]))
    result = run("update", "goods_listed", "--from", str(file), "--edition", "2024", "--published", "2024-09-05")
    assert "goods_listed: now the edition 2024" in result.stdout
    assert (
        run("show", "goods_listed", "--where", "iso3=KEN", "--where", "good=cotton", "--csv").stdout.count("2024") == 1
    )


def test_update_of_what_cannot_be_updated_says_what_can() -> None:
    assert "goods_listed" in str(refused("update", "tip_tiers"))


def test_a_file_belongs_to_one_table(tmp_path: Path) -> None:
    assert "Name one table" in str(refused("update", "--from", str(tmp_path / "absent.xml")))
    result = run("update", "goods_listed", "--from", str(tmp_path / "absent.xml"))
    assert result.exit_code == 2
    assert "absent.xml: cannot be read" in result.stderr
