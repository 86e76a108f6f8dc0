from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.errors import MappingError
from fairlead.model.vocabulary import Workforce
from fairlead.read import ColumnMapping, ColumnUse, SheetMapping, read_mapping, read_suppliers, write_mapping
from fairlead.read.amount import Decimals
from fairlead.read.sheet import column_index, column_letter

from .files import text_file, xlsx

text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
uses = st.lists(
    st.builds(
        ColumnUse,
        column=st.integers(1, 700).map(column_letter),
        heading=text,
        field=st.sampled_from(["other_names", "address", "ignored", "product"]),
        currency=st.sampled_from([None, "KZT"]),
        decimals=st.sampled_from([None, *Decimals]),
        multiplier=st.sampled_from([1, 1000]),
        workforce=st.sampled_from([None, Workforce.MIGRANT]),
    ),
    max_size=4,
    unique_by=lambda use: use.column,
)
sheets = st.builds(
    lambda file, sheet, rows, columns: SheetMapping(
        file=file, sheet=sheet, header_rows=tuple(rows), columns=(ColumnUse(column="A", field="name"), *columns)
    ),
    text,
    text,
    st.lists(st.integers(1, 5), max_size=2),
    uses,
)


@given(parts=st.lists(sheets, max_size=3, unique_by=lambda part: (part.file, part.sheet)))
def test_what_is_written_is_read_back(parts: list[SheetMapping], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("mapping") / "mapping.yaml"
    mapping = ColumnMapping(sheets=tuple(parts))
    write_mapping(mapping, path)
    assert read_mapping(path) == mapping


@pytest.mark.parametrize("name", ["No", "2024", "null", "~", "1e3", "yes", "0o7", "a: b", "#x", "- y"])
def test_names_that_yaml_would_take_for_something_else_are_kept(tmp_path: Path, name: str) -> None:
    mapping = ColumnMapping(
        sheets=(
            SheetMapping(
                file=name, sheet=name, header_rows=(1,), columns=(ColumnUse(column="A", heading=name, field="name"),)
            ),
        )
    )
    write_mapping(mapping, tmp_path / "mapping.yaml")
    assert read_mapping(tmp_path / "mapping.yaml") == mapping


def test_the_file_says_how_to_correct_it(tmp_path: Path) -> None:
    write_mapping(ColumnMapping(), tmp_path / "mapping.yaml")
    assert (tmp_path / "mapping.yaml").read_text(encoding="utf-8").startswith("# How Fairlead understood the columns.")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("version: 1\nsheets:\n- file: a\n  columns:\n  - column: A\n    field: nome\n", 6, "field"),
        ("version: 1\nsheets:\n- file: a\n  columns:\n  - column: A1\n    field: name\n", 5, "column"),
        (
            "version: 1\nsheets:\n- file: a\n  columns:\n  - {column: A, field: name}\n  - {column: B, field: name}\n",
            3,
            "both name",
        ),
        ("version: 1\nsheets:\n- file: a\n  columns:\n  - column: A\n    field: address\n", 3, "no column is the name"),
        ("version: 1\nsheets:\n- file: a\n  colums: []\n", 4, "colums"),
        ("version: 2\nsheets: []\n", 1, "version"),
        ("version: 1\nsheets:\n- file: a\n  header_rows: [0]\n", 4, "header_rows"),
        ("version: 1\nsheets:\n- file: a\n  file: b\n", 4, "twice"),
        ("version: 1\nsheets: [\n", 3, "YAML"),
        (
            "version: 1\nsheets:\n- file: a\n  columns:\n  - column: A\n    field: name\n    currency: tenge\n",
            7,
            "currency",
        ),
        (
            "version: 1\nsheets:\n- file: a\n  columns:\n  - column: A\n    field: identifiers\n    scheme: XX\n",
            7,
            "XX",
        ),
        ("just words\n", 1, ""),
    ],
)
def test_what_cannot_be_is_named_with_its_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    path = text_file(tmp_path / "mapping.yaml", content)
    with pytest.raises(MappingError) as caught:
        read_mapping(path)
    assert caught.value.where.row == line
    assert words in caught.value.what


