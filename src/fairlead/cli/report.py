"""`fairlead report`: the report of an assessment that was made before, in another language or for other readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import Quiet


def report_command(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that `fairlead assess` wrote, or one with a snapshot.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the report and its tables.")],
    lang: Annotated[str, typer.Option("--lang", metavar="en|ru|kk|fr", help="The language of the report.")] = "en",
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also write report.pdf.")] = True,
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Also show evidence that only those who handle the case may see."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write the report of an assessment again: nothing is assessed, and the files are those of that day."""
    from fairlead.assess.report_of import report_of_folder
    from fairlead.cli.terminal_progress import terminal_progress

    with terminal_progress(quiet=quiet) as progress:
        assessment = report_of_folder(folder, out=out, language=lang, pdf=pdf, restricted=restricted, progress=progress)
    if not quiet:
        typer.echo(f"{assessment.parties.num_rows} parties, as of {assessment.as_of.isoformat()}")
        typer.echo(f"Report: {out / 'report.html'}")
