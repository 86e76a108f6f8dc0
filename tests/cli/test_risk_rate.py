"""`fairlead risk rate`, as it is called."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import OptionError

HEAD = "note,country_iso3,region,sector,product,hs_if_known,workforce,year\n"


def run(path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["risk", "rate", str(path), *options])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def written(folder: Path, *rows: str) -> Path:
    path = folder / "cases.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_every_row_comes_back_with_its_cells_and_the_columns_added(tmp_path: Path) -> None:
    path = written(tmp_path, "=a,PER,,mining,gold,7108,artisanal,2022", "b,XYZ,,,cotton,,,2022")
    out = tmp_path / "rated.csv"
    said = run(path, "--out", str(out))
    assert "2 cases rated: 1 high, 1 no data." in said
    with out.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == [*HEAD.strip().split(","), "p", "p_low", "p_high", "band", "data", "reasons"]
    assert float(first["p_low"]) < float(first["p"]) < float(first["p_high"])
    assert (first["band"], first["data"]) == ("high", "assessed")
    assert first["reasons"].startswith("Gold, Peru: on the US Department of Labor's list")
    assert "(×" in first["reasons"]
    assert (second["country_iso3"], second["p"], second["band"], second["data"]) == ("XYZ", "", "", "no_data")
    assert "The country XYZ is not known." in second["reasons"]


def test_the_same_cases_give_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, "a,PER,,mining,gold,7108,,2022", "b,QAT,,construction,,,migrant,2016")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    for out in (first, second):
        run(path, "--out", str(out), "--quiet")
    assert first.read_bytes() == second.read_bytes()


def test_reasons_come_in_the_language_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "rated.csv"
    run(written(tmp_path, "a,PER,,mining,gold,7108,,2022"), "--out", str(out), "--lang", "ru")
    assert "Золото" in out.read_text(encoding="utf-8")


def test_rows_that_are_too_wide_stand_beside_the_result(tmp_path: Path) -> None:
    out = tmp_path / "rated.csv"
    said = run(written(tmp_path, "a,PER,,mining,gold,7108,,2022,more", "b,PER,,,gold,,,2022"), "--out", str(out))
    assert "1 rows were not used" in said
    assert (tmp_path / "rated.rejected.csv").exists()


def test_the_cases_are_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "a,PER,,,gold,,,2022")
    with pytest.raises(OptionError):
        run(path, "--out", str(path))
    with pytest.raises(OptionError):
        run(path, "--out", str(tmp_path / "nowhere" / "rated.csv"))
