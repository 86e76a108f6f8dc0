from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.errors import InputError, NoHeaderFound, UnreadableFile
from fairlead.model.ids import content_id
from fairlead.model.schemas import FULL_ROW, REJECTED
from fairlead.read import ReadResult, read_suppliers
from fairlead.read.sheets import file_hash

from .files import ods, text_file, xls, xlsx


def read(path: Path) -> ReadResult:
    result = read_suppliers([path])
    assert result.rows.schema.equals(FULL_ROW)
    assert result.rejected.schema.equals(REJECTED)
    assert result.remarks.schema.equals(REJECTED)
    for file in result.inputs:
        assert file.rows_in == file.rows_used + file.rows_rejected
    return result


def one(tmp_path: Path, heading: str, *values: str) -> ReadResult:
    """Read a list of a name and one more column, its values one a row."""
    lines = [["Supplier", heading], *([f"Acme {number}", value] for number, value in enumerate(values))]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(lines)
    return read(text_file(tmp_path / "list.csv", buffer.getvalue()))


def test_a_messy_workbook_is_read_whole(tmp_path: Path) -> None:
    rows = [
        ["Реестр поставщиков ГУ «Пример» на 01.01.2025", None, None, None, None, None, None, None],
        [None],
        [
            "№ п/п",
            "Поставщик",
            None,
            "Местонахождение",
            None,
            "Предмет договора",
            "Сумма договора, тыс. тг",
            "Кадровое агентство",
        ],
        [None, "Наименование", "БИН/ИИН", "Страна", "Город", None, None, None],
        [1, 2, 3, 4, 5, 6, 7, 8],
        [1, "ТОО «Ромашка»", 81140000436, "РК", "г. Алматы", "уборка помещений", "1 234,50", "нет"],
        [2, "ЖШС «Өркен»", "020240000555", "Қазақстан", "Астана", "жұмыс киімі", "12,000", "ТОО Кадры"],
        ["Раздел 2. Строительство", None, None, None, None, None, None, None],
        [3, "ООО Лютик", "7707083893", "Россия", "Москва", "строительство", 99.5, "да"],
        [4, None, "941240000193", "РК", None, "бумага", "5,00", None],
        [None],
        ["Итого:", None, None, None, None, None, "1 346,00", None],
        ["Исполнитель: отдел закупок", None, None, None, None, None, None, None],
    ]
    merged = ["A1:H1", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "G3:G4", "H3:H4", "A8:H8"]
    result = read(xlsx(tmp_path / "a.xlsx", {"Лист1": rows}, merged=merged))
    assert result.mapping.sheets[0].header_rows == (3, 4)
    found = result.rows.to_pylist()
    assert [row["row"] for row in found] == [6, 7, 9]
    assert [row["name"] for row in found] == ["ТОО «Ромашка»", "ЖШС «Өркен»", "ООО Лютик"]
    assert [row["country"] for row in found] == ["KAZ", "KAZ", "RUS"]
    assert [row["identifiers"][0]["value"] for row in found] == ["081140000436", "020240000555", "7707083893"]
    assert [row["identifiers"][0]["scheme"] for row in found] == ["KZ-BIN", "KZ-BIN", "RU-INN"]
    assert [row["spend"] for row in found] == [Decimal(1234500), Decimal(12000), Decimal(99500)]
    assert {row["currency"] for row in found} == {"KZT"}
    assert [row["uses_labour_provider"] for row in found] == [False, True, True]
    assert [row["labour_provider"] for row in found] == [None, "ТОО Кадры", None]
    rejected = {row["row"]: row for row in result.rejected.to_pylist()}
    assert {number: row["reason"]["template"] for number, row in rejected.items()} == {
        8: "The row is a heading over a group of rows.",
        10: "The row has no name.",
        12: "The row adds up others.",
        13: "The row has no name.",
    }
    assert rejected[12]["cells"][:1] == ["Итого:"]
    assert rejected[12]["cells"][6] == "1 346,00"
    assert {(row["row"], row["column"]) for row in result.remarks.to_pylist()} == {(6, "Поставщик › БИН/ИИН")}


