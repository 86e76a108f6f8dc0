"""`fairlead screen`: is one of these names on a list?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import Engine, LanguageOfReasons, Ownership, Quiet


def screen_command(
    names: Annotated[
        Path,
        typer.Argument(
            metavar="NAMES",
            help="A table with the column name and, where known, id, country and kind (CSV, TSV, XLSX, XLS, ODS).",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="HITS.csv", help="The file for the hits.")],
    lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--list",
            metavar="LIST",
            help="A list to screen against; may be repeated. Without it the lists of the reference pack are taken.",
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="Screen as of this day, such as 2026-03-31. [today]"
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="EARLIER.csv",
            help="The hits of an earlier run; what has changed since is printed and written beside the hits.",
        ),
    ] = None,
    ownership: Ownership = None,
    lang: LanguageOfReasons = "en",
    engine: Engine = "duckdb",
    quiet: Quiet = False,
) -> None:
    """Screen names against lists: which may be the same as an entry, how sure, and why."""
    from fairlead.assess import screen_file
    from fairlead.cli.screen_summary import print_screening
    from fairlead.cli.terminal_progress import terminal_progress
    from fairlead.engine.cycles import seldom_look_for_cycles

    seldom_look_for_cycles()
    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    with terminal_progress(quiet=quiet) as progress:
        run = screen_file(
            names,
            lists or (),
            out=out,
            as_of=day,
            language=lang,
            since=since,
            ownership=ownership or (),
            engine=engine,
            progress=progress,
        )
    if not quiet:
        print_screening(run, out)
