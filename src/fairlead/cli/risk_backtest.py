"""`fairlead risk backtest`: how the rating stands against lists that it was not told of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:
    from fairlead.risk.backtest import Backtest


def backtest_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Write figures, tables and pictures to this folder.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="From where chance is drawn; the same gives the same figures.")
    ] = 0,
    quiet: Quiet = False,
) -> None:
    """Test the rating against what lists said later, elsewhere, or of other goods; takes half a minute.

    Five tests with the same figures and baselines: leave-country-out, leave-good-out, temporal, out-of-source, and a
    placebo. What a person sees as risk is the rating alone; its honest figure is the AUC among pairs of equal size.
    """
    from fairlead.report.write_backtest import write_backtest
    from fairlead.risk.backtest import backtest, shipped_setting
    from fairlead.write.json_file import dumped

    result = backtest(shipped_setting(seed=seed))
    written = write_backtest(result, out) if out else ()
    if as_json:
        sys.stdout.write(dumped(result.to_json()).decode() + "\n")
    elif not quiet:
        _print(result)
        for path in written:
            typer.echo(f"Written: {path}")


def _print(result: Backtest) -> None:
    from fairlead.cli.plain_table import print_table
    from fairlead.language import Language
    from fairlead.report.backtest_tables import COLUMNS, lines, notes

    language = Language("en")
    for note in notes(result):
        typer.echo(language.render(note))
    for test in result.tests:
        values = test.rating.values
        typer.echo(f"\n{test.title}. {test.question}")
        typer.echo(f"Trained on {test.trained_on}; {values['positives']} hits in {values['n']} pairs: {test.hits}.")
        print_table(["", *COLUMNS], lines(test), right=tuple(COLUMNS))
