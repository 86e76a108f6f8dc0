"""`fairlead risk explain`: one rating taken apart, term by term."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairlead.cli.options import LanguageOfReasons, Results


def explain_command(
    party: Annotated[
        str,
        typer.Argument(metavar="PARTY", help="The party: its id, its name, or the beginning of one of them."),
    ],
    folder: Results = Path("results"),
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a page (.html) or the picture of the waterfall (.svg)."),
    ] = None,
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Also show evidence that only those who handle the case may see."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON, for programs.")] = False,
    lang: LanguageOfReasons = "en",
) -> None:
    """Take a rating apart: start, evidence with its discounts, residual risk, and what would narrow the interval."""
    from fairlead.assess.explanation import explain_party
    from fairlead.language import Language
    from fairlead.report.explained_document import explained_document
    from fairlead.report.explained_text import explained_lines
    from fairlead.report.write_explained import write_explained
    from fairlead.write.json_file import dumped

    found = explain_party(folder, party, Language(lang), restricted=restricted)
    if out is not None:
        write_explained(found.told, out)
    if json:
        document = explained_document(found.explanation, found.questions, found.scale, found.told.name)
        typer.echo(dumped(document).decode())
        return
    for line in explained_lines(found.told):
        typer.echo(line)
    if out is not None:
        typer.echo(f"Written: {out}")
