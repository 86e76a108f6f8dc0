"""A list of names: its columns, and what becomes of every row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import NoHeaderFound, NothingToRead
from fairlead.language import Language
from fairlead.model.vocabulary import PartyKind
from fairlead.read.names import LONGEST_NAME, NameList, read_names
from tests.read.files import text_file


def names_of(folder: Path, text: str) -> NameList:
    return read_names(text_file(folder / "names.csv", text))


def reasons(table: object) -> list[tuple[int, str]]:
    return [(row["row"], Language("en").render(row["reason"])) for row in table.to_pylist()]  # type: ignore[attr-defined]


def test_the_four_columns_are_read(tmp_path: Path) -> None:
    read = names_of(tmp_path, "id,name,country,kind\nA1,Quillon Weaving,Индия,company\nA2,Harrow Jane,,Person\n")
    first, second = read.names
    assert (first.row_id, first.name, first.country, first.kind) == ("A1", "Quillon Weaving", "IND", PartyKind.COMPANY)
    assert (second.row, second.country, second.kind) == (3, None, PartyKind.PERSON)
    assert read.rejected.num_rows == read.remarks.num_rows == 0


@pytest.mark.parametrize(
    "heading",
    ["Date of birth", "DOB", "birthDate", "Дата рождения", "incorporationDate", "Founded", "date de création"],
)
def test_a_date_of_birth_or_founding_is_read(tmp_path: Path, heading: str) -> None:
    read = names_of(tmp_path, f"id,name,{heading}\n1,Harrow Jane,13.02.1960\n2,Harrow Joan,\n3,Harrow Jim,about then\n")
    assert [name.born for name in read.names] == [("1960-02-13",), (), ()]
    assert reasons(read.remarks) == [
        (4, "The date of birth or founding is not understood; the name was screened without it.")
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("LegalEntity", PartyKind.COMPANY),
        ("Organization", PartyKind.COMPANY),
        ("Person", PartyKind.PERSON),
        ("PublicBody", PartyKind.PUBLIC_BODY),
        ("Vessel", PartyKind.VESSEL),
        ("", PartyKind.UNKNOWN),
        ("unknown", PartyKind.UNKNOWN),
    ],
)
def test_the_kind_may_be_written_as_followthemoney_does(tmp_path: Path, word: str, kind: PartyKind) -> None:
    read = names_of(tmp_path, f"id,name,country,kind\n1,Quillon,,{word}\n")
    assert read.names[0].kind is kind
    assert read.remarks.num_rows == 0


def test_a_name_alone_is_enough_and_gets_its_row_as_id(tmp_path: Path) -> None:
    read = names_of(tmp_path, "Title of the list\n\nSupplier name,Vendor code\nQuillon,\nHarrow,V2\n")
    assert [(name.row_id, name.name) for name in read.names] == [("names.csv:4", "Quillon"), ("V2", "Harrow")]


def test_a_workbook_is_read_from_every_sheet_with_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nothing here"])
    for title in ("A", "B"):
        sheet = book.create_sheet(title)
        sheet.append(["Name", "Country"])
        sheet.append([f"Quillon {title}", "Cuba"])
    book.save(tmp_path / "names.xlsx")
    assert [name.row_id for name in read_names(tmp_path / "names.xlsx").names] == ["names.xlsx:A:2", "names.xlsx:B:2"]


def test_rows_that_are_no_names_are_rejected_with_the_reason_and_their_cells(tmp_path: Path) -> None:
    long = "a" * 10_000
    read = names_of(
        tmp_path, f"id,name,country\n1,,Cuba\n2,n/a,Cuba\n3,🏭🏭,Cuba\n4,{long},Cuba\n5,A, B,Cuba\n6,Quillon,\n"
    )
    assert [name.row_id for name in read.names] == ["6"]
    assert reasons(read.rejected) == [
        (2, "The row has no name."),
        (3, "The row has no name."),
        (4, "The name holds no letter and no digit."),
        (5, f"The name has 10,000 characters; a text of more than {LONGEST_NAME:,} is not read as a name."),
        (
            6,
            "The row has more cells than the heading, so that its values may stand in the wrong columns; a name with "
            "the separating sign in it must stand in quotation marks.",
        ),
    ]
    assert read.rejected["cells"].to_pylist()[0] == ["1", "", "Cuba"]


def test_what_is_odd_in_a_name_is_remarked_on_and_the_name_is_read(tmp_path: Path) -> None:
    text = (
        "id,name,country,kind\n1,\u202eQuillon\u200f Wea\u200bving,,\n2,Qu\u0456ll\u043en,,\n3,Harrow,Atlantis,widget\n"
    )
    read = names_of(tmp_path, text)
    assert [name.name for name in read.names] == ["Quillon Weaving", "Qu\u0456ll\u043en", "Harrow"]
    said = [sentence for _, sentence in reasons(read.remarks)]
    assert said[0].startswith("The name holds signs that cannot be seen")
    assert said[1].startswith("The word Qu\u0456ll\u043en mixes letters of two scripts")
    assert said[2] == "The country Atlantis is not understood; the name was screened without it."
    assert said[3] == "The kind widget is not understood; the name was screened without it."


def test_ids_that_stand_twice_are_kept_and_named(tmp_path: Path) -> None:
    read = names_of(tmp_path, "id,name\n1,Quillon\n1,Harrow\n2,Brook\n")
    assert len(read.names) == 3
    assert read.repeated == ("1",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes("id,name,country\n1,Ромашка Ткани,Казахстан\n2,Quillon Weaving,Cuba\n".encode(encoding))
    assert [(name.name, name.country) for name in read_names(path).names] == [
        ("Ромашка Ткани", "KAZ"),
        ("Quillon Weaving", "CUB"),
    ]


def test_a_table_without_names_says_which_headings_it_has_and_which_it_needs(tmp_path: Path) -> None:
    with pytest.raises(NoHeaderFound) as caught:
        names_of(tmp_path, "weight,colour\n1,red\n")
    assert str(caught.value) == (
        "names.csv: No column of names was found. The first row has: “weight”, “colour”. "
        "Give the column with the names the heading “name”; “id”, “country” and “kind” may stand beside it."
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="There is no such file"):
        read_names(tmp_path / "none.csv")


@given(cells=st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_every_row_is_a_name_or_rejected(cells: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    usable = [cell.replace("\x00", "") for cell in cells]
    usable = ["".join(sign for sign in cell if sign >= " " and not "\ud800" <= sign <= "\udfff") for cell in usable]
    usable = [cell.replace("\ufffe", "").replace("\uffff", "") for cell in usable]
    for place, cell in enumerate(usable):
        book.active.append([f"i{place}", f"'{cell}"])
    path = tmp_path_factory.mktemp("names") / "names.xlsx"
    book.save(path)
    read = read_names(path)
    rows = sorted([name.row for name in read.names] + read.rejected["row"].to_pylist())
    assert rows == list(range(2, len(usable) + 2))