@pytest.mark.parametrize("make", [xls, ods])
def test_the_same_list_is_the_same_in_every_format(tmp_path: Path, make: object) -> None:
    table = [["Name", "Country", "Spend, EUR", "Workers"], ["Acme LLP", "Kenya", 10.5, 12], ["Bela", "Peru", 3, None]]
    kept = [name for name in FULL_ROW.names if name not in ("row_id", "file", "sheet")]
    expected = read(xlsx(tmp_path / "a.xlsx", {"S": table})).rows.select(kept)
    assert read(make(tmp_path / "b", table)).rows.select(kept).equals(expected)  # type: ignore[operator]
    text = "Name;Country;Spend, EUR;Workers\nAcme LLP;Kenya;10,5;12\nBela;Peru;3;\n"
    assert read(text_file(tmp_path / "c.csv", text)).rows.select(kept).equals(expected)


def test_a_row_has_an_id_made_of_its_file_and_place(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "Name\nAcme LLP\n")
    assert read(path).rows["row_id"].to_pylist() == [content_id("row", file_hash(path), "", "2")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";KZ;1", "The row has no name."),
        ("---;KZ;1", "The row has no name."),
        ("н/д;KZ;1", "The row has no name."),
        ("Total;;10", "The row adds up others."),
        ("Итого:;;10", "The row adds up others."),
        ("Жиыны;;10", "The row adds up others."),
        ("Total général;;10", "The row adds up others."),
        ("Всего по договорам: 15;;", "The row adds up others."),
        (";Итого;10", "The row adds up others."),
        ("Итого по странице 1;;10 KZT", "The row adds up others."),
        ("ВСЕГО / БАРЛЫҒЫ;;10", "The row adds up others."),
        ("TOTAL (USD);;10", "The row adds up others."),
        ("Supplier;Country;Spend", "The row repeats the headings."),
        ("SUPPLIER;COUNTRY;SPEND", "The row repeats the headings."),
        ("Примечание: суммы без НДС;;", "The row is a note and no supplier."),
        ("Главный бухгалтер ____________ (подпись);;", "The row is a note and no supplier."),
    ],
)
def test_rows_that_are_no_suppliers_are_rejected_with_their_reason(tmp_path: Path, line: str, reason: str) -> None:
    result = read(text_file(tmp_path / "list.csv", f"Supplier;Country;Spend\nAcme LLP;KZ;5\n{line}\nBela LLP;KG;5\n"))
    (rejected,) = result.rejected.to_pylist()
    assert rejected["reason"]["template"] == reason
    assert (rejected["file"], rejected["row"], rejected["column"]) == ("list.csv", 3, "Supplier")
    assert rejected["cells"] == line.split(";")
    assert result.rows["name"].to_pylist() == ["Acme LLP", "Bela LLP"]


def test_repeated_headings_in_two_languages_and_two_rows_are_seen(tmp_path: Path) -> None:
    bilingual = "Поставщик / Жеткізуші;Страна / Елі;Сумма / Сомасы"
    result = read(text_file(tmp_path / "a.csv", f"{bilingual}\nAcme;KZ;5\n{bilingual}\nBela;KG;7\n"))
    assert result.rejected["row"].to_pylist() == [3]
    two = "Supplier;;Address\nName;Tax ID;Country\n"
    result = read(text_file(tmp_path / "b.csv", f"{two}Acme;1;KZ\nName;Tax ID;Country\nBela;2;KG\n"))
    assert result.rejected["row"].to_pylist() == [4]


def test_a_supplier_that_is_called_total_is_kept(tmp_path: Path) -> None:
    text = "Supplier;Country\nTotal;France\nTotalEnergies SE;France\nВсего Доброго ТОО;РК\n"
    assert read(text_file(tmp_path / "list.csv", text)).rows.num_rows == 3


