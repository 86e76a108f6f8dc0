"""The table of owners: every holding, or everybody above one party with path and share."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fairlead.assess.owners import owners_file
from fairlead.cli.app import app
from fairlead.errors import OptionError
from tests.read.ownership_files import bods, entity, relationship, shares

DAY = date(2026, 3, 31)
STATEMENTS = (
    entity("kyzyl", "Kyzyl Apparel LLP"),
    entity("middle", "Middle Company"),
    entity("alpha", "Alpha Holding"),
    relationship("kyzyl", "middle", shares(40)),
    relationship("middle", "alpha", shares(80)),
    relationship("kyzyl", "alpha", shares(20)),
    relationship("kyzyl", "alpha", shares(None, "appointmentOfBoard"), record_id="board"),
    relationship("middle", "kyzyl", shares({"minimum": 0, "maximum": 5}), record_id="crossed"),
)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_holding_in_force_is_a_row(tmp_path: Path) -> None:
    owners_file([bods(tmp_path, STATEMENTS)], out=tmp_path / "links.csv", as_of=DAY)
    rows = {(one["from_name"], one["to_name"], one["kind"]): one for one in table(tmp_path / "links.csv")}
    assert len(rows) == 5
    held = rows["Middle Company", "Kyzyl Apparel LLP", "owns"]
    assert (held["share_low"], held["share_high"], held["path"]) == (
        "0.4",
        "0.4",
        "Middle Company 40% → Kyzyl Apparel LLP",
    )
    assert rows["Alpha Holding", "Kyzyl Apparel LLP", "controls"]["share_low"] == ""


def test_everybody_above_a_party_comes_with_path_and_multiplied_share(tmp_path: Path) -> None:
    owners_file([bods(tmp_path, STATEMENTS)], out=tmp_path / "links.csv", as_of=DAY, of="KYZYL apparel, llp")
    rows = {one["from_name"]: one for one in table(tmp_path / "links.csv")}
    assert rows.keys() == {"Middle Company", "Alpha Holding"}
    assert rows["Alpha Holding"]["share_low"] == "0.52"  # 20% itself and 80% of 40% through the other


def test_the_command_prints_what_was_read_and_names_a_party_that_is_not_there(tmp_path: Path) -> None:
    files = [str(bods(tmp_path, [*STATEMENTS, 42])), "--out", str(tmp_path / "links.csv"), "--as-of", "2026-03-31"]
    result = CliRunner().invoke(app, ["owners", *files])
    assert result.exit_code == 0
    assert "9 statements read, 1 of them could not be used" in result.output
    assert table(tmp_path / "links.remarks.csv")[0]["reason"] == "This is not a statement."
    with pytest.raises(OptionError, match="No party of the data"):
        CliRunner().invoke(app, ["owners", *files, "--of", "Nobody"], catch_exceptions=False)


def test_a_file_that_is_read_is_never_replaced(tmp_path: Path) -> None:
    file = bods(tmp_path, STATEMENTS)
    with pytest.raises(OptionError, match="would replace a file"):
        owners_file([file], out=file, as_of=DAY)
    owners_file([file], out=tmp_path / "new" / "links.csv", as_of=DAY)
    assert len(table(tmp_path / "new" / "links.csv")) == 5
