"""`fairlead risk compare`, as a person types it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import NoHeaderFound, NothingToRead, OptionError, UnreadableFile
from tests.cli import restricted_snapshot

LIST = "name,country,product,workforce\nLebap Dokma,Turkmenistan,cotton yarn,{}\nAral Balyk,Kazakhstan,fish,\n"
RATED = "country_iso3,product,p,p_low,p_high,band,data,reasons\nKAZ,fish,{},0.01,0.2,{},assessed,Sector. (×{})\n"


def assessed(folder: Path, workforce: str) -> Path:
    folder.mkdir()
    (folder / "suppliers.csv").write_text(LIST.format(workforce), encoding="utf-8")
    options = ["--out", str(folder / "results"), "--as-of", "2026-03-31", "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, ["assess", str(folder / "suppliers.csv"), *options]).exit_code == 0
    return folder / "results"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("compared")
    return assessed(root / "old", ""), assessed(root / "new", "migrant")


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["risk", "compare", *words], catch_exceptions=False)


def test_what_has_changed_is_told_with_its_reason_and_exit_code_1(results: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "changes.csv"
    done = run(*map(str, results), "--out", str(out))
    assert done.exit_code == 1
    assert "2 compared: " in done.stdout and "1 the same" in done.stdout
    assert "+ ×" in done.stdout and "Migrant workers are employed" in done.stdout
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == ["Lebap Dokma"]
    assert float(rows[0]["by_evidence"]) == pytest.approx(float(rows[0]["nats"]))
    assert "Migrant workers" in rows[0]["added"]


def test_nothing_changed_is_exit_code_0(results: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(str(results[0]), str(results[0]), "--out", str(tmp_path / "none.csv"))
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "2 compared: 2 the same.")
    assert len((tmp_path / "none.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_rated_cases_are_compared_as_well(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(RATED.format("0.04", "elevated", "1.6"), encoding="utf-8")
    new.write_text(RATED.format("0.16", "high", "2.5"), encoding="utf-8")
    done = run(str(old), str(new))
    assert done.exit_code == 1
    assert "elevated 4.0% → high 16.0%" in done.stdout
    assert "×1.6 → ×2.5 Sector." in done.stdout
    assert "a table of rated cases holds no evidence" in done.stdout


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("", NothingToRead),
        ("a,b\n1,2\n", NoHeaderFound),
        ("p,band,data\n1\n", UnreadableFile),
        ("p,band,data\n7,high,assessed\n", UnreadableFile),
        ("p,band,data\nhalf,high,assessed\n", UnreadableFile),
    ],
)
def test_a_file_that_holds_no_ratings_is_a_named_error(tmp_path: Path, content: str, error: type[Exception]) -> None:
    file = tmp_path / "rated.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=r"rated\.csv"):
        run(str(file), str(file))


def test_two_tables_without_a_column_of_cases_in_common_cannot_be_compared(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(RATED.format("0.04", "elevated", "1.6"), encoding="utf-8")
    new.write_text("land,p,band,data\nKAZ,0.1,elevated,assessed\n", encoding="utf-8")
    with pytest.raises(OptionError, match="no column in common"):
        run(str(old), str(new))


def test_a_folder_and_a_file_cannot_be_compared_and_an_input_is_never_replaced(
    results: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "rated.csv"
    file.write_text(RATED.format("0.04", "elevated", "1.6"), encoding="utf-8")
    with pytest.raises(OptionError, match="folder"):
        run(str(results[0]), str(file))
    with pytest.raises(OptionError, match="replace"):
        run(str(file), str(file), "--out", str(file))


def test_what_rests_on_restricted_evidence_is_told_only_to_those_who_ask_for_it(
    results: tuple[Path, Path], tmp_path: Path
) -> None:
    restricted_snapshot.write(results[1], tmp_path / "kept", "Lebap Dokma", "wages_withheld")
    words = (str(results[0]), str(tmp_path / "kept"), "--out", str(tmp_path / "changes.csv"))
    told = run(*words).stdout + (tmp_path / "changes.csv").read_text(encoding="utf-8")
    for word in ("zrxqvw", "wages_withheld", "Wages withheld"):
        assert word not in told
    assert "Something is known that only those who handle the case may see" in told
    whole = run(*words, "--restricted").stdout
    assert restricted_snapshot.SENTENCE in whole
