"""What was done stands in words on the pages, and by its short name in exports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

import fairlead.web
from fairlead.remedy import moves
from fairlead.web.audit.chain import record
from fairlead.web.audit.words import WORDS, numbered, words_of
from tests.web.conftest import Cast


def _recorded() -> Iterator[str]:
    """The short names that are written out where something is put on record."""
    for path in Path(fairlead.web.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"record", "_told", "_note"}
            ):
                name = node.args[0] if node.args else None
                if isinstance(name, ast.Constant) and "." in str(name.value):
                    yield str(name.value)


def test_whatever_is_put_on_record_has_words() -> None:
    found = set(_recorded()) | {f"action.{key}" for key in moves()}
    assert len(found) > 50
    assert sorted(found - set(WORDS)) == []


def test_what_has_no_words_is_shown_by_its_short_name() -> None:
    assert words_of("party.merged") == "parties merged"
    assert words_of("something.new") == "something.new"


@pytest.mark.django_db
def test_the_log_and_the_overview_say_in_words_what_was_done_and_an_export_keeps_the_short_name(cast: Cast) -> None:
    record("party.merged", organisation=cast.ministry, actor=cast.alice)
    alice = cast.client(cast.alice)
    assert "parties merged" in alice.get("/o/ministry/audit/").content.decode()
    exported = alice.get("/o/ministry/audit/?export=csv")
    body = b"".join(exported.streaming_content) if exported.streaming else exported.content
    assert b"party.merged" in body
    assert "parties merged" not in body.decode()
    overview = alice.get("/o/ministry/overview/").content.decode()
    assert "parties merged" in overview
    assert "party.merged" not in overview


def test_what_has_a_number_is_told_in_the_language_of_the_reader_and_an_id_as_it_stands() -> None:
    with override("ru"):
        assert numbered("import 3") == "импорт 3"
        assert numbered("import 3 undone") == "импорт 3 отменён"
        assert numbered("pty_0123456789abcdef") == "pty_0123456789abcdef"
        assert numbered("merge 3") == "merge 3"
    with override("en"):
        assert numbered("questionnaire 12") == "questionnaire 12"


@pytest.mark.django_db
def test_of_background_work_the_log_says_what_it_was(cast: Cast) -> None:
    record("job.done", organisation=cast.ministry, actor=cast.alice, subject="1", detail={"kind": "imports.commit"})
    page = cast.client(cast.alice).get("/o/ministry/audit/").content.decode()
    assert "background work done" in page
    assert "Committing the import" in page


@pytest.mark.django_db
def test_the_log_says_in_words_by_what_somebody_without_an_account_acted(cast: Cast) -> None:
    record("questionnaire.submitted", organisation=cast.ministry, actor=None, by="supplier link")
    alice = cast.client(cast.alice)
    assert "supplier’s link" in alice.get("/o/ministry/audit/").content.decode()
    assert "supplier’s link" in alice.get("/o/ministry/overview/").content.decode()
    exported = alice.get("/o/ministry/audit/?export=csv")
    assert b"supplier link" in (b"".join(exported.streaming_content) if exported.streaming else exported.content)


def test_a_russian_date_ends_without_a_full_stop() -> None:
    with override("ru"):
        assert date_format(date(2026, 12, 6), "DATE_FORMAT") == "6 декабря 2026"