def test_a_row_with_more_cells_than_the_heading_is_rejected_by_name(tmp_path: Path) -> None:
    text = "Name,Country,City\nAcme,KZ,Almaty\nBela, Ltd,KG,Osh\nCargo,UZ,Tashkent,,\nDelta,TJ,Khujand\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["name"].to_pylist() == ["Acme", "Cargo", "Delta"]
    (rejected,) = result.rejected.to_pylist()
    assert rejected["row"] == 3
    assert "more cells" in rejected["reason"]["template"]
    assert rejected["cells"] == ["Bela", " Ltd", "KG", "Osh"]


def test_a_short_row_is_kept(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "list.csv", "Name,Country,City\nAcme\nBela,KG\n")).rows["country"].to_pylist() == [
        None,
        "KGZ",
    ]


def test_blank_rows_are_no_rows_and_keep_the_numbers_right(tmp_path: Path) -> None:
    result = read(text_file(tmp_path / "list.csv", 'Name;City\n\n;;\n"Acme\nLLP";Osh\n\nBela;Osh\n'))
    assert result.rows["row"].to_pylist() == [4, 6]
    assert result.rows["name"].to_pylist() == ["Acme LLP", "Bela"]
    assert result.inputs[0].rows_in == 2


def test_an_unknown_or_ambiguous_country_is_null_and_remarked_on(tmp_path: Path) -> None:
    result = one(tmp_path, "Country", "Kenya", "Narnia", "Korea", "-", "")
    assert result.rows["country"].to_pylist() == ["KEN", None, None, None, None]
    assert [(row["row"], row["column"], row["cells"][1]) for row in result.remarks.to_pylist()] == [
        (3, "Country", "Narnia"),
        (4, "Country", "Korea"),
    ]


def test_a_list_without_countries_has_that_of_a_number_whose_check_is_right(tmp_path: Path) -> None:
    result = one(tmp_path, "БИН", "081140000436", "081140000437")
    assert result.rows["country"].to_pylist() == ["KAZ", None]


def test_a_stated_country_that_is_not_known_is_not_replaced_by_that_of_a_number(tmp_path: Path) -> None:
    text = "Name;БИН;Country\nAcme;081140000436;Narnia\nBela;081140000436;\nCora;081140000436;Russia\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["country"].to_pylist() == [None, "KAZ", "RUS"]


def test_georgia_beside_an_american_address_is_not_taken_for_the_country(tmp_path: Path) -> None:
    text = "Name;Address;Country\nAcme;Rustaveli 5, Tbilisi;Georgia\nBela;1 Peachtree Street, Atlanta;Georgia\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["country"].to_pylist() == ["GEO", None]
    assert result.remarks["row"].to_pylist() == [3]


def test_na_is_namibia_among_codes_and_nothing_among_names(tmp_path: Path) -> None:
    assert one(tmp_path, "Country", "KZ", "NA", "US").rows["country"].to_pylist() == ["KAZ", "NAM", "USA"]
    assert one(tmp_path, "Country", "Kenya", "NA", "Peru").rows["country"].to_pylist() == ["KEN", None, "PER"]


def test_every_bad_identifier_is_named_with_its_row(tmp_path: Path) -> None:
    result = one(tmp_path, "БИН", "081140000436", "081140000437", "941240000193", "94124000019")
    assert [row[0]["valid"] for row in result.rows["identifiers"].to_pylist()] == [True, False, True, False]
    assert result.remarks["row"].to_pylist() == [3, 5]
    assert set(result.remarks["column"].to_pylist()) == {"БИН"}


def test_several_identifiers_are_kept_with_their_schemes(tmp_path: Path) -> None:
    text = "Name;Country;LEI;Tax ID;OS ID\nAcme;RU;529900T8BM49AURSDO55;7707083893;US20222223446TZ\n"
    (found,) = read(text_file(tmp_path / "list.csv", text)).rows["identifiers"].to_pylist()
    assert [(each["scheme"], each["valid"]) for each in found] == [("LEI", True), ("RU-INN", True), ("OSID", True)]


