from __future__ import annotations

import re

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


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]))
TRICKY = st.from_regex(r"('|=|_x00[0-9a-f]{2}_)+", fullmatch=True)


@given(PRINTABLE | TRICKY)
def test_every_text_comes_back_and_none_can_run(text: str) -> None:
    cell = form_text(text)
    assert safe_text(cell) == cell
    read = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), cell)  # as programs undo the escape
    assert text_of_form(read) == text


@pytest.mark.parametrize("text", ["a\x00b", "'\x1f", "=\x0b"])
def test_signs_that_no_workbook_may_hold_are_replaced(text: str) -> None:
    assert "\ufffd" in form_text(text)
