"""`fairlead risk fairness`, as a person types it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import NothingToRead

LIST = "name,country,product\nLebap Dokma,Turkmenistan,cotton yarn\nAral Balyk,Kazakhstan,fish\nNameless,,\n"
FILES = {"fairness.md", "fairness_groups.csv", "fairness_terms.csv", "fairness_countries.csv"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spread")
    (folder / "suppliers.csv").write_text(LIST, encoding="utf-8")
    options = ["--out", str(folder / "results"), "--as-of", "2026-03-31", "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, ["assess", str(folder / "suppliers.csv"), *options]).exit_code == 0
    return folder / "results"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["risk", "fairness", *words], catch_exceptions=False)


def test_the_page_and_its_tables_are_written_and_the_same_each_time(results: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = run(str(results), "--out", str(tmp_path / name))
        assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "one").iterdir()} == FILES
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    page = (tmp_path / "one" / "fairness.md").read_text(encoding="utf-8")
    assert "No country reaches the highest band by itself" in page
    rows = list(csv.DictReader((tmp_path / "one" / "fairness_groups.csv").read_text(encoding="utf-8").splitlines()))
    asia = next(row for row in rows if row["group"] == "Asia")
    assert (asia["parties"], asia["rated"], asia["no_data"]) == ("2", "2", "0")


def test_without_a_folder_to_write_to_it_only_prints(results: Path) -> None:
    text = run(str(results)).stdout
    assert "share of variance" in text
    assert "by itself" in text


def test_a_folder_without_results_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"assessment\.json"):
        run(str(tmp_path))
