"""`fairlead reference`: what facts the program carries, where they come from, and how old they are."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Show, check and update the facts that the program carries.")
