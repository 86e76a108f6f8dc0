"""Holds the rating against lists that came out otherwise: five tests, with baselines, intervals and a placebo."""

from fairlead.risk.backtest.baselines import BASELINES
from fairlead.risk.backtest.protocol import backtest
from fairlead.risk.backtest.result import FIGURES, Backtest, Figures, TestResult
from fairlead.risk.backtest.setting import Setting, shipped_setting
from fairlead.risk.backtest.variants import VARIANTS

__all__ = [
    "BASELINES",
    "FIGURES",
    "VARIANTS",
    "Backtest",
    "Figures",
    "Setting",
    "TestResult",
    "backtest",
    "shipped_setting",
]
