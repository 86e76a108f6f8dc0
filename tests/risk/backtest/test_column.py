"""What was published after the list that is foretold is marked so, by the dates of the sources themselves."""

from __future__ import annotations

from datetime import date

import pytest

from fairlead.reference.source import source_records
from fairlead.risk.backtest import BASELINES, Backtest
from fairlead.risk.backtest.baselines import BASELINE_COLUMNS
from fairlead.risk.backtest.column import TRAINING, Column
from fairlead.risk.backtest.joined import COLUMNS


@pytest.mark.parametrize("column", (*COLUMNS, *BASELINE_COLUMNS), ids=lambda column: column.name)
def test_a_column_was_published_when_its_source_was(column: Column) -> None:
    assert column.published in {TRAINING, source_records()[column.source_id].published}


def test_every_baseline_says_what_it_is_made_of() -> None:
    assert [column.name for column in BASELINE_COLUMNS] == list(BASELINES)


@pytest.mark.parametrize(
    ("published", "late"),
    [("2015-07", False), ("2016-09-30", False), ("2016-10-01", True), ("2016", True), (TRAINING, False)],
)
def test_what_may_have_been_published_after_the_day_is_marked(published: str, late: bool) -> None:
    column = Column("x", "risk", "x", "x", "2015", published)
    assert column.after_label(date(2016, 9, 30)) is late
    assert column.to_json(date(2016, 9, 30))["published_after_the_label"] is late


def test_columns_and_baselines_are_marked_in_the_results(small_backtest: Backtest) -> None:
    about = small_backtest.to_json()["about"]
    late = {each["name"] for each in about["columns_of_the_joined_model"] if each["published_after_the_label"]}
    assert late == {"rating", "share", "law"}
    late = {each["name"] for each in about["baselines"] if each["published_after_the_label"]}
    assert late == {"production_share", "rule_of_law"}
