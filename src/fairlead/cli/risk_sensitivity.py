"""`fairlead risk sensitivity`: what hangs on each number that somebody chose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.risk.sensitivity import Influence

#: So many numbers are told in the terminal; the file has all.
_TOLD: Final = 15


def sensitivity_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that `fairlead assess` wrote.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write every number as a row of a CSV file.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Move every number of the model down and up, and show how the order, the bands and the answers change."""
    from fairlead.assess.sensitivity import sensitivity_of
    from fairlead.cli.plain_table import print_table

    found, names = sensitivity_of(folder, out)
    if quiet:
        return
    used = [one for one in found.influences if one.effects]
    heading = ("number", "basis", "value", "moved to", "tau", "top ten kept", "bands", "find out", "furthest")
    print_table(
        heading,
        [row for one in used[:_TOLD] for row in _rows(one, names)],
        right=("value", "moved to", "tau", "top ten kept", "bands", "find out"),
    )
    typer.echo(
        f"\n{len(found.influences)} numbers, of which {len(used)} touch these results; {found.rated} suppliers rated."
    )
    worst = min((effect.tau for one in used for effect in one.effects), default=1.0)
    typer.echo(f"The order with any one number moved has a tau of {worst:.2f} or more with the order as it is.")
    if out is not None:
        typer.echo(f"Written: {out}")


def _rows(one: Influence, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    number = one.number
    rows: list[tuple[str, ...]] = []
    for effect in one.effects:
        furthest = f"{names.get(effect.mover, '')} ({effect.places:+d})" if effect.mover else ""
        told = (_value(effect.value), f"{effect.tau:.3f}", f"{effect.top_kept:.0%}", str(effect.bands))
        head = ("", "", "") if rows else (number.name, number.basis, _value(number.value))
        rows.append((*head, *told, str(effect.find_out), furthest))
    return rows


def _value(value: float | str) -> str:
    return f"{value:.3g}" if isinstance(value, float) else value
