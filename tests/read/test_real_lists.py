"""Reads the public lists that lie beside the checkout, where they do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fairlead.errors import NoHeaderFound
from fairlead.read import read_sheets, read_suppliers

pytestmark = pytest.mark.real_data

#: How many rows of a list may have no country: apple_suppliers.csv has none but in its addresses, where 36 end in
#: "Korea" or in no country at all.
WITHOUT_COUNTRY = {"apple_suppliers.csv": 36}


def lists(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".xls", ".xlsx"))


def test_every_list_of_facilities_is_read_with_its_names_and_countries(real_data: Path) -> None:
    paths = lists(real_data / "facilities")
    assert len(paths) > 30
    for path in paths:
        result = read_suppliers([path])
        (file,) = result.inputs
        assert file.rows_in == file.rows_used + file.rows_rejected > 0, path.name
        assert file.rows_rejected == 0, path.name
        fields = {field for use in result.mapping.sheets[0].columns for field in use.fields}
        assert {"name", "address", "country"} <= fields, path.name
        assert result.rows["country"].null_count == WITHOUT_COUNTRY.get(path.name, 0), path.name
        assert all(name.strip() for name in result.rows["name"].to_pylist()), path.name


def test_no_row_of_a_csv_list_is_lost_or_changed(real_data: Path) -> None:
    for path in sorted((real_data / "facilities").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            expected = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
        (sheet,) = read_sheets(path)
        assert [list(row) for row in sheet.rows] == expected, path.name


def test_open_supply_hub_ids_are_all_right(real_data: Path) -> None:
    rows = read_suppliers([real_data / "facilities" / "os_hub_facilities.csv"]).rows
    identifiers = [each for row in rows["identifiers"].to_pylist() for each in row]
    assert len(identifiers) == rows.num_rows
    assert all(each["scheme"] == "OSID" and each["valid"] for each in identifiers)


def test_the_same_list_is_the_same_in_three_formats(real_data: Path) -> None:
    base = real_data / "facilities"
    kept = ["row", "name", "country", "product"]  # in the workbooks one address was saved with a broken letter
    tables = [read_suppliers([base / f"os_hub_list_12.{kind}"]).rows.select(kept) for kind in ("csv", "xls", "xlsx")]
    assert tables[0].equals(tables[1])
    assert tables[0].equals(tables[2])
    assert tables[0].num_rows == 15


@pytest.mark.parametrize(
    ("name", "heading", "rows"),
    [
        ("cbp_wro_findings_dated.csv", "entity", 54),
        ("cbp_wro_opensanctions_mirror.csv", "company", 61),
        ("eu_32014r0269.csv", "name", 2802),
        ("eu_32014r0833.csv", "name", 1746),
        ("eu_32020r1998.csv", "name", 177),
        ("ofac_alt.csv", "alt_name", 11910),
        ("ofac_sdn.csv", "sdn_name", 8976),
        ("us_dod_chinese_military_companies.csv", "Clean Name", 397),
    ],
)
def test_public_lists_can_be_read_as_supplier_lists(real_data: Path, name: str, heading: str, rows: int) -> None:
    result = read_suppliers([real_data / "lists" / name])
    assert [use.heading for use in result.mapping.sheets[0].uses("name")] == [heading]
    assert (result.rows.num_rows, result.rejected.num_rows) == (rows, 0)


def test_minus_zero_minus_is_no_value(real_data: Path) -> None:
    rows = read_suppliers([real_data / "lists" / "ofac_sdn.csv"]).rows
    for column in ("name", "address", "product", "parent"):
        assert "-0-" not in rows[column].to_pylist()
    assert set(rows["kind"].to_pylist()) == {"company", "person", "vessel", None}


@pytest.mark.parametrize("name", ["ofac_add.csv", "elf_legal_forms.csv"])
def test_a_list_without_names_of_suppliers_is_refused(real_data: Path, name: str) -> None:
    with pytest.raises(NoHeaderFound, match=name):
        read_suppliers([real_data / "lists" / name])
