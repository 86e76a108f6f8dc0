"""Workbooks that open with headings in sight, run nothing, and depend on their content only."""

from __future__ import annotations

import time
import zipfile
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from fairlead.write import Column, Fill, Sheet, write_xlsx

COLUMNS = [Column("Name", 20, wrap=True), Column("Share", 10, "0.0%"), Column("Band", 12)]
ROWS = [
    ("ТОО «Қаз»", 0.25, Fill("High", "B5472F", "FFFFFF")),
    ("=1+1", None, Fill("No data", "A7ABB1", "1D2430", "lightUp")),
]


def book(path: Path) -> Path:
    return write_xlsx(path, [Sheet("Work list", COLUMNS, ROWS), Sheet("a/b:c", COLUMNS[:1], [])], "Title")


def test_headings_are_frozen_and_filtered_and_widths_are_set(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path / "a.xlsx"))["Work list"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.column_dimensions["A"].width == 20


def test_a_formula_is_text(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path / "a.xlsx"))["Work list"]
    assert sheet["A3"].value == "'=1+1"
    assert sheet["A3"].data_type == "s"


def test_a_band_has_its_word_its_colour_and_no_data_is_hatched(tmp_path: Path) -> None:
    sheet = load_workbook(book(tmp_path / "a.xlsx"))["Work list"]
    assert (sheet["C2"].value, sheet["C2"].fill.fgColor.rgb[-6:], sheet["C2"].fill.patternType) == (
        "High",
        "B5472F",
        "solid",
    )
    assert sheet["C3"].fill.patternType == "lightUp"


def test_a_sheet_name_loses_what_the_format_forbids(tmp_path: Path) -> None:
    assert load_workbook(book(tmp_path / "a.xlsx")).sheetnames == ["Work list", "a b c"]


def test_money_is_a_number(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [Sheet("S", [Column("Spend", 9, "#,##0.00")], [(Decimal("12.5000"),)])], "T")
    cell = load_workbook(path)["S"]["A2"]
    assert (cell.value, cell.number_format) == (12.5, "#,##0.00")


def test_the_bytes_do_not_depend_on_the_clock(tmp_path: Path) -> None:
    one = book(tmp_path / "one.xlsx").read_bytes()
    time.sleep(1.1)
    assert book(tmp_path / "other.xlsx").read_bytes() == one
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_row_is_as_high_as_its_wrapped_text_needs_and_no_higher_than_five_lines(tmp_path: Path) -> None:
    columns = [Column("Name", 10), Column("Reasons", 10, wrap=True)]
    rows = [("a", "short"), ("b", "two lines of text"), ("c", "x" * 500)]
    sheet = load_workbook(write_xlsx(tmp_path / "book.xlsx", [Sheet("List", columns, rows)], "Title")).active
    assert sheet is not None
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [None, 30, 75]
