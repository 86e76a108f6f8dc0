"""Which lists are of persons, and what of them is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairlead.read import read_suppliers

from .files import text_file


def fields(path: Path, heading: str, *rows: str) -> dict[str, str]:
    result = read_suppliers([text_file(path / "list.csv", "\n".join((heading, *rows)))])
    return {use.heading: " ".join(use.fields) for use in result.mapping.sheets[0].columns}


@pytest.mark.parametrize(
    "heading", ["given_name;surname;date_of_birth", "First name;Last name;DOB", "Имя;Фамилия;Дата рождения"]
)
def test_parts_of_a_name_make_a_list_of_persons(tmp_path: Path, heading: str) -> None:
    path = text_file(tmp_path / "list.csv", f"{heading}\nAigul;Karlygash;13.02.1960")
    (row,) = read_suppliers([path]).rows.to_pylist()
    assert (row["name"], row["given_name"], row["surname"]) == ("Aigul Karlygash", "Aigul", "Karlygash")
    assert row["birth_date"] == "1960-02-13"


def test_beside_a_full_name_the_parts_are_kept_and_are_another_name_where_they_differ(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "list.csv", "full_name;first_name;surname\nAigul Zarina Karlygash;Aigul;Karlygash\nErlan B;Erlan;B"
    )
    one, other = read_suppliers([path]).rows.to_pylist()
    assert (one["name"], one["other_names"], one["surname"]) == (
        "Aigul Zarina Karlygash",
        ["Aigul Karlygash"],
        "Karlygash",
    )
    assert other["other_names"] == []


def test_a_contact_beside_a_supplier_is_not_the_supplier(tmp_path: Path) -> None:
    used = fields(
        tmp_path, "Company;First name;Last name;Phone;Email;Gender", "Acme LLP;Aigul;Karlygash;1;a@b.example;f"
    )
    assert used == {"Company": "name"} | dict.fromkeys(
        ("First name", "Last name", "Phone", "Email", "Gender"), "ignored"
    )


def test_a_row_without_any_part_of_a_name_is_rejected_under_its_heading(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "given_name;surname;date_of_birth\n;;1960-02-13\n;Karlygash;1960-02-13")
    result = read_suppliers([path])
    assert result.rows["name"].to_pylist() == ["Karlygash"]
    assert [(one["row"], one["column"]) for one in result.rejected.to_pylist()] == [(2, "given_name")]


@pytest.mark.parametrize("heading", ["id", "Vendor Number", "rec_id", "unique_id", "Код поставщика"])
def test_the_lists_own_number_names_the_row_and_is_no_identifier(tmp_path: Path, heading: str) -> None:
    path = text_file(tmp_path / "list.csv", f"{heading};name\n4711;Acme LLP\n4712;Bela LLP")
    rows = read_suppliers([path]).rows.to_pylist()
    assert [row["list_id"] for row in rows] == ["4711", "4712"]
    assert [row["identifiers"] for row in rows] == [[], []]


@pytest.mark.parametrize("heading", ["Contract ID", "Tender ID", "true_id", "cluster"])
def test_other_numbers_do_not_name_the_row(tmp_path: Path, heading: str) -> None:
    assert fields(tmp_path, f"{heading};name", "4711;Acme LLP", "4712;Bela LLP")[heading] == "ignored"


def test_of_two_numbers_the_one_without_repetitions_names_the_row(tmp_path: Path) -> None:
    used = fields(tmp_path, "id;vendor number;name", "1;4711;Acme", "1;4712;Bela", "1;4713;Cora")
    assert (used["id"], used["vendor number"]) == ("ignored", "list_id")


def test_a_postcode_stands_in_the_address_and_by_itself(tmp_path: Path) -> None:
    path = text_file(tmp_path / "list.csv", "name;street number;street;suburb;postcode\nAcme;12;Abay;Medeu;050000")
    (row,) = read_suppliers([path]).rows.to_pylist()
    assert (row["address"], row["city"], row["postcode"]) == ("12, Abay, 050000", "Medeu", "050000")