def test_numbers_of_several_kinds_in_one_cell_are_told_apart(tmp_path: Path) -> None:
    cell = "ИНН 7707083893 / КПП 773601001 / ОГРН 1027700132195"
    text = f"Name;Country;Registration number\nООО Лютик;RU;{cell}\n"
    result = read(text_file(tmp_path / "list.csv", text))
    (found,) = result.rows["identifiers"].to_pylist()
    assert [(each["scheme"], each["value"]) for each in found] == [
        ("RU-INN", "7707083893"),
        ("RU-OGRN", "1027700132195"),
    ]
    assert result.remarks.num_rows == 0


def test_an_undecided_column_leaves_its_ambiguous_amounts_unread(tmp_path: Path) -> None:
    result = one(tmp_path, "Spend, USD", "1,234", "1 000", "5,678")
    assert result.rows["spend"].to_pylist() == [None, Decimal(1000), None]
    assert result.rows["currency"].to_pylist() == [None, "USD", None]
    assert result.remarks["row"].to_pylist() == [2, 4]


def test_a_column_with_conflicting_evidence_reads_only_what_is_sure(tmp_path: Path) -> None:
    result = one(tmp_path, "Spend, USD", "1 234,50", "1,234.50", "1,234")
    assert result.rows["spend"].to_pylist() == [Decimal("1234.5"), Decimal("1234.5"), None]
    assert result.remarks["row"].to_pylist() == [4]


def test_one_value_decides_for_the_column(tmp_path: Path) -> None:
    assert one(tmp_path, "Spend, USD", "1,234", "99.50").rows["spend"].to_pylist() == [Decimal(1234), Decimal("99.5")]


def test_a_currency_in_the_cell_counts_before_the_column_and_the_heading(tmp_path: Path) -> None:
    text = "Name;Сумма, тг;Валюта\nA;10 €;\nB;10;USD\nC;10;\nD;10 €;USD\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["currency"].to_pylist() == ["EUR", "USD", "KZT", None]
    assert result.remarks["row"].to_pylist() == [5]


def test_an_unknown_currency_leaves_the_amount_with_one_remark_for_the_column(tmp_path: Path) -> None:
    result = one(tmp_path, "Spend", "10", "20")
    assert result.rows["spend"].to_pylist() == [Decimal(10), Decimal(20)]
    assert result.rows["currency"].to_pylist() == [None, None]
    assert [(row["row"], row["reason"]["values"]) for row in result.remarks.to_pylist()] == [(1, [("count", "2")])]


def test_a_word_for_money_is_settled_by_the_suppliers_country(tmp_path: Path) -> None:
    text = "Name;Country;Spend\nA;Kyrgyzstan;10 сом\nB;Canada;10 $\nC;Kazakhstan;10 $\nD;;10 сом\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["currency"].to_pylist() == ["KGS", None, "USD", None]
    assert result.rows["spend"].to_pylist() == [Decimal(10)] * 4
    assert result.remarks["row"].to_pylist() == [3, 5]


def test_som_in_the_heading_is_settled_by_the_countries_of_the_list(tmp_path: Path) -> None:
    text = "Name;Country;Сумма, сом\nA;Кыргызстан;10\nB;Китай;20\n"
    assert read(text_file(tmp_path / "list.csv", text)).rows["currency"].to_pylist() == ["KGS", "KGS"]


def test_words_beside_an_amount_that_are_no_currency_set_it_aside(tmp_path: Path) -> None:
    result = one(tmp_path, "Сумма, тг", "100 с НДС", "100 т.", "50 % скидка")
    assert result.rows["spend"].to_pylist() == [Decimal(100), None, None]
    assert result.remarks["row"].to_pylist() == [3, 4]


