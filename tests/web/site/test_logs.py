"""Logs tell what happened and nothing of whom or what was written."""

from __future__ import annotations

import logging
import sys

import orjson
import pytest
from django.conf import settings
from django.test import Client

from fairlead.web.site.logs import JsonLines
from tests.web.conftest import Cast


@pytest.fixture
def lines() -> list[dict[str, object]]:
    """What the root logger writes, as lines of JSON, however little it usually writes."""
    written: list[dict[str, object]] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(orjson.loads(JsonLines().format(record)))

    handler = Keeping()
    loggers = [logging.getLogger(name) for name in ("", "django.request", "axes", "django.security.csrf")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def test_requests_that_fail_leave_no_address_name_or_query(cast: Cast, lines: list[dict[str, object]]) -> None:
    browser = cast.client(cast.alice)
    browser.get("/o/ministry/Grey-Stork/", {"q": "Grey Stork"})
    browser.get("/o/ministry/parties/", {"q": "Grey Stork"})
    Client(enforce_csrf_checks=True).post("/me/", {"name": "Grey Stork"})
    own = [line for line in lines if not str(line["part"]).startswith(("axes", "django.db"))]
    assert own
    said = orjson.dumps(own).decode()
    assert "Stork" not in said
    assert cast.alice.email not in said


def test_an_error_tells_its_kind_and_place_and_not_its_words() -> None:
    try:
        raise ValueError("Grey Stork, aigul@example.org")
    except ValueError:
        record = logging.LogRecord("fairlead", logging.ERROR, __file__, 1, "it failed", (), sys.exc_info())
    line = orjson.loads(JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][0]
    assert "Stork" not in str(line)


def test_libraries_that_would_log_people_are_kept_quiet() -> None:
    assert settings.LOGGING["loggers"]["axes"]["level"] == "ERROR"
    assert settings.LOGGING["formatters"]["json"]["()"] == "fairlead.web.site.logs.JsonLines"


def test_wrong_passwords_are_not_logged_with_the_address(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(9):
        Client().post("/account/login/", {"login": cast.alice.email, "password": f"wrong {number}"})
    written = capsys.readouterr()
    assert cast.alice.email not in written.out + written.err
