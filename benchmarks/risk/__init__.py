"""The benchmark of risk: the backtest, spread along links, and exposure upstream, beside peers in the same run."""

from __future__ import annotations

from benchmarks.risk.sections import main

__all__ = ["main"]
