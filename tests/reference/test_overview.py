"""The pack at a glance."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from fairlead.reference import data_folder, load_csv
from fairlead.reference.overview import overview
from fairlead.reference.table import tables

DAY = date(2026, 3, 31)


def test_every_table_is_in_it() -> None:
    assert {use.table.name for use in overview(DAY)} == set(tables())


def test_the_rows_of_its_sources_add_up_to_the_table() -> None:
    for name in ("tip_tiers", "import_bans", "country_groups"):
        assert sum(use.rows for use in overview(DAY) if use.table.name == name) == len(load_csv(name))


def test_an_edition_grows_old() -> None:
    def is_old(day: date) -> bool:
        return next(use.old for use in overview(day) if use.table.name == "goods_listed")

    assert not is_old(date(2022, 12, 1))
    assert is_old(DAY)


def test_unchecked_rows_are_counted() -> None:
    unchecked = {use.source.source_id: use.unchecked for use in overview(DAY) if use.table.name == "goods_listed"}
    assert unchecked == {"us_dol_goods": 0}
    bans = [use for use in overview(DAY) if use.table.name == "import_bans"]
    assert [use.unchecked for use in bans] == [use.rows for use in bans]


def test_a_table_of_the_user_s_is_said_to_be_one(home: Path) -> None:
    (home / "reference").mkdir(parents=True)
    shutil.copy(data_folder() / "indicators.csv", home / "reference")
    assert {use.table.name for use in overview(DAY) if use.updated} == {"indicators"}
