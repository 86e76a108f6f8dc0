"""What the page on the mapping shows can be read, and it tells of every key."""

from __future__ import annotations

import re
from pathlib import Path

from fairlead.read import ColumnUse, SheetMapping, read_mapping

from .files import text_file

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "correct-the-column-mapping.md"


def test_every_example_on_the_page_is_a_mapping(tmp_path: Path) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert len(examples) == 2
    for example in examples:
        assert read_mapping(text_file(tmp_path / "mapping.yaml", example)).sheets[0].uses("name")


def test_every_key_of_a_mapping_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for key in (*ColumnUse.model_fields, *SheetMapping.model_fields):
        assert f"`{key}`" in page or f"{key}:" in page, key
