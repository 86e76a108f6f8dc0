"""`fairlead compare` from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fairlead.cli.app import app
from fairlead.errors import NoHeaderFound, OptionError

RUN = CliRunner()
PAIRS = (
    "id,left,right,kind,note\n"
    "b,Quillon Weaving Ltd,QUILLON WEAVING LIMITED,company,kept\n"
    "a,Nora Harrow,Nora Brook,person,\n"
    "a,CORP,CORP,,\n"
    'c,"12 Quillon Street, Harrow","Quillon St. 12, Harrow",address,\n'
    "d,,Quillon,starfish,\n"
)


def compared(folder: Path, text: str = PAIRS, *options: str) -> tuple[list[dict[str, str]], str]:
    source, out = folder / "pairs.csv", folder / "out.csv"
    source.write_text(text, encoding="utf-8")
    result = RUN.invoke(app, ["compare", str(source), "--out", str(out), *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), result.output


def test_every_row_comes_back_in_its_order_with_what_came_of_it(tmp_path: Path) -> None:
    rows, _ = compared(tmp_path)
    assert [(row["id"], row["note"], row["verdict"]) for row in rows] == [
        ("b", "kept", "match"),
        ("a", "", "different"),
        ("a", "", "different"),
        ("c", "", "match"),
        ("d", "", "different"),
    ]
    assert list(rows[0]) == ["id", "left", "right", "kind", "note", "score", "verdict", "reasons"]
    assert all(0 <= float(row["score"]) <= 1 and row["reasons"] for row in rows)


def test_doubts_about_a_row_are_told_with_its_reasons(tmp_path: Path) -> None:
    rows, printed = compared(tmp_path)
    assert "Other rows have the same id." in rows[1]["reasons"]
    assert "One of the names is empty." in rows[4]["reasons"]
    assert "The kind “starfish” is not known" in rows[4]["reasons"]
    assert "2 rows have an id that another row has too" in printed


def test_rows_that_cannot_be_used_are_kept_beside_the_result(tmp_path: Path) -> None:
    _, printed = compared(tmp_path, "id,left,right\n1,Quillon, Ltd,Quillon\n2,Brook,Brook\n3,Harrow,Harrow\n")
    with (tmp_path / "out.rejected.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["row"], row["cells"]) == ("pairs.csv", "2", '["1","Quillon"," Ltd","Quillon"]')
    assert "1 rows were not used" in printed


def test_an_earlier_run_s_rejected_rows_do_not_stay(tmp_path: Path) -> None:
    (tmp_path / "out.rejected.csv").write_text("old", encoding="utf-8")
    compared(tmp_path)
    assert not (tmp_path / "out.rejected.csv").exists()


def test_the_same_pairs_give_the_same_bytes(tmp_path: Path) -> None:
    compared(tmp_path)
    first = (tmp_path / "out.csv").read_bytes()
    compared(tmp_path, PAIRS, "--quiet")
    assert (tmp_path / "out.csv").read_bytes() == first


def test_a_cell_cannot_run_as_a_formula(tmp_path: Path) -> None:
    rows, _ = compared(tmp_path, "id,left,right\n1,=Quillon,Quillon\n")
    assert rows[0]["left"] == "'=Quillon"


def test_the_result_is_never_written_over_the_input(tmp_path: Path) -> None:
    source = tmp_path / "pairs.csv"
    source.write_text(PAIRS, encoding="utf-8")
    with pytest.raises(OptionError, match="--out is the file that is compared"):
        RUN.invoke(app, ["compare", str(source), "--out", str(source)], catch_exceptions=False)
    with pytest.raises(OptionError, match="folder that exists"):
        RUN.invoke(app, ["compare", str(source), "--out", str(tmp_path / "no" / "out.csv")], catch_exceptions=False)
    assert source.read_text(encoding="utf-8") == PAIRS


def test_a_table_without_the_columns_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "pairs.csv"
    source.write_text("name,other\nQuillon,Harrow\n", encoding="utf-8")
    with pytest.raises(NoHeaderFound, match="no column “id”"):
        RUN.invoke(app, ["compare", str(source), "--out", str(tmp_path / "out.csv")], catch_exceptions=False)
