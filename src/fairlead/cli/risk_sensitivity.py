"""`fairlead risk sensitivity`: what hangs on each number that somebody chose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.risk.influence import Influence

#: So many numbers are told in the terminal; the file has all.
_TOLD: Final = 15
_HEADING: Final = ("number", "basis", "value", "moved to", "tau", "top ten kept")
_ANSWERS: Final = ("bands", "find out")


def sensitivity_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that `fairlead assess` wrote.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write every number as a row of a CSV file.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Move every number of the model down and up, and show how the orders, the bands and the answers change.

    The numbers of ratings are held against the order by rating, those of how risk spreads against the order by upstream
    exposure.
    """
    from fairlead.assess.sensitivity import sensitivity_of

    found = sensitivity_of(folder, out)
    if quiet:
        return
    typer.echo("The order by rating")
    _print_order(found.ratings.influences, found.names, answers=True)
    typer.echo(f"{found.ratings.rated} suppliers rated.")
    typer.echo("\nThe order by upstream exposure, with the numbers of how risk spreads along links")
    if found.spread.exposed:
        _print_order(found.spread.influences, found.names, answers=False)
        typer.echo(f"{found.spread.exposed} parties with rated parties behind them.")
    else:
        typer.echo("no data: no party has a rated party behind it, so there is no such order.")
    if out is not None:
        typer.echo(f"\nWritten: {out}")


def _print_order(influences: Sequence[Influence], names: Mapping[str, str], *, answers: bool) -> None:
    """Print the weightiest numbers and what they do to one order; bands and answers only where the order has them."""
    from fairlead.cli.plain_table import print_table

    used = [one for one in influences if one.effects]
    heading = (*_HEADING, *(_ANSWERS if answers else ()), "furthest")
    print_table(heading, [row for one in used[:_TOLD] for row in _rows(one, names, answers)], right=heading[2:-1])
    typer.echo(f"\n{len(influences)} numbers, of which {len(used)} touch these results.")
    worst = min((effect.tau for one in used for effect in one.effects), default=1.0)
    typer.echo(f"With any one of them moved, the order has a tau of {worst:.2f} or more with the order as it is.")


def _rows(one: Influence, names: Mapping[str, str], answers: bool) -> list[tuple[str, ...]]:
    number = one.number
    rows: list[tuple[str, ...]] = []
    for effect in one.effects:
        furthest = f"{names.get(effect.mover) or effect.mover} ({effect.places:+d})" if effect.mover else ""
        told = (_value(effect.value), f"{effect.tau:.3f}", f"{effect.top_kept:.0%}")
        changed = (str(effect.bands), str(effect.find_out)) if answers else ()
        head = ("", "", "") if rows else (number.name, number.basis, _value(number.value))
        rows.append((*head, *told, *changed, furthest))
    return rows


def _value(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else value
