from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.errors import NoHeaderFound
from fairlead.read import read_sheets
from fairlead.read.header import find_header, header_at
from fairlead.read.sheet import Merged, Sheet

from .files import xls, xlsx

HEAD = ["№", "Поставщик", "Страна", "Сумма, тг"]
DATA = [["1", "ТОО Ромашка", "Казахстан", "1 234,50"], ["2", "ООО Лютик", "Россия", "99,00"]]


def sheet(rows: list[list[str]], merged: tuple[Merged, ...] = ()) -> Sheet:
    return Sheet("list.csv", "", rows, merged)


def fields(found: object) -> list[str | None]:
    return [heading.field for heading in found.headings]  # type: ignore[attr-defined]


def test_headings_in_the_first_row_are_found() -> None:
    header = find_header(sheet([HEAD, *DATA]))
    assert (header.rows, header.first) == ((1,), 2)


def test_headings_among_hundreds_of_numbered_questions_are_found() -> None:
    questions = [f"Q{number}" for number in range(100, 400)]
    header = find_header(sheet([[*HEAD, *questions], *[[*row, *["yes"] * 300] for row in DATA]]))
    assert (header.rows, header.first) == ((1,), 2)


def test_titles_blank_rows_and_lines_of_facts_above_are_passed_over() -> None:
    titles = [
        ["Реестр поставщиков министерства за 2025 год"],
        [],
        ["Дата:", "01.02.2025"],
        ["Исполнитель:", "Отдел закупок"],
    ]
    header = find_header(sheet([*titles, HEAD, *DATA]))
    assert (header.rows, header.first) == ((5,), 6)


def test_a_row_that_numbers_the_columns_belongs_to_the_header() -> None:
    header = find_header(sheet([HEAD, ["1", "2", "3", "4"], *DATA]))
    assert (header.rows, header.first) == ((1,), 3)


def test_headings_in_two_rows_with_merged_cells_are_joined(tmp_path: Path) -> None:
    rows = [
        ["Перечень поставщиков", None, None, None, None, None],
        ["№", "Поставщик", None, "Адрес", None, "Сумма договора"],
        [None, "Наименование", "БИН", "Страна", "Город", "тенге"],
        [1, "ТОО Ромашка", "081140000436", "Казахстан", "Алматы", 100],
        [2, "ТОО Лютик", "020240000555", "Казахстан", "Астана", 200],
    ]
    merged = ["A1:F1", "A2:A3", "B2:C2", "D2:E2"]
    (found,) = read_sheets(xlsx(tmp_path / "a.xlsx", {"S": rows}, merged=merged))
    header = find_header(found)
    assert (header.rows, header.first) == ((2, 3), 4)
    assert fields(header) == ["not_used", "name", "identifiers", "country", "city", "spend"]
    assert header.headings[5].currency == "KZT"
    assert header.headings[1].text == "Поставщик › Наименование"


def test_headings_in_two_rows_of_an_old_workbook_are_joined(tmp_path: Path) -> None:
    rows = [
        ["Supplier", None, "Address", None],
        ["Name", "Tax ID", "Country", "City"],
        ["Acme LLP", "1", "KZ", "Almaty"],
    ]
    (found,) = read_sheets(xls(tmp_path / "a.xls", rows, merged=[(0, 0, 0, 1), (0, 0, 2, 3)]))
    header = find_header(found)
    assert header.rows == (1, 2)
    assert fields(header) == ["name", "identifiers", "country", "city"]


def test_headings_in_two_rows_of_a_text_file_are_joined_without_merging() -> None:
    rows = [["Supplier", "", "Customer", ""], ["Name", "Country", "Name", "Country"], ["Acme LLP", "KZ", "Bela", "KG"]]
    header = find_header(sheet(rows))
    assert header.rows == (1, 2)
    assert fields(header) == ["name", "country", "customer", "not_used"]


def test_a_first_supplier_called_like_a_heading_does_not_become_one() -> None:
    header = find_header(
        sheet([["Name", "Country", "Product"], ["Supplier Services LLP", "KZ", "cleaning services"], ["B", "KG", "x"]])
    )
    assert (header.rows, header.first) == ((1,), 2)


def test_unknown_headings_are_found_by_what_stands_under_them() -> None:
    rows = [["Firma adı", "Ülke"], ["Acme Ltd", "Türkiye"], ["Bela GmbH", "Germany"]]
    assert find_header(sheet(rows)).rows == (1,)


@pytest.mark.parametrize(
    "rows",
    [
        [["China", "Acme Garment Co., Ltd.", "12 Long Street"], ["Peru", "Bela S.A.C.", "Av. 5"]],
        [["Только текст на странице"], ["и ещё одна строка"]],
        [["1", "2"], ["3", "4"]],
        [["Acme"], ["Bela"]],
    ],
)
def test_a_sheet_without_headings_is_named(rows: list[list[str]]) -> None:
    with pytest.raises(NoHeaderFound, match=r"list\.csv.*mapping"):
        find_header(sheet(rows))


def test_headings_can_be_read_where_a_mapping_says() -> None:
    header = header_at(sheet([["Acme", "KZ"], ["Bela", "KG"]]), ())
    assert (header.rows, header.first, len(header.headings)) == ((), 1, 2)
