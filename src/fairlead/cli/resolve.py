"""`fairlead resolve`: which rows of one or several lists are the same party."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import Engine, Judgements, LanguageOfReasons, Mapping, Quiet


def resolve_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Lists of suppliers, sites or persons (CSV, TSV, XLSX, XLS, ODS, Parquet), or folders that hold them.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="CLUSTERS.csv", help="The file that says which rows are one party.")
    ],
    mapping: Mapping = None,
    judgements: Judgements = None,
    lang: LanguageOfReasons = "en",
    engine: Engine = "duckdb",
    quiet: Quiet = False,
) -> None:
    """Find duplicates: which rows of lists are the same supplier, site or person, and how sure that is."""
    from fairlead.assess import resolve_files
    from fairlead.cli.resolve_summary import print_resolution
    from fairlead.cli.terminal_progress import terminal_progress
    from fairlead.engine.cycles import seldom_look_for_cycles

    seldom_look_for_cycles()
    with terminal_progress(quiet=quiet) as progress:
        run = resolve_files(
            paths,
            out=out,
            mapping=mapping,
            judgements=judgements,
            language=lang,
            engine=engine,
            progress=progress,
        )
    if not quiet:
        print_resolution(run, out)
