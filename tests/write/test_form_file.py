from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.write.form_file import form_text, text_of_form
from fairlead.write.safe_cell import safe_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("'quoted", "''quoted"), ("plain", "plain"), ("'=1", "''=1")],
)
def test_a_cell_of_a_form_cannot_run_and_gives_its_text_back(text: str, cell: str) -> None:
    assert form_text(text) == cell
    assert text_of_form(cell) == text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
def test_every_text_comes_back(text: str) -> None:
    cell = form_text(text).replace("_x005F_", "_")
    assert text_of_form(cell) == safe_text(text).removeprefix("'") or text_of_form(cell) == text
    assert safe_text(cell) == cell
