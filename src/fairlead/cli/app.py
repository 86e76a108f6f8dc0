"""The program `fairlead`: its commands and what happens when one of them fails."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fairlead import __version__
from fairlead.cli import (
    assess,
    audit,
    backup,
    compare,
    doctor,
    judge,
    ownership,
    reconcile,
    reference,
    report,
    resolve,
    restore,
    risk,
    screen,
    serve,
    unlock,
)
from fairlead.errors import FairleadError

#: The exit code for every error that Fairlead raises on purpose.
EXIT_ERROR = 2

app = typer.Typer(
    name="fairlead",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Helps to prevent trafficking in human beings for labour exploitation in supply chains.",
)
app.command("assess")(assess.assess_command)
app.command("report")(report.report_command)
app.command("screen")(screen.screen_command)
app.command("compare")(compare.compare_command)
app.command("resolve")(resolve.resolve_command)
app.add_typer(judge.app, name="judge")
app.add_typer(reconcile.app, name="reconcile")
app.command("owners")(ownership.owners_command)
app.add_typer(risk.app, name="risk")
app.add_typer(reference.app, name="reference")
app.add_typer(audit.app, name="audit")
app.command("serve")(serve.serve_command)
app.command("doctor")(doctor.doctor_command)
app.command("backup")(backup.backup_command)
app.command("restore")(restore.restore_command)
app.command("unlock")(unlock.unlock_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fairlead {__version__}")
        raise typer.Exit


@app.callback()
def fairlead(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Helps to prevent trafficking in human beings for labour exploitation in supply chains."""


def main() -> None:
    """Run the command line; an error of Fairlead's own becomes one message and exit code 2."""
    try:
        app()
    except FairleadError as error:
        typer.echo(f"fairlead: {error}", err=True)
        sys.exit(EXIT_ERROR)
