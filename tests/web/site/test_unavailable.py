"""While the database is away every page says so, with 503, and asks nothing of the database to say it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.test import Client

from fairlead.web.api.models import ApiToken
from fairlead.web.site.unavailable import unavailable
from tests.web.conftest import Cast

SAID = "The database of the workbench cannot be reached"


def caused(error: Exception, **told: Any) -> Exception:
    """Return an error of Django with the cause that a database gives it."""
    cause = sqlite3.OperationalError("said by the database") if "sqlite_errorname" in told else Exception()
    for name, value in told.items():
        setattr(cause, name, value)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("connection failed"), "away"),  # nothing listens: there is no state
        (InterfaceError("the connection is closed"), "away"),
        (caused(OperationalError(), sqlstate="57P01"), "away"),  # told to stop
        (caused(OperationalError(), sqlstate="57P03"), "away"),  # starting
        (caused(OperationalError(), sqlstate="08006"), "away"),
        (caused(OperationalError(), sqlstate="53300"), "away"),  # too many connections
        (caused(OperationalError(), sqlite_errorname="SQLITE_CANTOPEN"), "away"),
        (caused(OperationalError(), sqlite_errorname="SQLITE_IOERR_READ"), "away"),
        (caused(OperationalError(), sqlstate="40P01"), "busy"),  # two waited for each other
        (caused(OperationalError(), sqlstate="57014"), "busy"),
        (caused(OperationalError(), sqlite_errorname="SQLITE_BUSY"), "busy"),
        (caused(OperationalError(), sqlstate="53100"), None),  # the disk is full: trying again does not help
        (caused(OperationalError(), sqlite_errorname="SQLITE_ERROR"), None),  # a table that is not there
        (ProgrammingError("no such column"), None),
        (ValueError(), None),
        (None, None),
    ],
)
def test_an_error_says_whether_the_database_is_away_or_busy(error: Exception | None, said: str | None) -> None:
    assert unavailable(error) == said


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = cast.client(cast.alice)
    client.raise_request_exception = False
    return client


@pytest.fixture
def asked() -> list[str]:
    """What was asked of the database after it went away."""
    return []


@pytest.fixture
def away(db: None, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> Iterator[pytest.MonkeyPatch]:
    """Have the database away from now on: whatever is asked of it fails."""

    def fail(self: object, *given: Any, **_: Any) -> None:
        asked.append(str(given))
        raise OperationalError("connection to server failed: host=secret.example")

    with monkeypatch.context() as patched:
        for kind, name in ((CursorWrapper, "execute"), (BaseDatabaseWrapper, "connect")):
            patched.setattr(kind, name, fail)
        patched.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda _self: None)
        yield patched


@pytest.mark.parametrize("path", ["/", "/me/", "/o/ministry/parties/", "/o/ministry/overview/", "/q/some-token/"])
def test_a_page_says_that_the_database_is_away_and_what_to_do(
    path: str, browser: Client, away: None, asked: list[str]
) -> None:
    answer = browser.get(path)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert SAID in page
    assert "Nothing that was saved is lost" in page
    assert "fairlead doctor" in page
    assert f'href="{path}"' in page  # trying again is one click
    assert "secret.example" not in page
    assert "no-store" in answer["Cache-Control"]
    assert len(asked) == 1, "saying that the database is away asks nothing of it"


def test_what_was_typed_is_shown_again_while_the_database_is_away(browser: Client, away: None) -> None:
    answer = browser.post("/o/ministry/parties/add/", {"name": "Grey <b>Stork</b> Mills", "password": "hidden"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Grey &lt;b&gt;Stork&lt;/b&gt; Mills" in page
    assert "hidden" not in page.replace('type="hidden"', "").replace('class="hidden"', "")
    assert "see whether this last step was kept" in page


def test_a_form_that_another_site_sent_is_not_shown_while_the_database_is_away(
    browser: Client, away: None, cast: Cast
) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = browser.cookies
    sent = {"name": "Grey Stork Mills"}
    answer = strict.post("/o/ministry/parties/add/", sent, headers={"origin": "https://evil.example"})
    assert answer.status_code == 503
    assert "Stork" not in answer.content.decode()


def test_the_page_is_in_the_language_of_the_browser_or_cookie(browser: Client, away: None) -> None:
    browser.cookies["django_language"] = "fr"
    answer = browser.get("/me/")
    assert answer.status_code == 503
    assert '<html lang="fr"' in answer.content.decode()


def test_a_database_that_is_busy_says_so_with_503(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise caused(OperationalError("database is locked"), sqlite_errorname="SQLITE_BUSY")

    monkeypatch.setattr("fairlead.web.accounts.views.ProfileForm", busy)
    answer = browser.get("/me/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "The database is busy" in answer.content.decode()


def test_a_mistake_in_a_query_is_ours_and_no_503(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise caused(OperationalError("no such table"), sqlite_errorname="SQLITE_ERROR")

    monkeypatch.setattr("fairlead.web.accounts.views.ProfileForm", wrong)
    answer = browser.get("/me/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


@pytest.mark.parametrize("cookie", [False, True])
def test_programs_are_told_by_a_problem(cookie: bool, browser: Client, away: None) -> None:
    client = browser if cookie else Client(raise_request_exception=False)  # a session is looked for before the token
    answer = client.get("/api/organisations", headers={"authorization": "Bearer fairlead_x"})
    told = answer.json()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Content-Type"] == "application/problem+json"
    assert told["type"] == "urn:fairlead:problem:away"
    assert "cannot be reached" in told["what"]
    assert "Idempotency-Key" in told["do"]


def test_an_interface_that_is_closed_is_told_to_programs_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise InterfaceError("the connection is closed")

    monkeypatch.setattr(ApiToken, "objects", SimpleNamespace(filter=closed, select_related=closed, get=closed))
    answer = Client().get("/api/organisations", headers={"authorization": "Bearer fairlead_x"})
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:fairlead:problem:away"


def test_ready_says_which_part_is_away_and_live_goes_on(away: None) -> None:
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "does not answer (OperationalError)"
    assert answer.json()["parts"]["worker"] == "cannot be looked at"
    assert Client().get("/health/live").status_code == 200


def test_ready_outlives_a_connection_that_is_closed(away: pytest.MonkeyPatch, asked: list[str]) -> None:
    def closed(*_: object, **__: object) -> None:
        asked.append("closed")
        raise InterfaceError("the connection is closed")

    away.setattr(CursorWrapper, "execute", closed)
    answer = Client().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "does not answer (InterfaceError)"