def test_a_mapping_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"mapping\.yaml"):
        read_mapping(tmp_path / "mapping.yaml")
    (tmp_path / "mapping.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(MappingError):
        read_mapping(tmp_path / "mapping.yaml")


def test_a_mapping_passed_back_unchanged_gives_the_same_rows(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"S": [["Title"], ["Name", "Country", "Spend, KZT"], ["Acme", "KZ", "1,5"]]})
    first = read_suppliers([path])
    write_mapping(first.mapping, tmp_path / "mapping.yaml")
    again = read_suppliers([path], mapping=read_mapping(tmp_path / "mapping.yaml"))
    assert again.rows.equals(first.rows)
    assert again.mapping == first.mapping


def corrected(path: Path, **changes: object) -> ColumnMapping:
    """Return the mapping found for a file with the named fields of its first sheet changed."""
    part = read_suppliers([path]).mapping.sheets[0]
    return ColumnMapping(sheets=(SheetMapping.model_validate(part.model_dump() | changes),))


def test_a_corrected_mapping_is_obeyed(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Name;Owner;Amount\nAcme;Bela;1,234\n")
    columns = [
        {"column": "A", "heading": "Name", "field": "ignored"},
        {"column": "B", "heading": "Owner", "field": "name"},
        {"column": "C", "heading": "Amount", "field": "spend", "currency": "EUR", "decimals": "point"},
    ]
    rows = read_suppliers([path], mapping=corrected(path, columns=columns)).rows.to_pylist()
    assert (rows[0]["name"], str(rows[0]["spend"]), rows[0]["currency"]) == ("Bela", "1234.0000", "EUR")


def test_a_mapping_reads_a_sheet_without_headings(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Acme LLP;KZ\nBela LLP;KG\n")
    columns = (ColumnUse(column="A", field="name"), ColumnUse(column="B", field="country"))
    mapping = ColumnMapping(sheets=(SheetMapping(file="a.csv", columns=columns),))
    write_mapping(mapping, tmp_path / "mapping.yaml")
    rows = read_suppliers([path], mapping=read_mapping(tmp_path / "mapping.yaml")).rows
    assert rows["name"].to_pylist() == ["Acme LLP", "Bela LLP"]
    assert rows["country"].to_pylist() == ["KAZ", "KGZ"]


def test_a_column_that_moved_is_found_by_its_heading(tmp_path: Path) -> None:
    old = text_file(tmp_path / "a.csv", "Name;Country\nAcme;KZ\n")
    mapping = read_suppliers([old]).mapping
    text_file(old, "Country;Remark;Name\nKZ;x;Acme\n")
    rows = read_suppliers([old], mapping=mapping).rows
    assert (rows["name"].to_pylist(), rows["country"].to_pylist()) == (["Acme"], ["KAZ"])


def test_a_column_or_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "Name;Country\nAcme;KZ\n")
    columns = [{"column": "A", "heading": "Supplier", "field": "name"}]
    with pytest.raises(MappingError, match="Supplier"):
        read_suppliers([path], mapping=corrected(path, columns=columns))
    with pytest.raises(MappingError, match="row 9"):
        read_suppliers([path], mapping=corrected(path, header_rows=[9]))
    with pytest.raises(MappingError, match=r"b\.csv"):
        read_suppliers([path], mapping=corrected(path, file="b.csv"))
    with pytest.raises(MappingError, match="not in the file"):
        read_suppliers([path], mapping=corrected(path, sheet="Suppliers"))


def test_a_sheet_that_stands_twice_is_refused(tmp_path: Path) -> None:
    sheet = "  - {file: a.csv, columns: [{column: A, field: name}]}\n"
    path = text_file(tmp_path / "mapping.yaml", f"version: 1\nsheets:\n{sheet}{sheet}")
    with pytest.raises(MappingError, match="stands here twice"):
        read_mapping(path)


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "sheets: " + "[" * 3000 + "]" * 3000 + "\n"])
def test_a_mapping_without_an_end_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MappingError, match="levels"):
        read_mapping(text_file(tmp_path / "mapping.yaml", text))


@given(st.integers(0, 16_383))
def test_letters_and_numbers_of_columns_agree(index: int) -> None:
    assert column_index(column_letter(index)) == index
