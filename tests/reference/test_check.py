"""Holding tables against their descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fairlead.errors import InvalidReference
from fairlead.reference import data_folder, load_csv, source_records
from fairlead.reference.check import Finding, check_pack, check_rows
from fairlead.reference.load import Row
from fairlead.reference.table import Column, Table, table, tables, undescribed

ORIGIN = {"source_id": "fairlead", "edition": "1", "licence": "Apache-2.0", "checked": "yes"}


def findings(column: Column, values: Sequence[str]) -> list[Finding]:
    """Return what is wrong with a table of one column besides its key."""
    entry = Table("own", "Own", "", "by hand", "csv", ("row",), (Column("row", ""), column))
    rows = [{"row": str(number), column.name: value, **ORIGIN} for number, value in enumerate(values)]
    return list(check_rows(entry, rows, source_records(), load_csv))


def with_first_row(name: str, **values: str) -> list[Row]:
    """Return a shipped table's rows with some values of the first changed."""
    first, *others = load_csv(name)
    return [{**first, **values}, *others]


def test_every_shipped_table_is_sound() -> None:
    assert [str(finding) for finding in check_pack()] == []


def test_every_file_of_the_pack_is_described_and_every_description_has_a_file() -> None:
    assert undescribed(data_folder()) == ()
    assert [
        entry.name for entry in tables().values() if not (data_folder() / f"{entry.name}.{entry.format}").exists()
    ] == []


def test_the_pack_stays_small() -> None:
    assert sum(path.stat().st_size for path in data_folder().iterdir()) < 6_000_000


def test_an_undescribed_file_is_found(tmp_path: Path) -> None:
    for name in ("own.csv", "own.yaml", "countries.csv", "sources.csv", "notes.txt"):
        (tmp_path / name).touch()
    assert undescribed(tmp_path) == ("own.csv", "own.yaml")


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidReference, match="no reference table “nothing”"):
        check_pack(["nothing"])


def test_a_value_must_match_its_pattern_in_full() -> None:
    found = findings(Column("code", "", pattern="[A-Z]{3}"), ["KAZ", "KAZA", "kaz"])
    assert [(finding.row, finding.column) for finding in found] == [(3, "code"), (4, "code")]


def test_a_value_must_be_one_of_those_allowed() -> None:
    found = findings(Column("tier", "", one_of=("1", "2WL")), ["1", "2WL", "2"])
    assert [str(finding) for finding in found] == ["own, row 4, column tier: “2” is not one of 1, 2WL."]


@pytest.mark.parametrize("value", ["", "nan", "inf", "1,5", "high"])
def test_a_number_must_be_a_finite_number(value: str) -> None:
    assert findings(Column("estimate", "", number=True), ["-0.5", "2"]) == []
    assert len(findings(Column("estimate", "", number=True), [value])) == 1


def test_only_an_optional_value_may_be_empty() -> None:
    assert [finding.what for finding in findings(Column("name", ""), ["a", ""])] == ["is empty."]
    assert findings(Column("name", "", optional=True), ["a", ""]) == []


def test_each_part_of_a_list_is_checked() -> None:
    column = Column("isic", "", foreign=("isic4", "code"), separator=" ")
    assert findings(column, ["01 0116", "A"]) == []
    assert [finding.what for finding in findings(column, ["01 9999"])] == ["“9999” is not in the column code of isic4."]


def test_a_code_that_another_table_lacks_is_a_finding_or_only_a_note() -> None:
    strict, lenient = (
        Column("iso3", "", foreign=("countries", "iso3"), unknown_is_note=note) for note in (False, True)
    )
    assert [finding.is_note for finding in findings(strict, ["KAZ", "XXX", "XXX"])] == [False]
    assert [finding.is_note for finding in findings(lenient, ["KAZ", "XXX"])] == [True]


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        ("tip_tiers", {"iso3": "XXX"}, "“XXX” is not in the column iso3 of countries"),
        ("tip_tiers", {"tier": "4"}, "“4” is not one of"),
        ("hs_isic4", {"isic": "0000"}, "“0000” is not in the column code of isic4"),
        ("hs_isic4", {"hs": "999999"}, "“999999” is not in the column code of hs2022"),
        ("hs2022", {"parent": "98"}, "“98” is not in the column code of hs2022"),
        ("indicators", {"source_id": "hearsay"}, "the source “hearsay” is not in sources.csv"),
        ("indicators", {"licence": ""}, "is empty"),
        ("indicators", {"edition": ""}, "is empty"),
        ("indicators", {"checked": "perhaps"}, "“perhaps” is neither yes nor no"),
    ],
)
def test_a_broken_row_is_found(name: str, change: dict[str, str], what: str) -> None:
    found = list(check_rows(table(name), with_first_row(name, **change), source_records(), load_csv))
    assert any(finding.row == 2 and what in finding.what for finding in found), [str(finding) for finding in found]


def test_a_row_that_stands_twice_is_found() -> None:
    first, *others = load_csv("indicators")
    found = list(check_rows(table("indicators"), [first, *others, first], source_records(), load_csv))
    assert [str(finding) for finding in found] == ["indicators, row 13: has the same indicator as row 2."]


def test_a_table_with_other_columns_or_none_is_found() -> None:
    renamed = [{"name": row["name"], **row} for row in load_csv("indicators")]
    assert "has the columns name, indicator" in str(*check_rows(table("indicators"), renamed, {}, load_csv))
    assert "has no rows" in str(*check_rows(table("indicators"), [], {}, load_csv))


def test_a_broken_copy_in_the_home_is_found(home: Path) -> None:
    (home / "reference").mkdir(parents=True)
    text = (data_folder() / "tip_tiers.csv").read_text(encoding="utf-8").replace(",2025,3,", ",2025,third,", 1)
    (home / "reference" / "tip_tiers.csv").write_text(text, encoding="utf-8")
    assert ["“third” is not one of" in finding.what for finding in check_pack(["tip_tiers"])] == [True]


def test_a_copy_that_cannot_be_read_is_found(home: Path) -> None:
    (home / "reference").mkdir(parents=True)
    (home / "reference" / "indicators.csv").write_bytes(b"indicator\n\xff\n")
    assert "is not UTF-8" in str(*check_pack(["indicators"]))


def test_a_description_with_a_rule_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairlead.reference import table as described  # noqa: PLC0415

    (tmp_path / "own.yaml").write_text("title: T\nabout: A\nmade: by hand\ncolumns:\n  x: {about: X, patern: a}\n")
    monkeypatch.setattr(described, "_DESCRIPTIONS", tmp_path)
    with pytest.raises(InvalidReference, match="patern"):
        described.tables.__wrapped__()


def test_a_finding_says_where() -> None:
    finding = Finding("countries", "is empty.", 2, "iso3")
    assert str(finding) == "countries, row 2, column iso3: is empty."
    assert str(replace(finding, row=None, column="")) == "countries: is empty."
