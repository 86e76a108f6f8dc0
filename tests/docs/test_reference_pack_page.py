"""The page of the reference pack tells of every table that the program carries."""

from __future__ import annotations

from fairlead.reference import data_folder
from tests.docs.pages import DOCS, text


def test_every_reference_table_is_named_on_the_page() -> None:
    page = text(DOCS / "reference" / "reference-pack.md")
    tables = sorted(path.name for path in data_folder().iterdir() if path.suffix in {".csv", ".yaml"})
    assert "countries.csv" in tables
    assert [table for table in tables if table not in page and table.rpartition(".")[0] not in page] == []
