"""The worker outlives a database that is away for a moment, such as one that is started again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError

from fairlead.web.jobs import run
from fairlead.web.jobs.beat import alive
from fairlead.web.jobs.management.commands import work

pytestmark = pytest.mark.django_db


def away(*_args: Any, **_options: Any) -> None:
    raise OperationalError("the connection is closed")


def closed(*_args: Any, **_options: Any) -> None:
    raise InterfaceError("the connection is closed")


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Whether the worker has looked for interrupted work; it does so in a thread that would outlive the test."""
    looked = threading.Event()
    monkeypatch.setattr(work, "look", lambda _name: looked.set())
    return looked


def test_what_was_interrupted_is_looked_for_as_soon_as_a_worker_starts(
    looks: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_PAUSE", 3600)
    found: list[bool] = []
    monkeypatch.setattr(work, "call_command", lambda *_given, **_options: found.append(looks.wait(10)))
    call_command("work")
    assert found == [True]


def test_the_worker_goes_on_when_the_database_is_back(looks: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def worker(name: str, **_options: Any) -> None:
        asked.append(name)
        if len(asked) < 3:
            away()

    monkeypatch.setattr(work, "call_command", worker)
    monkeypatch.setattr(work, "_AWAY", 0)
    call_command("work")
    assert asked == ["db_worker"] * 3


def test_other_failures_end_the_worker(looks: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    def worker(name: str, **_options: Any) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(work, "call_command", worker)
    with pytest.raises(ZeroDivisionError):
        call_command("work")
    assert not alive()


@pytest.mark.parametrize("fails", [away, closed])
@pytest.mark.parametrize("part", ["take_up_interrupted", "do_what_is_due"])
def test_what_could_not_be_looked_for_is_looked_for_later(
    part: str, fails: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, part, fails)
    work.look("a worker")
    assert alive()


def test_a_beat_that_could_not_be_written_does_not_end_the_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        filter = staticmethod(away)

    let_go: list[str] = []
    monkeypatch.setattr(run.Job, "objects", Away)
    monkeypatch.setattr(run.connection, "close", lambda: let_go.append("connection"))
    run._show_beat(1)
    assert let_go == ["connection"]