def test_tiers_workers_and_places_that_cannot_be_read_are_remarked_on(tmp_path: Path) -> None:
    text = "Name;Tier;Workers;lat;lng\nA;1;500-1000;43.2;76.9\nB;x;120;95;76.9\nC;T2;1 200;0;0\nD;3;7;;\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["tier"].to_pylist() == [1, None, 2, 3]
    assert result.rows["workers"].to_pylist() == [None, 120, 1200, 7]
    assert result.rows["latitude"].to_pylist() == [43.2, None, None, None]
    assert sorted((row["row"], row["column"]) for row in result.remarks.to_pylist()) == [
        (2, "Workers"),
        (3, "Tier"),
        (3, "lat"),
        (4, "lat"),
    ]


def test_labour_providers_are_named_or_affirmed_in_four_languages(tmp_path: Path) -> None:
    result = one(tmp_path, "Labour provider", "yes", "нет", "жоқ", "oui", "", "ТОО Персонал", "иә", "none")
    assert result.rows["uses_labour_provider"].to_pylist() == [True, False, False, True, None, True, True, False]
    assert result.rows["labour_provider"].to_pylist() == [None] * 5 + ["ТОО Персонал"] + [None] * 2
    assert result.remarks.num_rows == 0


def test_an_answer_before_the_labour_providers_name_is_no_part_of_it(tmp_path: Path) -> None:
    answers = [
        'да (ООО "Кадры")',
        "yes, Acme Staffing",
        "Oui – Bela Intérim",
        "нет, напрямую",
        "Non-Stop Staffing",
        "да (?)",
    ]
    result = one(tmp_path, "Labour provider", *answers)
    assert result.rows["labour_provider"].to_pylist() == [
        'ООО "Кадры"',
        "Acme Staffing",
        "Bela Intérim",
        None,
        "Non-Stop Staffing",
        None,
    ]
    assert result.rows["uses_labour_provider"].to_pylist() == [True, True, True, False, True, True]


def test_not_knowing_or_hiring_directly_names_no_labour_provider(tmp_path: Path) -> None:
    result = one(
        tmp_path, "Labour provider", "ne sait pas", "не знаю", "білмеймін", "not sure", "Direct hire", "напрямую"
    )
    assert result.rows["labour_provider"].to_pylist() == [None] * 6
    assert result.rows["uses_labour_provider"].to_pylist() == [None] * 4 + [False] * 2


def test_what_is_said_of_workers_becomes_tags(tmp_path: Path) -> None:
    result = one(tmp_path, "Workforce", "migrant, seasonal", "трудовые мигранты; общежитие", "маусымдық", "bleu", "")
    assert result.rows["workforce"].to_pylist() == [
        ["migrant", "seasonal"],
        ["migrant", "on_site_housing"],
        ["seasonal"],
        [],
        [],
    ]
    assert result.remarks["row"].to_pylist() == [5]
    assert one(tmp_path, "Migrant workers", "yes", "no", "35%", "0").rows["workforce"].to_pylist() == [
        ["migrant"],
        [],
        ["migrant"],
        [],
    ]


def test_local_and_permanent_workers_are_understood_without_a_tag(tmp_path: Path) -> None:
    result = one(tmp_path, "Workforce", "local", "постоянные", "жергілікті", "мобилизация на сбор хлопка")
    assert result.rows["workforce"].to_pylist() == [[], [], [], ["state_scheme"]]
    assert result.remarks.num_rows == 0


def test_codes_keep_their_zeros_and_odd_ones_are_set_aside(tmp_path: Path) -> None:
    text = "Name;HS code;CPV;ISIC\nA;6109.10;45000000-7;C1410\nB;010121;3100000;1410\nC;10121;x;14\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["hs"].to_pylist() == ["610910", "010121", "010121"]
    assert result.rows["cpv"].to_pylist() == ["45000000", "03100000", None]
    assert result.rows["isic"].to_pylist() == ["1410", "1410", "14"]
    assert result.remarks["row"].to_pylist() == [4]


