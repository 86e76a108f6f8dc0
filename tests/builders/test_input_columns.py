"""The page of the input columns is what column_names.yaml says."""

from __future__ import annotations

from builders import input_columns
from fairlead.read.limits import MAX_CELLS, MAX_FILE_BYTES, MAX_UNPACKED_BYTES, MEGABYTE
from fairlead.reference import load_yaml


def test_the_page_is_up_to_date() -> None:
    advice = "run ./run build input-columns"
    assert input_columns.PAGE.read_text(encoding="utf-8") == input_columns.page(), advice


def test_every_field_and_scheme_is_on_the_page() -> None:
    page, table = input_columns.page(), load_yaml("column_names")
    assert all(f"### {field}\n" in page for field in table["fields"])
    assert all(f"| {scheme} |" in page for scheme in table["identifiers"])


def test_the_page_tells_the_limits() -> None:
    page = input_columns.page()
    assert f"{MAX_FILE_BYTES // MEGABYTE} MB, unpack to {MAX_UNPACKED_BYTES // MEGABYTE:,} MB" in page
    assert f"{MAX_CELLS // 1_000_000} million cells" in page
