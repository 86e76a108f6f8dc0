"""Tables of cases to rate, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import NoHeaderFound, NothingToRead
from fairlead.language import Language
from fairlead.read.cases import Case, CaseTable, read_cases
from tests.read.files import text_file, xlsx

HEAD = "country_iso3,region,sector,product,hs_if_known,workforce,year\n"


def cases_of(folder: Path, text: str) -> CaseTable:
    return read_cases(text_file(folder / "cases.csv", text))


def case_of(folder: Path, row: str) -> Case:
    (case,) = cases_of(folder, HEAD + row + "\n").cases
    return case


def problems(case: Case) -> list[str]:
    return [Language("en").render(problem) for problem in case.problems]


def test_every_column_is_read(tmp_path: Path) -> None:
    case = case_of(tmp_path, "KAZ,Turkistan,agriculture,cotton,5201,migrant;seasonal,2022")
    assert (case.country, case.region, case.sector, case.product) == ("KAZ", "Turkistan", "agriculture", "cotton")
    assert (case.hs, case.workforce, case.year, case.problems) == (("5201",), ("migrant", "seasonal"), 2022, ())


def test_columns_may_come_in_any_order_and_others_are_carried_through(tmp_path: Path) -> None:
    table = cases_of(tmp_path, "year,note,Country_ISO3\n2020,=first,Kazakhstan\n")
    assert table.columns == ("year", "note", "Country_ISO3")
    assert table.cases[0].cells == ("2020", "=first", "Kazakhstan")
    assert (table.cases[0].country, table.cases[0].product, table.cases[0].hs) == ("KAZ", None, ())


def test_zeros_that_a_spreadsheet_took_away_come_back(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "cases.xlsx", {"A": [HEAD.strip().split(","), ["PER", "", "", "tuna", 303, "", 2021]]})
    (case,) = read_cases(path).cases
    assert (case.hs, case.year) == (("0303",), 2021)


def test_several_codes_and_codes_with_dots_are_read(tmp_path: Path) -> None:
    assert case_of(tmp_path, "TKM,,,yarn,5205;52.08,,2018").hs == ("5205", "5208")


def test_tags_may_be_other_words(tmp_path: Path) -> None:
    assert case_of(tmp_path, "QAT,,,,,Migrant workers; on-site housing,2016").workforce == (
        "migrant",
        "on_site_housing",
    )


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("XYZ,,,cotton,,,2022", "The country XYZ is not known."),
        (",,,cotton,,,2022", "No country is given."),
        ("KAZ,,,cotton,,,", "No year is given."),
        ("KAZ,,,cotton,,,soon", "The year soon is no year."),
        ("KAZ,,,cotton,,,99", "The year 99 is no year."),
        ("KAZ,,,cotton,cotton,,2022", "cotton is no HS code."),
        ("KAZ,,,cotton,,giants,2022", "The workforce giants is not understood."),
    ],
)
def test_what_is_not_understood_is_named_and_the_row_kept(tmp_path: Path, row: str, problem: str) -> None:
    assert problem in problems(case_of(tmp_path, row))


def test_a_row_with_more_cells_than_the_heading_is_rejected(tmp_path: Path) -> None:
    table = cases_of(tmp_path, HEAD + "KAZ,,,cotton,,,2022,more\nKAZ,,,cotton,,,2022\n")
    assert (len(table.cases), table.rejected.num_rows) == (1, 1)


def test_a_table_without_the_columns_or_without_rows_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoHeaderFound, match="country_iso3"):
        cases_of(tmp_path, "name,country\nQuillon,KAZ\n")
    with pytest.raises(NothingToRead):
        cases_of(tmp_path, HEAD)


PLAIN = st.characters(blacklist_characters='",;|\t', blacklist_categories=("Cs", "Cc"))


@given(st.lists(st.text(alphabet=PLAIN, max_size=20), min_size=7, max_size=7))
def test_no_row_is_too_odd(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("cases")
    table = cases_of(folder, HEAD + ",".join(cells) + "\nKAZ,,,cotton,,,2022\n")
    assert table.cases[-1].country == "KAZ"
