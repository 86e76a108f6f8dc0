"""The import bans of the reference pack as lists of names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairlead.reference import load_csv
from fairlead.screen import About, reference_list, reference_lists, screen
from tests.screen.builders import parties

LATER = date(2026, 6, 30)


def names(as_of: date) -> set[str]:
    return {entry.name for found in reference_lists(as_of) for entry in found.entries}


def test_parties_are_taken_and_goods_of_a_region_are_not() -> None:
    rows = load_csv("import_bans")
    assert names(LATER) == {row["entity"] for row in rows if row["scope"] == "entity" and row["date"] <= "2026-06-30"}
    assert not names(LATER) & {row["entity"] for row in rows if row["scope"] == "region_good"}
    assert all(found.about is About.IMPORT_BAN for found in reference_lists(LATER))


def test_an_order_made_later_is_not_yet_on_the_list() -> None:
    assert "Hoshine Silicon Industry Co., Ltd." in names(date(2021, 6, 24))
    assert "Hoshine Silicon Industry Co., Ltd." not in names(date(2021, 6, 23))


def test_every_party_named_is_found_by_its_own_name() -> None:
    kinds = {"vessel": "vessel", "public_body": "public_body"}
    rows = [row for row in load_csv("import_bans") if row["scope"] == "entity" and row["date"] <= LATER.isoformat()]
    table = parties(
        *(
            {"name": row["entity"], "country": row["iso3"], "kind": kinds.get(row["entity_kind"], "company")}
            for row in rows
        )
    )
    found = screen(table, reference_lists(LATER), as_of=LATER).to_pylist()
    listed = {row["subject_id"] for row in found if row["finding"] == "listed_import_ban"}
    assert listed == {f"pty_{number}" for number in range(len(rows))}


@pytest.mark.parametrize("status", ["modified", "inactive", "revoked"])
def test_an_order_that_is_no_longer_active_has_ended(monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    row: dict[str, Any] = {
        **next(row for row in load_csv("import_bans") if row["scope"] == "entity"),
        "entity": "Quillon Harrow Gloves",
        "iso3": "MYS",
        "entity_kind": "company",
        "status": status,
        "status_date": "2024-01-31",
    }
    monkeypatch.setattr(reference_list, "load_csv", lambda _: (row,))
    table = parties({"name": "Quillon Harrow Gloves", "country": "MYS"})
    after, before = (screen(table, reference_lists(day), as_of=day).to_pylist()[0] for day in (LATER, date(2023, 1, 1)))
    assert (after["value"], after["event_date"]) == ("ended", "2024-01-31")
    assert (before["value"], before["event_date"]) == ("in_force", row["date"])
