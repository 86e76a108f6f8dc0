"""Reading the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.errors import InvalidReference
from fairlead.reference import load_csv, load_yaml
from fairlead.reference.load import parse_csv, table_path


def updated(home: Path, name: str, text: str) -> None:
    (home / "reference").mkdir(parents=True, exist_ok=True)
    (home / "reference" / name).write_text(text, encoding="utf-8")


def test_a_table_is_rows_of_text_by_column() -> None:
    kazakhstan = next(row for row in load_csv("countries") if row["iso3"] == "KAZ")
    assert kazakhstan["iso2"] == "KZ"
    assert kazakhstan["m49"] == "398"
    assert kazakhstan["subregion"] == "Central Asia"


def test_a_table_is_read_once() -> None:
    assert load_csv("countries") is load_csv("countries")


def test_the_user_s_updated_table_wins_over_the_shipped_one(home: Path) -> None:
    shipped = load_csv("indicators")
    updated(home, "indicators.csv", "indicator\nown\n")
    assert load_csv("indicators") == ({"indicator": "own"},)
    (home / "reference" / "indicators.csv").unlink()
    assert load_csv("indicators") == shipped


def test_a_table_that_changes_is_read_again(home: Path) -> None:
    updated(home, "indicators.csv", "indicator\nfirst\n")
    assert load_csv("indicators") == ({"indicator": "first"},)
    updated(home, "indicators.csv", "indicator\nthe second\n")
    assert load_csv("indicators") == ({"indicator": "the second"},)


def test_a_yaml_table_in_the_home_is_read_too(home: Path) -> None:
    updated(home, "own.yaml", "key: [1, 2]\n")
    assert load_yaml("own") == {"key": [1, 2]}


def test_yaml_that_is_broken_is_named(home: Path) -> None:
    updated(home, "own.yaml", "key: [1, 2\n")
    with pytest.raises(InvalidReference, match=r"own\.yaml: is not YAML"):
        load_yaml("own")


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidReference, match="no reference table “nothing”"):
        table_path("nothing")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a,b\n1,2\n3\n", "row 3: has 1 cells where the heading has 2"),
        (b"a,b\n1,2,3\n", "row 2: has 3 cells"),
        (b"a\n\xff\n", "is not UTF-8"),
        (b'a\n"1"2\n', "is not a CSV file"),
    ],
)
def test_a_broken_table_is_named_with_its_row(content: bytes, what: str) -> None:
    with pytest.raises(InvalidReference, match=what):
        parse_csv(content, "broken.csv")
