"""CSV that no spreadsheet runs and no reader misreads."""

from __future__ import annotations

import csv
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.write import write_csv
from fairlead.write.csv_file import plain_decimal
from fairlead.write.safe_cell import safe_text


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize(
    "text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("x")', "-1+cmd|' /C calc'!A0"]
)
def test_a_formula_becomes_text(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["-12.5", "-1 234,50", "+7", "-3%", "plain", "a=b", "«-»", ""])
def test_numbers_with_a_sign_and_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_text(text) == text


def test_null_is_empty_and_closed_values_are_plain(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ("a", "b", "c", "d"), [(None, True, Decimal("1200.5000"), -3)])
    assert read(path) == [["a", "b", "c", "d"], ["", "true", "1200.5", "-3"]]


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)))
def test_text_comes_back_but_for_the_apostrophe(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "a.csv", ("a", "b"), rows)
        assert read(path)[1:] == [[safe_text(cell) for cell in row] for row in rows]
    for row in rows:
        assert all(safe_text(cell).removeprefix("'") == cell.removeprefix("'") for cell in row)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20))
def test_a_decimal_keeps_its_value(value: Decimal) -> None:
    assert Decimal(plain_decimal(value)) == value
    assert "E" not in plain_decimal(value)
