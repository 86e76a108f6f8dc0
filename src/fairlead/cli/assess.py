"""`fairlead assess`: from messy supplier lists to a work list with reasons and a report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import Judgements, Mapping, Ownership, Quiet


def assess_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Supplier lists (CSV, TSV, XLSX, XLS, ODS), or folders that hold them. Subfolders are not read.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the report and its tables.")],
    lang: Annotated[str, typer.Option("--lang", metavar="en|ru|kk|fr", help="The language of the report.")] = "en",
    mapping: Mapping = None,
    lists: Annotated[
        list[Path] | None,
        typer.Option("--list", metavar="FILE", help="A further list of names to screen against; may be repeated."),
    ] = None,
    earlier_lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--earlier-list",
            metavar="FILE",
            help="An earlier edition of a list; who is no longer on it counts less. May be repeated.",
        ),
    ] = None,
    ownership: Ownership = None,
    judgements: Judgements = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="Assess as of this day, such as 2026-03-31. [today]"
        ),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Also write report.pdf.")] = True,
    quiet: Quiet = False,
) -> None:
    """Assess supplier lists: who they are, whom to look at first and why, and what to do next."""
    from fairlead.assess import assess
    from fairlead.cli.summary import print_summary
    from fairlead.cli.terminal_progress import terminal_progress
    from fairlead.engine.cycles import seldom_look_for_cycles

    seldom_look_for_cycles()
    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    with terminal_progress(quiet=quiet) as progress:
        assessment = assess(
            paths,
            out=out,
            language=lang,
            mapping=mapping,
            lists=lists or (),
            earlier_lists=earlier_lists or (),
            ownership=ownership or (),
            judgements=judgements,
            as_of=day,
            pdf=pdf,
            progress=progress,
        )
    if not quiet:
        print_summary(assessment, out)
