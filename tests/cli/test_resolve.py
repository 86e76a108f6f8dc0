"""`fairlead resolve` on the command line: its files, what it prints, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_app import fairlead

LIST = """id,name,address,city,country
7,"Karlygash Textile LLP","Abay 12",Almaty,KZ
8,"ТОО «Карлыгаш Текстиль»","ул. Абая, д. 12",Алматы,KZ
8,"Boztorgay LLP","Seifullin 4",Almaty,KZ
9,,"Abay 1",Almaty,KZ
"""


@pytest.fixture
def suppliers(tmp_path: Path) -> Path:
    path = tmp_path / "suppliers.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_it_says_what_was_read_what_was_not_and_where_the_result_lies(tmp_path: Path, suppliers: Path) -> None:
    out = tmp_path / "out" / "clusters.csv"
    done = fairlead("resolve", str(suppliers), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 rows read: 3 used, 1 rejected" in done.stdout
    assert "1 ids stand for several rows, which have a line each: 8" in done.stdout
    assert "2 parties: 1 have several rows, 2 in all; the others have one" in done.stdout
    heading, *lines = out.read_text(encoding="utf-8").splitlines()
    assert heading == "id,party_id,probability"
    assert [line.split(",")[0] for line in lines] == ["7", "8", "8"]
    assert {path.name for path in out.parent.iterdir()} == {
        "clusters.csv", "clusters.mapping.yaml", "clusters.rejected.csv", "clusters.remarks.csv", "review.csv",
    }  # fmt: skip


def test_quiet_prints_nothing(tmp_path: Path, suppliers: Path) -> None:
    done = fairlead("resolve", str(suppliers), "--out", str(tmp_path / "out" / "clusters.csv"), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("content", "says"),
    [("weight,colour\n1,red\n", "suppliers.csv"), ("", "The file is empty"), ("PAR1 and nothing else", "damaged")],
)
def test_a_list_that_cannot_be_used_ends_with_a_sentence(
    tmp_path: Path, suppliers: Path, content: str, says: str
) -> None:
    suppliers.write_text(content, encoding="utf-8")
    done = fairlead("resolve", str(suppliers), "--out", str(tmp_path / "out" / "clusters.csv"))
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_unknown_engine_is_named(tmp_path: Path, suppliers: Path) -> None:
    done = fairlead("resolve", str(suppliers), "--out", str(tmp_path / "out" / "c.csv"), "--engine", "abacus")
    assert done.returncode == 2
    assert "abacus" in done.stderr
