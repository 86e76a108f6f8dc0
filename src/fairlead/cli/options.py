"""Options that several commands have, spelled once so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="A mapping.yaml from an earlier run that you have corrected."),
]
Judgements = Annotated[
    Path | None,
    typer.Option("--judgements", metavar="FILE", help="Decisions on doubtful pairs, made with `fairlead judge`."),
]
Ownership = Annotated[
    list[Path] | None,
    typer.Option(
        "--ownership",
        metavar="FILE",
        help="Who owns and controls whom: BODS (JSON, JSON lines) or GLEIF (JSON, XML, CSV); may be repeated.",
    ),
]
Engine = Annotated[
    str, typer.Option("--engine", metavar="duckdb|spark", help="Where the work is done; the result is the same.")
]
LanguageOfReasons = Annotated[str, typer.Option("--lang", metavar="en|ru|kk|fr", help="The language of the reasons.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing unless something is wrong.")]
Results = Annotated[
    Path, typer.Option("--in", metavar="FOLDER", help="The folder that `fairlead assess` wrote with --out.")
]
