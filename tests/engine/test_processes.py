"""Work is shared out to processes, comes back in order, and a failure is no silence."""

from __future__ import annotations

import os
from importlib import import_module

import pytest

from benchmarks.messy_list import messy_list
from fairlead.engine import duckdb_engine
from fairlead.engine.processes import map_in_processes
from fairlead.errors import EngineError
from fairlead.resolve import who_is_who

PARTS = [["a"], ["b", "c"], [], ["d"], ["e"]]


def joined(shared: str, part: list[str]) -> str:
    return shared.join(part)


def process_id(_: None, part: list[str]) -> int:
    return os.getpid()


def failing(_: None, part: list[str]) -> str:
    raise ValueError("on purpose")


def test_the_answers_come_in_the_order_of_the_parts_however_many_processes_work() -> None:
    expected = ["a", "b-c", "", "d", "e"]
    assert [map_in_processes(joined, "-", PARTS, processes) for processes in (1, 2, 3)] == [expected] * 3


def test_several_processes_work() -> None:
    assert len(set(map_in_processes(process_id, None, PARTS, 2))) == 2


def test_few_parts_are_worked_on_at_once() -> None:
    assert len(set(map_in_processes(process_id, None, PARTS[:3], 2))) == 1


def test_a_failure_in_a_process_is_a_failure_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(EngineError):
        map_in_processes(failing, None, PARTS, 2)
    assert "ValueError: on purpose" in capfd.readouterr().err


def test_parties_are_the_same_when_processes_read_and_lay_out_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = messy_list(1_500)
    with duckdb_engine(threads=1) as alone:
        expected = who_is_who(rows, engine=alone)
    monkeypatch.setattr(import_module("fairlead.resolve.record"), "SAID_AT_A_TIME", 300)
    monkeypatch.setattr(import_module("fairlead.resolve.judge_all"), "RECORDS_AT_A_TIME", 300)
    with duckdb_engine(threads=2) as shared_out:
        found = who_is_who(rows, engine=shared_out)
    assert found.members.equals(expected.members)
    assert found.review.equals(expected.review)
    assert found.groups == expected.groups
