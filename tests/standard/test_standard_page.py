"""The page on the standard is made from its files."""

from __future__ import annotations

from builders import standard
from fairlead.standard import shipped_standard


def test_the_page_is_what_the_builder_makes() -> None:
    assert standard.PAGE.read_text(encoding="utf-8") == standard.page(), "run ./run build standard"


def test_every_provision_and_question_is_on_the_page() -> None:
    page = standard.page()
    for one in shipped_standard().provisions:
        assert f"`{one.key}`" in page
        assert all(f"`{question.key}`" in page for question in one.questions)