def test_the_section_or_the_name_of_a_classification_may_stand_before_a_code(tmp_path: Path) -> None:
    text = "Name;HS code;ISIC\nA;ТН ВЭД 6109 10 000 0;C 26.20\nB;HS 0702.00;ОКВЭД 14.14\nC;see note 12;Annex 5\n"
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["hs"].to_pylist() == ["6109100000", "070200", None]
    assert result.rows["isic"].to_pylist() == ["2620", "1414", None]
    assert result.remarks["row"].to_pylist() == [4, 4]


def test_signs_that_turn_the_direction_of_writing_are_no_part_of_a_name(tmp_path: Path) -> None:
    text = "Name;Country\n\u202eAcme\u2066 Ltd\u2069;KE\n"
    assert read(text_file(tmp_path / "list.csv", text)).rows["name"].to_pylist() == ["Acme Ltd"]


def test_kinds_are_read_by_the_lists_own_words(tmp_path: Path) -> None:
    values = ["company", "Физическое лицо", "мемлекеттік орган", "Agence de recrutement", "?"]
    assert one(tmp_path, "Type", *values).rows["kind"].to_pylist() == [
        "company",
        "person",
        "public_body",
        "labour_provider",
        None,
    ]


def test_other_names_are_collected_and_cut_at_semicolons(tmp_path: Path) -> None:
    text = 'Name,Alias,Former name\nAcme,"Acme Ltd; ACME",Old Acme\n-,Bela,\n'
    result = read(text_file(tmp_path / "list.csv", text))
    assert result.rows["name"].to_pylist() == ["Acme", "Bela"]
    assert result.rows["other_names"].to_pylist() == [["Acme Ltd", "ACME", "Old Acme"], []]


def test_a_name_merged_downwards_holds_for_all_its_rows_and_its_amount_for_one(tmp_path: Path) -> None:
    rows = [["Supplier", "Product", "Spend, EUR"], ["Acme", "cotton", 10], [None, "wool", None], ["Bela", "silk", 5]]
    result = read(xlsx(tmp_path / "a.xlsx", {"S": rows}, merged=["A2:A3", "C2:C3"]))
    assert result.rows["name"].to_pylist() == ["Acme", "Acme", "Bela"]
    assert result.rows["spend"].to_pylist() == [Decimal(10), None, Decimal(5)]


def test_an_empty_sheet_is_remarked_on_and_the_good_one_read(tmp_path: Path) -> None:
    sheets = {
        "Empty": [],
        "Notes": [["This list was made"], ["by the department"]],
        "List": [["Name", "Country"], ["Acme", "KZ"]],
        "Hidden": [["Name"], ["Bela"]],
    }
    result = read(xlsx(tmp_path / "a.xlsx", sheets, hidden=["Hidden"]))
    assert result.rows["sheet"].to_pylist() == ["List"]
    assert [row["sheet"] for row in result.remarks.to_pylist()] == ["Empty", "Notes", "Hidden"]
    assert [row["row"] for row in result.remarks.to_pylist()] == [None] * 3


def test_a_formula_without_a_value_is_named_with_its_cell(tmp_path: Path) -> None:
    result = read(xlsx(tmp_path / "a.xlsx", {"S": [["Name", "Spend, EUR"], ["Acme", "=1+1"], ["Bela", 3]]}))
    assert [(row["row"], row["column"]) for row in result.remarks.to_pylist()] == [(2, "Spend, EUR")]
    assert result.rows["spend"].to_pylist() == [None, Decimal(3)]


def test_all_sheets_and_files_of_a_folder_are_read_in_order(tmp_path: Path) -> None:
    xlsx(tmp_path / "b.xlsx", {"One": [["Name"], ["B1 LLP"]], "Two": [["Name"], ["B2 LLP"]]})
    text_file(tmp_path / "a.csv", "Name;Country\nA LLP;KZ\n")
    for name in (
        "README.md",
        "README.txt",
        ".hidden.csv",
        "mapping.yaml",
        "~$b.xlsx",
        "scan.pdf",
        "mapping.csv",
    ):
        text_file(tmp_path / name, "x")
    (tmp_path / "old").mkdir()
    result = read(tmp_path)
    assert result.rows["name"].to_pylist() == ["A LLP", "B1 LLP", "B2 LLP"]
    assert [file.name for file in result.inputs] == ["a.csv", "b.xlsx"]


