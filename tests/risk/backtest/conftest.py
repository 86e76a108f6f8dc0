"""A small backtest: a few goods of the shipped universe, three folds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fairlead.risk.backtest import Backtest, Setting, backtest, shipped_setting

GOODS = ("cattle", "coal", "cotton", "gold", "sugarcane")


@pytest.fixture(scope="session")
def small() -> Setting:
    """The pairs of five goods, and everything else as it is shipped."""
    setting = shipped_setting()
    universe = setting.universe.only(np.isin(setting.universe.good, GOODS))
    return replace(setting, universe=universe, folds=3, samples=200)


@pytest.fixture(scope="session")
def small_backtest(small: Setting) -> Backtest:
    """The whole protocol on the small set."""
    return backtest(small)
