"""The page of the reference pack is what the tables say."""

from __future__ import annotations

from builders import reference_docs
from fairlead.reference import load_csv
from fairlead.reference.table import tables


def test_the_page_is_up_to_date() -> None:
    advice = "run ./run build reference-docs"
    assert reference_docs.PAGE.read_text(encoding="utf-8") == reference_docs.page(), advice


def test_every_table_column_and_source_is_on_the_page() -> None:
    page = reference_docs.page()
    for entry in tables().values():
        assert f"### {entry.name}\n" in page
        assert all(f"| `{column.name}` |" in page for column in entry.columns)
    for row in load_csv("sources"):
        assert f"### Source {row['source_id']}\n" in page
