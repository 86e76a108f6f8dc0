"""`fairlead risk fairness`: how ratings are spread over regions, and what each term contributes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from fairlead.cli.options import Quiet

_TERMS: Final = 8


def fairness_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that `fairlead assess` wrote.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write fairness.md and its tables (CSV) into this folder."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show how ratings are spread by region and governance, and what each term and each country by itself makes."""
    from fairlead.assess.fairness import fairness_of
    from fairlead.cli.plain_table import print_table
    from fairlead.risk.regions import QUARTER, REGION, WORLD

    report, files = fairness_of(folder, out)
    if quiet:
        return
    rows = [row for row in report.groups if row.grouping in {WORLD, REGION, QUARTER}]
    print_table(
        ("grouping", "group", "suppliers", "no data", "very high", "high", "median p", "residual"),
        [
            (
                row.grouping,
                row.name,
                str(row.parties),
                str(row.parties - row.rated),
                *map(str, row.bands[:2]),
                f"{row.quantiles[2]:.1%}" if row.quantiles else "",
                "" if row.mean_residual is None else f"{row.mean_residual:+.2f}",
            )
            for row in rows
        ],
        right=("suppliers", "no data", "very high", "high", "median p", "residual"),
    )
    typer.echo("")
    print_table(
        ("term", "basis", "suppliers", "mean size, nats", "share of variance"),
        [
            (row.name, row.basis, str(row.parties), f"{row.mean_size:.2f}", f"{row.variance_share:.1%}")
            for row in report.terms[:_TERMS]
        ],
        right=("suppliers", "mean size, nats", "share of variance"),
    )
    highest = report.countries[0]
    typer.echo(f"\nThe place explains {report.place_share:.0%} of the variance of the log-odds.")
    typer.echo(
        f"The most a country makes by itself: {highest.iso3}, {highest.p:.1%}, {highest.band.replace('_', ' ')}."
    )
    for file in files:
        typer.echo(f"Written: {file}")
