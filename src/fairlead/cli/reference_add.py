"""`fairlead reference add`: puts large tables that the user has downloaded into FAIRLEAD_HOME."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from collections.abc import Iterator

    from fairlead.model.input_output import Corrections

app = typer.Typer(no_args_is_help=True, help="Add tables that are too large or not free to be shipped.")


@app.command("io")
def io_command(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A table of WIOD, OECD ICIO, EXIOBASE 3 or GLORIA, as downloaded."),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="Which year, where the file holds several or does not say.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the tables that have been added, and add none.")] = False,
) -> None:
    """Add an input-output table for `fairlead risk upstream`: check it and keep it in FAIRLEAD_HOME."""
    from fairlead.errors import OptionError

    if listed:
        _print_tables()
        return
    if path is None:
        raise OptionError("There is no file to add.", do="Give the table as downloaded, or --list to see those added.")
    from fairlead.read.input_output import read_input_output
    from fairlead.reference.input_output_store import keep_table

    table = read_input_output(path, year)
    folder = keep_table(table)
    typer.echo(
        f"{table.name}: {len(table.regions)} regions, {len(table.industries)} industries, {table.inputs.nnz:,} flows; "
        f"kept in {folder}."
    )
    for line in _corrected(table.corrections):
        typer.echo(line)
    typer.echo(f"Terms of the table: {table.licence or 'not known; read those of its publisher'}.")
    if table.year is None:
        typer.echo("The file does not say its year; give it with --year so that the table is named by it.")
    if table.scheme == "other":
        typer.echo(
            "Its codes are not known. To use it, name its regions and industries in your copies of the tables "
            "io_schemes, io_regions and io_industries, and add it again."
        )


def _corrected(corrections: Corrections) -> Iterator[str]:
    if corrections.negative_flows:
        yield (
            f"{corrections.negative_flows:,} negative values were set to 0; they come to "
            f"{corrections.negative_share:.3%} of all output (changes of stocks, or the publisher's balancing)."
        )
    if corrections.circular:
        yield (
            f"{corrections.circular:,} industries buy their whole output or more from themselves; what they buy is "
            "left out."
        )


def _print_tables() -> None:
    from fairlead.cli.plain_table import print_table
    from fairlead.reference.input_output_store import kept_tables

    tables = kept_tables()
    if not tables:
        typer.echo("No input-output table has been added. Add one with `fairlead reference add io FILE`.")
        return
    heading = ("table", "year", "edition", "regions", "industries", "unit", "sha256", "terms")
    rows = [
        (
            one.name,
            str(one.year or ""),
            one.edition,
            str(one.regions),
            str(one.industries),
            one.unit,
            one.sha256[:12],
            one.licence,
        )
        for one in tables
    ]
    print_table(heading, rows, right=("regions", "industries"), whole=("table", "year"))
