"""Messages pass through Arrow tables unharmed."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from fairlead.model.message import Message, message
from fairlead.model.message_type import MESSAGE_TYPE


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_a_message_comes_back_from_an_arrow_column_as_it_was(template: str, values: dict[str, str]) -> None:
    column = pa.array([Message(template, values).to_arrow()], MESSAGE_TYPE)
    assert Message.from_arrow(column.to_pylist()[0]) == Message(template, values)


def test_values_are_kept_by_name() -> None:
    assert message("{good} from {country}", good="cotton", country="TKM").values == {"good": "cotton", "country": "TKM"}


def test_a_message_as_text_is_english_with_numbers_as_english_writes_them() -> None:
    told = message("“{name}” has {count:number} rows in {what:term}.", name="a {list}", count="20000", what="a table")
    assert str(told) == "“a {list}” has 20,000 rows in a table."
