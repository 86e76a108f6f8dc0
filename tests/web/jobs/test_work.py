"""The worker outlives a database that is away for a moment, such as one that is started again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from fairlead.web.jobs import run
from fairlead.web.jobs.beat import alive
from fairlead.web.jobs.management.commands import work

pytestmark = pytest.mark.django_db


def away(*_args: Any, **_options: Any) -> None:
    raise OperationalError("the connection is closed")


def test_the_worker_goes_on_when_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def worker(name: str, **_options: Any) -> None:
        asked.append(name)
        if len(asked) < 3:
            away()

    monkeypatch.setattr(work, "call_command", worker)
    monkeypatch.setattr(work, "_AWAY", 0)
    call_command("work")
    assert asked == ["db_worker"] * 3


def test_other_failures_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def worker(name: str, **_options: Any) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(work, "call_command", worker)
    with pytest.raises(ZeroDivisionError):
        call_command("work")
    assert not alive()


@pytest.mark.parametrize("part", ["take_up_interrupted", "do_what_is_due"])
def test_what_could_not_be_looked_for_is_looked_for_later(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, part, away)
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
