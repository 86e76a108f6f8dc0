"""`fairlead risk spread`: own risk and upstream exposure over the whole chain, with the paths that carry it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from fairlead.assess.spread import SpreadRun
    from fairlead.risk.spread.downstream import Downstream

_NO_DATA: Final = "no data"


def spread_command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of results of `fairlead assess`.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="The folder for the tables. [beside the results]")
    ] = None,
    trace: Annotated[
        str | None,
        typer.Option("--trace", metavar="PARTY", help="Also follow the output of this party (name or id) downstream."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="As of this day, such as 2026-03-31. [today]"
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many parties to print.")] = 10,
    quiet: Quiet = False,
) -> None:
    """Show how risk spreads along the chain: what stands behind each party, and by which paths it comes."""
    from fairlead.assess.spread import spread_folder
    from fairlead.cli.terminal_progress import terminal_progress

    day = (as_of or datetime.now(tz=UTC).astimezone()).date()
    with terminal_progress(quiet=quiet) as progress:
        run = spread_folder(folder, as_of=day, out=out, trace=trace, progress=progress)
    if not quiet:
        _print(run, top)


def _print(run: SpreadRun, top: int) -> None:
    from fairlead.cli.plain_table import print_table
    from fairlead.language import Language
    from fairlead.report.texts import Texts

    texts = Texts(Language("en"))
    first = {row["party_id"]: row for row in run.paths.to_pylist() if row["place"] == 1}
    rows = run.parties.slice(0, top).to_pylist()
    print_table(
        ("", "party", "own", "upstream", "rated", "part", "the path that carries most"),
        [_line(row, first.get(row["party_id"])) for row in rows],
        right=("", "own", "upstream", "rated", "part"),
    )
    _print_itself(run)
    states = run.parties["upstream_data"].to_pylist()
    typer.echo(
        f"{len(states)} parties: {states.count('assessed')} with rated parties behind them, "
        f"{states.count('no_data')} without (no data)"
    )
    for remark in run.remarks:
        typer.echo(texts(remark.to_arrow()))
    if run.traced is not None:
        _print_trace(run, run.traced, top)
    typer.echo(f"Tables: {', '.join(str(file) for file in run.files)}")


def _line(row: dict[str, Any], path: dict[str, Any] | None) -> tuple[str, ...]:
    return (
        str(row["place"]),
        row["name"] or row["party_id"],
        _percent(row["p"]),
        _percent(row["upstream"]),
        _percent(row["rated_share"]),
        _percent(path["part"] if path else None),
        path["text"] if path else "",
    )


def _print_itself(run: SpreadRun) -> None:
    """Print what reaches the organisation on whose behalf the assessment was made."""
    from fairlead.model.ids import BUYER_ID

    for row in run.parties.to_pylist():
        if row["party_id"] == BUYER_ID and row["upstream"] is not None:
            typer.echo(
                f"The assessing organisation itself: upstream {_percent(row['upstream'])} "
                f"({_percent(row['upstream_low'])} to {_percent(row['upstream_high'])}), {row['suppliers']} suppliers; "
                f"{_percent(row['beyond_share'])} of its purchases come from those whose suppliers are mapped, and "
                f"{_percent(row['rated_share'])} of all that stands behind it on the map is rated"
            )


def _print_trace(run: SpreadRun, traced: Downstream, top: int) -> None:
    from fairlead.cli.plain_table import print_table

    arrivals = traced.arrivals
    ends = sum(one.ends for one in arrivals)
    typer.echo(
        f"Downstream: {len({one.party for one in arrivals})} parties reached; of the mapped output "
        f"{_percent(ends)} ends with them, {_percent(traced.going_round)} goes round in cycles"
    )
    print_table(
        ("steps", "party", "good", "arrives", "of its purchases"),
        [
            (str(one.steps), run.names[one.party], one.good or "", _percent(one.arrives), _percent(one.content))
            for one in arrivals[:top]
        ],
        right=("steps", "arrives", "of its purchases"),
    )


def _percent(share: float | None) -> str:
    return _NO_DATA if share is None else f"{share:.1%}"