def test_the_results_of_an_assessment_in_the_folder_are_not_read_as_suppliers(tmp_path: Path) -> None:
    text_file(tmp_path / "a.csv", "Name\nA LLP\n")
    text_file(tmp_path / "parties.csv", "Name\nB LLP\n")
    assert read(tmp_path).rows["name"].to_pylist() == ["A LLP", "B LLP"]
    text_file(tmp_path / "assessment.json", "{}")
    assert read(tmp_path).rows["name"].to_pylist() == ["A LLP"]


def test_a_file_given_twice_or_copied_is_read_once(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Name\nAcme LLP\n")
    text_file(tmp_path / "copy.csv", "Name\nAcme LLP\n")
    assert read_suppliers([path, path, tmp_path / "."]).rows.num_rows == 1
    result = read_suppliers([tmp_path])
    assert result.rows.num_rows == 1
    assert [row["file"] for row in result.remarks.to_pylist()] == ["copy.csv"]
    assert [file.rows_in for file in result.inputs] == [1, 0]


def test_a_broken_file_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    text_file(tmp_path / "a.csv", "Name\nAcme LLP\n")
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.4")
    with pytest.raises(UnreadableFile, match=r"b\.xlsx"):
        read_suppliers([tmp_path])


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder, name in (("north", "Acme LLP"), ("south", "Bela LLP")):
        (tmp_path / folder).mkdir()
        text_file(tmp_path / folder / "list.csv", f"Name\n{name}\n")
    result = read_suppliers([tmp_path / "north", tmp_path / "south"])
    assert [file.name for file in result.inputs] == ["north/list.csv", "south/list.csv"]


def test_a_list_of_only_a_heading_has_no_rows(tmp_path: Path) -> None:
    result = read(text_file(tmp_path / "list.csv", "Name;Country\n"))
    assert (result.rows.num_rows, result.rejected.num_rows) == (0, 0)


def test_the_same_input_gives_the_same_tables(tmp_path: Path) -> None:
    text = "Name;Country;БИН;Spend\nA;Narnia;081140000437;1,234\n;;;\nTotal;;;5\n"
    path = text_file(tmp_path / "list.csv", text)
    first, second = read(path), read(path)
    assert first.rows.equals(second.rows)
    assert first.rejected.equals(second.rejected)
    assert first.remarks.equals(second.remarks)


cell = st.one_of(
    st.sampled_from(
        ["", " ", "-", "Total", "Итого", "Name", "Country", "KZ", "Acme LLP", "1,234", "081140000437", "=1", "N/A"]
    ),
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=10),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(cell, min_size=1, max_size=5), max_size=12))
def test_rows_in_are_rows_used_and_rows_rejected(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    heading = ["Name", "Country", "Tax ID", "Spend"]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([heading, *rows])
    result = read(text_file(tmp_path_factory.mktemp("rows") / "list.csv", buffer.getvalue()))
    filled = {number for number, row in enumerate(rows, 2) if any(value.strip() for value in row)}
    used, rejected = set(result.rows["row"].to_pylist()), set(result.rejected["row"].to_pylist())
    assert used | rejected == filled
    assert not used & rejected
    assert result.inputs[0].rows_in == len(filled)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_content_gives_anything_but_rows_or_a_named_error(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "list.csv"
    path.write_bytes(content)
    try:
        read(path)
    except InputError as error:
        assert "list.csv" in str(error)


def test_a_list_without_headings_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoHeaderFound, match="mapping"):
        read(text_file(tmp_path / "list.csv", "China,Acme Garment Co Ltd,12 Long Street\nPeru,Bela SAC,Av. 5\n"))
