"""`fairlead screen` on the command line: its files, what it prints, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_app import fairlead

NAMES = "id,name,country,kind\n1,Quillon Weaving Ltd,India,company\n1,,India,company\n2,Group,,\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(NAMES, encoding="utf-8")
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text("name,country\nQuillon Weaving,India\n", encoding="utf-8")
    return path


def test_it_says_what_was_screened_what_was_not_and_where_the_hits_lie(
    tmp_path: Path, names: Path, listed: Path
) -> None:
    out = tmp_path / "hits.csv"
    done = fairlead("screen", str(names), "--list", str(listed), "--out", str(out), "--as-of", "2026-03-31")
    assert (done.returncode, done.stderr) == (0, "")
    assert "List: own.csv" in done.stdout
    assert "3 rows read: 1 name screened, 1 row rejected, 1 name not screened" in done.stdout
    assert "1 hit for 1 name: 1 match, 0 to review" in done.stdout
    assert out.read_text(encoding="utf-8").splitlines()[1].startswith("1,own.csv:2,Quillon Weaving,own.csv,")


def test_without_a_list_it_says_that_the_reference_pack_was_used(tmp_path: Path, names: Path) -> None:
    done = fairlead("screen", str(names), "--out", str(tmp_path / "hits.csv"))
    assert done.returncode == 0
    assert "No --list was given; the lists of the reference pack were used." in done.stdout


def test_quiet_prints_nothing(tmp_path: Path, names: Path, listed: Path) -> None:
    done = fairlead("screen", str(names), "--list", str(listed), "--out", str(tmp_path / "hits.csv"), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("weight,colour\n1,red\n", "The first row has: “weight”, “colour”"),
        ("", "empty"),
        ("name\n-0-\n", "names nobody"),
    ],
)
def test_a_list_that_cannot_be_used_ends_with_a_sentence(tmp_path: Path, names: Path, content: str, says: str) -> None:
    (tmp_path / "bad.csv").write_text(content, encoding="utf-8")
    done = fairlead("screen", str(names), "--list", str(tmp_path / "bad.csv"), "--out", str(tmp_path / "hits.csv"))
    assert done.returncode == 2
    assert says in done.stderr
    assert "bad.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "hits.csv").exists()
