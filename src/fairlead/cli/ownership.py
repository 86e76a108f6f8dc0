"""`fairlead owners`: who owns and controls whom, as files of ownership data say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import Quiet


def owners_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Ownership data: BODS (JSON, JSON lines) or GLEIF (JSON, XML, CSV)."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="LINKS.csv", help="The file for the table.")],
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="NAME", help="Only those above this party, by its name, number or id."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="As of this day, such as 2026-03-31. [today]"
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Lay out who owns and controls whom: each holding, or everybody above one party with path and share."""
    from fairlead.assess.owners import owners_file
    from fairlead.cli.terminal_progress import terminal_progress

    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    with terminal_progress(quiet=quiet) as progress:
        run = owners_file(paths, out=out, as_of=day, of=of, progress=progress)
    if quiet:
        return
    for one in run.data.inputs:
        typer.echo(f"{one.name}: {one.rows_in} statements read, {one.rows_rejected} of them could not be used")
    typer.echo(f"{run.data.unknown.num_rows} owners are not named by the sources (no data)")
    if run.remarks is not None:
        typer.echo(f"Remarks: {run.remarks}")
    typer.echo(f"{run.rows} rows: {out}")
