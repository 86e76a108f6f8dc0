"""`fairlead risk backtest` from the command line, on a small set of goods."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import fairlead.risk.backtest as room
from fairlead.cli.app import app

RUN = CliRunner()

#: What every test and every baseline has in the JSON.
CONTRACT = {
    "auc",
    "auc_low",
    "auc_high",
    "auc_matched",
    "average_precision",
    "recall_at_10",
    "log_loss",
    "ece",
    "coverage_90",
    "n",
    "positives",
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three goods, two folds and few samples in place of the whole universe."""
    shipped = room.shipped_setting

    def setting(*, seed: int = 0) -> room.Setting:
        whole = shipped(seed=seed)
        universe = whole.universe.only(np.isin(whole.universe.good, ("cotton", "gold", "tea")))
        return replace(whole, universe=universe, folds=2, samples=50)

    monkeypatch.setattr(room, "shipped_setting", setting)


def test_as_json_every_test_is_an_object_with_its_baselines() -> None:
    result = RUN.invoke(app, ["risk", "backtest", "--json"], catch_exceptions=False)
    document = json.loads(result.output)
    for name in ("leave_country_out", "leave_good_out", "temporal", "out_of_source", "placebo"):
        assert set(document[name]) > CONTRACT
        assert list(document[name]["baselines"]) == sorted(room.BASELINES)
        assert all(set(figures) > CONTRACT for figures in document[name]["baselines"].values())


def test_without_options_tables_are_printed_with_what_is_shown_as_risk(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["risk", "backtest", "--out", str(tmp_path / "out")], catch_exceptions=False)
    assert result.exit_code == 0
    assert "What a person sees as risk is the rating alone." in result.output
    assert "the rating, shown to people" in result.output
    assert (tmp_path / "out" / "backtest.json").is_file()
    assert len(list((tmp_path / "out").glob("*.svg"))) == 4
