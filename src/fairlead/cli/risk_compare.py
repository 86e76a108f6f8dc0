"""`fairlead risk compare`: what changed between two ratings, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fairlead.cli.options import LanguageOfReasons, Quiet

if TYPE_CHECKING:
    from fairlead.report.texts import Texts
    from fairlead.risk.comparison import Comparison, PartyChange

#: The exit code where anything is other than it was, as diff has it; 0 where nothing is, 2 where something is wrong.
EXIT_DIFFERENT: Final = 1

#: So many parties, and so many terms of each, are told in the terminal, and terms that moved by so much (nats); the
#: file has all.
_TOLD: Final = 10
_TERMS: Final = 4
_TELLING: Final = 0.05

_STATES: Final = {
    "band": "with another band",
    "probability": "with another probability in the same band",
    "reasons": "with other reasons and the same probability",
    "interval": "with another interval only",
    "new": "new",
    "gone": "gone",
    "same": "the same",
}


def compare_ratings_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier results folder, or file of rated cases.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write every change as a row of a CSV file.")
    ] = None,
    restricted: Annotated[
        bool,
        typer.Option(
            "--restricted", help="Also tell what rests on evidence that only those who handle the case may see."
        ),
    ] = False,
    lang: LanguageOfReasons = "en",
    quiet: Quiet = False,
) -> None:
    """Compare two ratings: bands and probabilities before and after, and the terms that made the difference.

    OLD and NEW are folders of fairlead assess, or files of fairlead risk rate. The exit code is 0 where nothing has
    changed, 1 where something has, 2 where something is wrong.
    """
    from fairlead.assess.comparison import compare_results, write_comparison
    from fairlead.language import Language
    from fairlead.report.texts import Texts

    language = Language(lang)
    comparison = compare_results(old, new, restricted=restricted)
    if out is not None:
        write_comparison(comparison, out, (old, new), language)
    if not quiet:
        _print(comparison, Texts(language))
        if out is not None:
            typer.echo(f"Written: {out}")
    if comparison.different:
        raise typer.Exit(EXIT_DIFFERENT)


def _print(comparison: Comparison, texts: Texts) -> None:
    from fairlead.risk.comparison import State

    counts = [f"{comparison.count(state)} {_STATES[state]}" for state in State if comparison.count(state)]
    typer.echo(f"{len(comparison.changes)} compared: {', '.join(counts) or 'nothing there'}.")
    changed = [change for change in comparison.changes if change.state is not State.SAME]
    if changed and not comparison.parted:
        typer.echo(f"Changes are not parted by model, time and evidence: {comparison.why_whole}.")
    for change in changed[:_TOLD]:
        _print_change(change, texts)
    if len(changed) > _TOLD:
        typer.echo(f"… and {len(changed) - _TOLD} more; --out writes all of them.")


def _print_change(change: PartyChange, texts: Texts) -> None:
    from fairlead.assess.comparison import term_told

    typer.echo(f"\n{change.name}{f' ({change.new_id or change.old_id})' if change.new_id or change.old_id else ''}")
    typer.echo(f"  {_standing(change.before)} → {_standing(change.after)}")
    parts = (("model", change.by_model), ("time", change.by_time), ("evidence", change.by_evidence))
    known = [f"{name} {nats:+.2f}" for name, nats in parts if nats is not None]
    if change.nats is not None:
        typer.echo(f"  {change.nats:+.2f} nats{': ' + ', '.join(known) if known else ''}")
    telling = [term for term in change.terms if abs(term.nats) >= _TELLING][:_TERMS] or change.terms[:1]
    for term in telling:
        sign = {"added": "+", "gone": "-"}.get(term.causes[0], "~")
        typer.echo(f"  {sign} {term_told(term, texts)}")
    if len(change.terms) > len(telling):
        typer.echo(f"    and {len(change.terms) - len(telling)} more terms")


def _standing(rating: Mapping[str, Any] | None) -> str:
    if rating is None:
        return "not there"
    if rating["band"] is None:
        return "no data"
    return f"{str(rating['band']).replace('_', ' ')} {rating['p']:.1%}"
