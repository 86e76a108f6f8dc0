"""`fairlead risk spread`: own risk and upstream exposure over the whole chain, with the paths that carry it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from fairlead.cli.options import Quiet

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from fairlead.assess.spread import SpreadRun
    from fairlead.language import Language
    from fairlead.risk.spread.downstream import Downstream

_NO_DATA: Final = "no data"
_NOBODY: Final = ""
_LEGEND: Final = """
own: the party's own risk; upstream: the chance that a case behind it reaches it, on the map
not mapped: of its purchases, what comes from nobody on the map, which is unknown and not low; "no shares": the links
  name no shares, so the suppliers on the map stand for all of them, by spend or evenly
rated: of all that stands behind it on the map, what is rated; part: what this path brings of all that reaches it
"""
_NEXT: Final = """
Next: ask those at the beginning of these paths, and those on many paths, first. Ask parties with no data or purchases
  that are not mapped for their suppliers and shares. `fairlead risk explain PARTY --in FOLDER` takes an own risk apart;
  `fairlead risk spread FOLDER --trace PARTY` follows where a party's output goes."""


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

    language = Language("en")
    texts = Texts(language)
    first = {row["party_id"]: row for row in run.paths.to_pylist() if row["place"] == 1}
    print_table(
        ("", "party", "own", "upstream", "not mapped", "rated", "part", "the path that carries most"),
        [_line(row, first.get(row["party_id"]), language) for row in run.parties.slice(0, top).to_pylist()],
        right=("", "own", "upstream", "not mapped", "rated", "part"),
    )
    typer.echo(_LEGEND)
    _print_itself(run)
    _print_coverage(run)
    for remark in run.remarks:
        typer.echo(texts(remark.to_arrow()))
    if run.traced is not None:
        _print_trace(run, run.traced, top, language)
    typer.echo(f"Tables: {', '.join(str(file) for file in run.files)}")
    if first:
        typer.echo(_NEXT)


def _line(row: dict[str, Any], path: dict[str, Any] | None, language: Language) -> tuple[str, ...]:
    from fairlead.risk.spread.steps import path_text

    return (
        str(row["place"]),
        row["name"] or row["party_id"],
        _percent(row["p"]),
        _percent(row["upstream"]),
        _not_mapped(row["unmapped_share"]),
        _percent(row["rated_share"], _NOBODY),
        _percent(path["part"], _NOBODY) if path else "",
        path_text(path["steps"], language.good) if path else "",
    )


def _print_coverage(run: SpreadRun) -> None:
    """Print what was followed, and for how many parties the map shows nobody, or nobody of whom anything is known."""
    import pyarrow.compute as pc

    kinds = ", ".join(f"{kind.replace('_', ' ')} {count:,}" for kind, count in run.links.items())
    typer.echo(f"Links followed: {kinds or 'none'}")
    rows = run.parties.select(["upstream_data", "rated_share", "unmapped_share"])
    assessed = pc.equal(rows["upstream_data"], "assessed")
    reached = pc.sum(assessed).as_py() or 0
    alone = pc.sum(pc.is_null(rows["rated_share"])).as_py() or 0
    partly = pc.sum(pc.and_(assessed, pc.greater(rows["unmapped_share"], 0))).as_py() or 0
    typer.echo(
        f"{len(rows):,} parties: {reached:,} with rated parties behind them, {len(rows) - reached:,} without "
        f"(no data), of whom {alone:,} have nobody mapped behind them"
    )
    if partly:
        typer.echo(
            f"For {partly:,} of those with rated parties behind them the map shows no supplier for a part or all of "
            "their purchases (not mapped)"
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


def _print_trace(run: SpreadRun, traced: Downstream, top: int, language: Language) -> None:
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
            (
                str(one.steps),
                run.names[one.party],
                language.good(one.good or ""),
                _percent(one.arrives),
                _percent(one.content),
            )
            for one in arrivals[:top]
        ],
        right=("steps", "arrives", "of its purchases"),
    )


def _not_mapped(share: float | None) -> str:
    return "no shares" if share is None else _percent(share)


def _percent(share: float | None, unknown: str = _NO_DATA) -> str:
    return unknown if share is None else f"{share:.1%}"
