"""`fairlead resolve`: which rows of one or several lists are the same party."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.assess import OBJECTS_BETWEEN_COLLECTIONS


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
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE", help="A mapping.yaml from an earlier run that you have corrected."),
    ] = None,
    judgements: Annotated[
        Path | None,
        typer.Option("--judgements", metavar="FILE", help="Decisions on doubtful pairs, made with `fairlead judge`."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", metavar="en|ru|kk|fr", help="The language of the reasons.")] = "en",
    engine: Annotated[
        str, typer.Option("--engine", metavar="duckdb|spark", help="Where the work is done; the result is the same.")
    ] = "duckdb",
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing unless something is wrong.")] = False,
) -> None:
    """Find duplicates: which rows of lists are the same supplier, site or person, and how sure that is."""
    from fairlead.assess import resolve_files
    from fairlead.cli.resolve_summary import print_resolution
    from fairlead.cli.terminal_progress import terminal_progress

    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
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
