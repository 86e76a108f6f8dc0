"""`fairlead risk`: the commands about ratings."""

from __future__ import annotations

import typer

from fairlead.cli import risk_backtest, risk_upstream

app = typer.Typer(no_args_is_help=True, help="Rate cases, and see what ratings are made of and worth.")
app.command("backtest")(risk_backtest.backtest_command)
app.command("upstream")(risk_upstream.upstream_command)


@app.callback()
def risk() -> None:
    """Rate cases, and see what ratings are made of and worth."""
