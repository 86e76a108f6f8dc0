"""JSON with keys in order, long arrays row by row, and every digit."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import orjson
from hypothesis import given
from hypothesis import strategies as st

from fairlead.write import write_json
from fairlead.write.json_file import dumped

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_the_same_content_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    one = write_json(tmp_path / "one.json", {"b": [1, 2], "a": {"y": 1, "x": 2}})
    other = write_json(tmp_path / "other.json", {"a": {"x": 2, "y": 1}, "b": iter([1, 2])})
    assert one.read_bytes() == other.read_bytes()


@given(st.dictionaries(st.text(), plain, max_size=5))
def test_what_is_written_reads_back(document: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_json(Path(folder) / "a.json", document)
        assert orjson.loads(path.read_bytes()) == document


def test_money_is_text_and_a_date_is_a_day() -> None:
    assert dumped({"a": Decimal("0.1000"), "b": date(2026, 3, 31)}) == b'{"a":"0.1","b":"2026-03-31"}'
