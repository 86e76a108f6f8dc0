from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fairlead.read import read_sheets
from fairlead.read.sheet import Number
from fairlead.read.workbook import number_text

from .files import ods, xls, xlsx

ROWS = [
    ["Name", "БИН", "Spend", "Date", "Closed"],
    ["ТОО «Әлем»", "012345678901", 1234.5, dt.date(2024, 5, 6), True],
    ["Acme", 940140000385, 1000, None, False],
]


def test_xlsx_cells_are_given_as_they_were_written(tmp_path: Path) -> None:
    (sheet,) = read_sheets(xlsx(tmp_path / "a.xlsx", {"Лист1": ROWS}))
    assert sheet.sheet == "Лист1"
    assert [list(row) for row in sheet.rows] == [
        ["Name", "БИН", "Spend", "Date", "Closed"],
        ["ТОО «Әлем»", "012345678901", "1234.5", "2024-05-06", "TRUE"],
        ["Acme", "940140000385", "1000", "", "FALSE"],
    ]


def test_xls_cells_are_given_as_they_were_written(tmp_path: Path) -> None:
    (sheet,) = read_sheets(xls(tmp_path / "a.xls", [["Name", "Spend"], ["ТОО «Әлем»", 1234.5], ["007", 10]]))
    assert [list(row) for row in sheet.rows] == [["Name", "Spend"], ["ТОО «Әлем»", "1234.5"], ["007", "10"]]


def test_ods_cells_are_given_as_they_were_written(tmp_path: Path) -> None:
    (sheet,) = read_sheets(ods(tmp_path / "a.ods", [["Name", "Spend"], ["ТОО «Әлем»", 1234.5], [None, 10]]))
    assert [list(row) for row in sheet.rows] == [["Name", "Spend"], ["ТОО «Әлем»", "1234.5"], ["", "10"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1234.5000000000001, "1234.5"),
        (1000.0, "1000"),
        (940140000385.0, "940140000385"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (1e20, "100000000000000000000"),
    ],
)
def test_numbers_have_no_noise_and_no_exponent(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_stored_number_is_told_from_text_that_looks_like_one(tmp_path: Path) -> None:
    (sheet,) = read_sheets(xlsx(tmp_path / "a.xlsx", {"S": [["x"], [1234], ["1234"]]}))
    assert isinstance(sheet.rows[1][0], Number)
    assert not isinstance(sheet.rows[2][0], Number)


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    (sheet,) = read_sheets(xlsx(tmp_path / "a.xlsx", {"S": [[], [], [None, "Name"], [None, "Acme"]]}))
    assert sheet.rows[2][1] == "Name"


def test_a_formula_gives_its_last_value_and_one_without_is_noted(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": [["Name", "Spend"], ["Acme", "=1+1"]], "Ünïcode & co": [["=2*2"]]})
    first, second = read_sheets(path)
    assert [(note.row, note.column) for note in first.notes] == [(2, 1)]
    assert [(note.row, note.column) for note in second.notes] == [(1, 0)]


def test_a_formula_with_a_value_is_not_noted(tmp_path: Path) -> None:
    plain = xlsx(tmp_path / "a.xlsx", {"S": [["Name", "Spend"], ["Acme", "=1+1"]]})
    computed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(computed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                assert b"<v></v>" in content or b"<v />" in content or b"<v/>" in content
                for empty in (b"<v></v>", b"<v />", b"<v/>"):
                    content = content.replace(empty, b"<v>2</v>")
            new.writestr(part, content)
    (sheet,) = read_sheets(computed)
    assert sheet.notes == ()
    assert sheet.rows[1][1] == "2"


def test_a_formula_in_ods_without_a_value_is_noted(tmp_path: Path) -> None:
    row = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    (sheet,) = read_sheets(ods(tmp_path / "a.ods", [["Name"], ["Acme"]], extra=row))
    assert [(note.row, note.column) for note in sheet.notes] == [(3, 0)]


def test_hidden_and_empty_sheets_are_given_as_such(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Empty": [], "Hidden": [["x"]], "S": [["y"]]}, hidden=["Hidden"])
    empty, hidden, shown = read_sheets(path)
    assert empty.blank and not empty.hidden
    assert hidden.hidden and not hidden.blank
    assert not shown.hidden


def test_merged_blocks_are_given(tmp_path: Path) -> None:
    (sheet,) = read_sheets(xlsx(tmp_path / "a.xlsx", {"S": [["Title", None, None], ["a", "b", "c"]]}, merged=["A1:C1"]))
    assert sheet.merged == ((0, 0, 0, 2),)


def test_a_sheet_formatted_to_its_last_row_is_no_larger_for_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name"])
    book.active.append(["Acme"])
    book.active.cell(row=1_048_576, column=16_384).font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert len(sheet.rows) == 2
