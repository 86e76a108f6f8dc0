from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import UnreadableFile
from fairlead.language import Language
from fairlead.read import read_sheets
from fairlead.read.delimited import find_delimiter

from .files import text_file

RUSSIAN = "Поставщик;Страна;Сумма\nТОО «Ромашка»;Казахстан;1 234,50\nООО Лютик;Россия;12,00\n"
KAZAKH = "Жеткізуші;Елі\nЖШС «Өркен»;Қазақстан\nАҚ «Ұлттық әл-ауқат»;Қытай\n"
FRENCH = (
    "Fournisseur;Pays;Montant\nSociété Générale des Câbles;Sénégal;1 234,50\nÉtablissements Noël;Côte d'Ivoire;2,00\n"
)


def cells(path: Path) -> list[list[str]]:
    (sheet,) = read_sheets(path)
    return [list(row) for row in sheet.rows]


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, FRENCH, "name,country\nAcme,Kenya\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, text: str, encoding: str) -> None:
    rows = cells(text_file(tmp_path / "list.csv", text, encoding))
    sign = ";" if ";" in text else ","
    assert rows == [line.split(sign) for line in text.strip().split("\n")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        ("Имя;БИН\nТОО А;1\n", "cp1251"),
        ("Страна\nРоссия\n", "cp1251"),
        ("Name;Страна\nAcme LLP;Казахстан\n", "cp1251"),
        (KAZAKH, "kz1048"),
        ("Атауы;Елі\nЖШС Арман;Ресей\n", "cp1251"),
        ("Атауы;Елі\nЖШС Қайрат;Қазақстан\n", "kz1048"),
        ("Постачальник;Країна\nТОВ Єдність;Україна\n", "cp1251"),
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
        ("Nom;Pays\nCafé;Bénin\n", "cp1252"),
        ("Name;Country\nMüller GmbH;Österreich\n", "cp1252"),
        ("Name;Amount\nAcme;100 €\n", "cp1252"),
    ],
)
def test_one_byte_encodings_are_told_apart_even_in_short_files(tmp_path: Path, text: str, encoding: str) -> None:
    rows = cells(text_file(tmp_path / "list.csv", text, encoding))
    assert rows == [line.split(";") for line in text.strip().split("\n")]


def test_a_broken_byte_in_utf8_is_replaced_and_its_line_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Поставщик;Страна\nТОО Ромашка;Казахстан\n".encode() + b"\xffAcme;Kenya\n")
    (sheet,) = read_sheets(path)
    assert sheet.rows[1] == ["ТОО Ромашка", "Казахстан"]
    assert [note.reason.values["line"] for note in sheet.notes] == ["3"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    text = "\n".join(sign.join(row) for row in (("name", "country", "spend"), ("Acme", "KZ", "1"), ("Bela", "KG", "2")))
    assert cells(text_file(tmp_path / "list.csv", text)) == [
        ["name", "country", "spend"],
        ["Acme", "KZ", "1"],
        ["Bela", "KG", "2"],
    ]


def test_a_semicolon_wins_over_the_comma_of_decimals() -> None:
    assert find_delimiter("Имя;Сумма\nА;1,50\nБ;2,75\nВ;3,20\n") == ";"


def test_a_comma_wins_over_semicolons_inside_addresses() -> None:
    assert find_delimiter('name,address\nAcme,"Street 1; Almaty"\nBela,"Street 2; Osh"\n') == ","


def test_one_column_with_commas_in_its_values_stays_one_column(tmp_path: Path) -> None:
    text = "Supplier name\nAcme Co., Ltd\nBela Co., Ltd\nCargo, Inc\n"
    assert cells(text_file(tmp_path / "list.csv", text))[1:] == [["Acme Co., Ltd"], ["Bela Co., Ltd"], ["Cargo, Inc"]]


def test_a_stroke_inside_headings_is_no_delimiter() -> None:
    assert find_delimiter("buyer/name,supplier/name,country\nA,B,KZ\n") == ","


def test_titles_above_the_table_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    text = "Реестр поставщиков\nна 1 января, г. Алматы\n\nИмя;Страна;Сумма\nА;KZ;1\nБ;KZ;2\nВ;KZ;3\n"
    assert cells(text_file(tmp_path / "list.csv", text))[3:] == [
        ["Имя", "Страна", "Сумма"],
        ["А", "KZ", "1"],
        ["Б", "KZ", "2"],
        ["В", "KZ", "3"],
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_first_line_that_names_the_separator_is_obeyed_and_is_no_row(tmp_path: Path, sign: str) -> None:
    assert cells(text_file(tmp_path / "list.csv", f"sep={sign}\r\nname{sign}country\r\nAcme{sign}KZ\r\n")) == [
        ["name", "country"],
        ["Acme", "KZ"],
    ]


def test_quoted_cells_hold_line_ends_and_delimiters(tmp_path: Path) -> None:
    text = 'name,address\n"Acme, Ltd","Street 1\nAlmaty"\n"He said ""go""",x\n'
    assert cells(text_file(tmp_path / "list.csv", text)) == [
        ["name", "address"],
        ["Acme, Ltd", "Street 1\nAlmaty"],
        ['He said "go"', "x"],
    ]


def test_an_unclosed_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    text = 'name;country;spend\n"Ромашка;KZ;1\nЛютик;KG;2\nАстра;UZ;3\n'
    (sheet,) = read_sheets(text_file(tmp_path / "list.csv", text))
    assert [row[1] for row in sheet.rows] == ["country", "KZ", "KG", "UZ"]
    assert [note.row for note in sheet.notes] == [2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(tmp_path: Path, end: str) -> None:
    assert cells(text_file(tmp_path / "list.csv", end.join(["a;b", "1;2", "3;4"]))) == [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
    ]


def test_a_stray_null_byte_costs_no_more_than_its_sign_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,country\nAc\x00me,KZ\n\xd0\xa0omashka,KZ\n")
    (sheet,) = read_sheets(path)
    assert [row[0] for row in sheet.rows] == ["name", "Ac\ufffdme", "Рomashka"]
    assert "Line 2" in Language("en").render(sheet.notes[0].reason)


def test_many_null_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,country\nA\x00c\x00m\x00e\x00,KZ\n1")
    with pytest.raises(UnreadableFile, match="null bytes"):
        list(read_sheets(path))


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\x1e"), max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=2,
        max_size=6,
    )
)
def test_what_a_csv_writer_quotes_is_read_back(rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "first,second,third\n" + "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )
    path = text_file(tmp_path_factory.mktemp("csv") / "list.csv", text)
    assert cells(path)[1:] == rows
