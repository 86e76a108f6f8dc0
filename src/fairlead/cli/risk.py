"""`fairlead risk`: what the rating rests on, and questions put to it."""

from __future__ import annotations

import typer

from fairlead.cli import risk_upstream

app = typer.Typer(no_args_is_help=True, help="Ask the risk model: what stands behind a purchase, and why.")
app.command("upstream")(risk_upstream.upstream_command)
