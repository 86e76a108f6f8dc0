"""`fairlead risk`: the commands about ratings."""

from __future__ import annotations

import typer

from fairlead.cli import (
    risk_backtest,
    risk_compare,
    risk_explain,
    risk_fairness,
    risk_rate,
    risk_sensitivity,
    risk_spread,
    risk_upstream,
)

app = typer.Typer(no_args_is_help=True, help="Rate cases, and see what ratings are made of and worth.")
app.command("rate")(risk_rate.rate_command)
app.command("explain")(risk_explain.explain_command)
app.command("compare")(risk_compare.compare_ratings_command)
app.command("fairness")(risk_fairness.fairness_command)
app.command("sensitivity")(risk_sensitivity.sensitivity_command)
app.command("backtest")(risk_backtest.backtest_command)
app.command("spread")(risk_spread.spread_command)
app.command("upstream")(risk_upstream.upstream_command)
