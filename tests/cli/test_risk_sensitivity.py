"""`fairlead risk sensitivity`, as a person types it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import NothingToRead, OptionError

LIST = "name,country,product,workforce\nLebap Dokma,Turkmenistan,cotton yarn,migrant\nAral Balyk,Kazakhstan,fish,\n"
TIERS = """Supplier,Country,Product,Customer,Tier,Labour provider
Fictional Shop Ltd,GBR,workwear,,1,
Fictional Mill Ltd,IND,thread,Fictional Shop Ltd,2,Fictional Labour Ltd
Fictional Cotton Farm,TKM,cotton,Fictional Mill Ltd,3,
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved")
    (folder / "suppliers.csv").write_text(LIST, encoding="utf-8")
    options = ["--out", str(folder / "results"), "--as-of", "2026-03-31", "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, ["assess", str(folder / "suppliers.csv"), *options]).exit_code == 0
    return folder / "results"


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["risk", "sensitivity", *words], catch_exceptions=False)


def test_every_number_is_a_row_and_the_file_is_the_same_each_time(results: Path, tmp_path: Path) -> None:
    done = run(str(results), "--out", str(tmp_path / "one.csv"))
    run(str(results), "--out", str(tmp_path / "two.csv"), "--quiet")
    assert done.exit_code == 0
    assert "2 suppliers rated" in done.stdout
    assert "no data: no party has a rated party behind it" in done.stdout
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    rows = {row["number"]: row for row in csv.DictReader((tmp_path / "one.csv").read_text("utf-8").splitlines())}
    assert rows["workforce_migrant.lr"]["touches"] == "true"
    assert float(rows["workforce_migrant.lr"]["high_mean_nats"]) > 0
    assert rows["threats_reported.lr"]["touches"] == "false"
    assert rows["country_tip_tier.3.lr"]["basis"] == "measured"
    assert (rows["delta.value"]["order"], rows["delta.value"]["touches"]) == ("upstream", "false")


def test_the_numbers_of_how_risk_spreads_are_moved_too_where_the_results_have_links(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(TIERS, encoding="utf-8")
    options = ["--out", str(tmp_path / "results"), "--as-of", "2026-03-31", "--no-pdf", "--quiet"]
    assert CliRunner().invoke(app, ["assess", str(tmp_path / "list.csv"), *options]).exit_code == 0
    done = run(str(tmp_path / "results"), "--out", str(tmp_path / "moved.csv"))
    assert "The order by upstream exposure" in done.stdout
    assert "recruits_for.weight" in done.stdout
    rows = {row["number"]: row for row in csv.DictReader((tmp_path / "moved.csv").read_text("utf-8").splitlines())}
    weight = rows["recruits_for.weight"]
    assert (weight["file"], weight["basis"], weight["order"], weight["touches"]) == (
        "risk_spread",
        "elicited",
        "upstream",
        "true",
    )
    assert float(weight["low_mean_nats"]) < 0 < float(weight["high_mean_nats"])
    assert (weight["low_bands"], weight["low_find_out"]) == ("", "")  # exposure has no bands
    assert rows["houses.weight"]["touches"] == "false"


def test_a_folder_without_results_and_a_file_that_is_a_folder_are_named_errors(results: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"assessment\.json"):
        run(str(tmp_path))
    with pytest.raises(OptionError, match="folder"):
        run(str(results), "--out", str(tmp_path))
