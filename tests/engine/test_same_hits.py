"""Who is on a list is the same on every engine: hits, scores and reasons."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import pyarrow as pa
import pytest

from benchmarks.messy_list import messy_list
from fairlead.engine import Engine
from fairlead.screen import ListEntry, find_hits
from fairlead.screen import screen as screening
from tests.screen.builders import AS_OF, parties, watch_list

LENGTH: Final = 3_000
#: Every so-manieth supplier is on the list, as another of its rows writes it.
LISTED: Final = 20


@pytest.fixture(scope="module")
def suppliers() -> pa.Table:
    rows, _ = messy_list(LENGTH)
    return parties(*({"name": name, "country": country} for name, country in _said(rows)))


def _said(rows: pa.Table) -> list[tuple[str, str]]:
    return list(zip(rows["name"].to_pylist(), rows["country"].to_pylist(), strict=True))


def test_the_same_names_are_found_with_the_same_scores_and_reasons(engine: Engine, suppliers: pa.Table) -> None:
    names = suppliers["name"].to_pylist()
    entries = [ListEntry(f"E{n}", name.upper(), locator=f"list.csv:{n}") for n, name in enumerate(names[::LISTED])]
    listed = [watch_list(*entries)]
    expected = find_hits(suppliers, listed, as_of=AS_OF)
    assert len(expected) >= len(entries)
    assert find_hits(suppliers, listed, as_of=AS_OF, engine=engine) == expected
    evidence = screening(suppliers, listed, as_of=AS_OF, engine=engine)
    assert evidence.equals(screening(suppliers, listed, as_of=AS_OF))


def test_parts_that_are_worked_on_apart_give_the_hits_of_the_whole(
    engine: Engine, suppliers: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = suppliers.slice(0, 40)
    listed = [watch_list(*(ListEntry(name, name, locator="list.csv:1") for name in some["name"].to_pylist()[:10]))]
    expected = find_hits(some, listed, as_of=AS_OF)
    monkeypatch.setattr(import_module("fairlead.screen.screen"), "PARTIES_AT_A_TIME", 7)
    assert find_hits(some, listed, as_of=AS_OF, engine=engine) == expected
