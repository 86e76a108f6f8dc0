"""`fairlead judge`: people decide which doubtful pairs are the same supplier, on a screen or in a spreadsheet."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:  # pragma: no cover  (imported where it is used, which keeps --help fast)
    from fairlead.resolve.judgements import History, JudgementGraph, JudgementStore

_FAILED = 2


class _ScreenByDefault(TyperGroup):
    """`fairlead judge REVIEW.csv` is `fairlead judge screen REVIEW.csv`."""

    default_command = "screen"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_ScreenByDefault,
    no_args_is_help=True,
    help="Decide which doubtful pairs are the same supplier; `fairlead judge REVIEW.csv` opens the screen.",
)

_Review = Annotated[
    Path, typer.Argument(metavar="REVIEW", help="The review.csv of `fairlead resolve` or `fairlead assess`.")
]
_Judgements = Annotated[
    Path,
    typer.Option(
        "--judgements",
        metavar="FILE",
        help="The file that keeps all decisions, such as judgements.jsonl; only added to.",
    ),
]
_User = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="Who decides. [the name you are logged in with]")
]


@app.command("screen")
def screen_command(
    review: _Review,
    judgements: _Judgements,
    user: _User = None,
    reason_required: Annotated[
        bool, typer.Option("--reason-required", help="Ask for a reason with every decision.")
    ] = False,
) -> None:
    """Judge pair after pair on a screen in the terminal; `?` shows the keys."""
    from fairlead.errors import OptionError
    from fairlead.read.judgement_table import read_pair_table

    table = read_pair_table(review)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OptionError(
            "The screen needs a terminal.",
            do="In a script, use `fairlead judge export` and `fairlead judge import` with a spreadsheet between them.",
        )
    from fairlead.cli.judge_screen.app import JudgeApp
    from fairlead.cli.judge_screen.session import Session

    store = _store(judgements)
    _tell_damage(store.read(), judgements)
    session = Session(table.pairs, store, user=_name(user), now=_now)
    JudgeApp(session, file=review.name, reason_required=reason_required).run()
    typer.echo(f"{session.decided} of {len(session.pairs)} pairs judged. Decisions are in {judgements}.")
    typer.echo(f"Use them with `--judgements {judgements}` in the next `fairlead resolve` or `fairlead assess`.")


@app.command("export")
def export_command(
    review: _Review,
    judgements: _Judgements,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The table to fill in, such as to-judge.csv.")],
) -> None:
    """Write the pairs as a table for a spreadsheet, with a column to decide in."""
    from fairlead.read.judgement_table import read_pair_table
    from fairlead.resolve.judgements.imported import to_judge
    from fairlead.write.judgement_table import write_judgement_table

    table = read_pair_table(review)
    _refuse_same_file(out, review, judgements)
    columns, pairs = to_judge(table, _graph(_read(judgements)))
    _written(lambda: write_judgement_table(out, columns, pairs), out)
    decided = sum(bool(pair.decision) for pair in pairs)
    typer.echo(f"{len(pairs)} pairs, {decided} of them decided: {out}")
    typer.echo("Write same, different or unsure into the column “decision”, then run `fairlead judge import`.")


@app.command("import")
def import_command(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="What `fairlead judge export` wrote, with decisions in it.")
    ],
    judgements: _Judgements,
    user: _User = None,
) -> None:
    """Enter the decisions of a table; all of them, or none where one cannot be used."""
    from fairlead.read.judgement_table import read_pair_table
    from fairlead.resolve.judgements.imported import decisions_in

    pairs = read_pair_table(table)
    name, time = _name(user), _now()
    entered = _store(judgements).record(lambda history: decisions_in(pairs, history.events, user=name, time=time))
    written = sum(bool(pair.decision) for pair in pairs.pairs)
    typer.echo(
        f"{len(pairs.pairs)} rows read, {written} with a decision: {len(entered)} entered by {name}, "
        f"{written - len(entered)} known already."
    )


@app.command("list")
def list_command(
    judgements: _Judgements,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a file or another program.")] = False,
) -> None:
    """List everything that was ever entered, with what is in effect."""
    from fairlead.cli.judge_list import HEADING, lines
    from fairlead.cli.plain_table import print_csv, print_table
    from fairlead.write.safe_cell import safe_text

    history = _read(judgements)
    rows = lines(history.events)
    if not rows and not as_csv:
        typer.echo(f"{judgements}: nobody has judged yet.")
    elif as_csv:
        print_csv(HEADING, (dict(zip(HEADING, map(safe_text, row), strict=True)) for row in rows))
    else:
        print_table(HEADING, rows, whole=("id", "when", "decision"))


@app.command("undo")
def undo_command(
    which: Annotated[
        str,
        typer.Argument(metavar="ID|last", help="The judgement, as `fairlead judge list` names it, or your last one."),
    ],
    judgements: _Judgements,
    user: _User = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is undone.")] = "",
) -> None:
    """Take one judgement's effect away; it stays in the file."""
    from fairlead.resolve.judgements.imported import describe
    from fairlead.resolve.judgements.undo import undo

    name, time = _name(user), _now()
    undone, event = undo(_store(judgements), which, user=name, time=time, reason=reason)
    typer.echo(f"Undone: {describe(undone)} ({event.judgement_id}).")


@app.command("check")
def check_command(judgements: _Judgements) -> None:
    """Look for judgements that contradict each other and for damage to the file."""
    from fairlead.resolve.judgements.imported import explain

    history = _read(judgements)
    graph = _graph(history)
    _tell_damage(history, judgements)
    for found in graph.contradictions:
        typer.echo(f"These contradict each other; undo one of them: {explain(found)}", err=True)
    people = len({one.user for one in graph.judgements})
    typer.echo(
        f"{len(history.events)} entries, {len(graph.judgements)} judgements in effect by {people} "
        f"{'person' if people == 1 else 'people'}, {len(graph.contradictions)} contradictions."
    )
    if graph.contradictions or history.altered or history.torn:
        raise typer.Exit(_FAILED)


@app.command("id")
def id_command(
    party_id: Annotated[str, typer.Argument(metavar="PARTY_ID", help="A party's id from an earlier run.")],
    judgements: _Judgements,
    merged: Annotated[
        Path,
        typer.Option("--merged-ids", metavar="FILE", help="The merged_ids.csv that the latest run wrote."),
    ],
) -> None:
    """Say what became of a party's id, and by whose judgements."""
    from fairlead.read.merged_ids import read_merged_ids
    from fairlead.resolve.judgements.imported import describe
    from fairlead.resolve.judgements.merged_ids import follow

    found = follow(party_id, read_merged_ids(merged), _read(judgements).events)
    if not found.party_ids:
        typer.echo(f"{party_id}: no judgement has changed this id.")
        return
    typer.echo(f"{party_id} is now {' and '.join(found.party_ids)}.")
    for undone, event in found.chain:
        why = f" Reason: {event.reason}" if event.reason else ""
        said = describe(undone)
        by = f"{said}." if undone is event else f"undone by {event.user}, {event.time[:10]}: {said}."
        typer.echo(f"  {event.event_id}: {by}{why}")


def _store(path: Path) -> JudgementStore:
    from fairlead.resolve.judgements import JudgementStore

    return JudgementStore(path)


def _read(path: Path) -> History:
    """Read the file; one that is not there yet is empty, but its folder has to be there."""
    from fairlead.errors import OptionError, Where

    if not path.parent.is_dir():
        raise OptionError("There is no such folder.", where=Where(file=str(path.parent)), do="Check --judgements.")
    return _store(path).read()


def _graph(history: History) -> JudgementGraph:
    from fairlead.resolve.judgements import JudgementGraph

    return JudgementGraph.of(history.events)


def _tell_damage(history: History, path: Path) -> None:
    if history.torn:
        typer.echo(
            f"{path.name}, line {history.lines}: was not written to its end and has no effect; "
            f"the next entry moves it to {path.name}.torn.",
            err=True,
        )
    for line in history.altered:
        typer.echo(f"{path.name}, line {line}: was changed by hand, or lines before it are missing.", err=True)


def _refuse_same_file(out: Path, *inputs: Path) -> None:
    from fairlead.errors import OptionError, Where

    if any(out.resolve() == path.resolve() for path in inputs):
        raise OptionError(
            "The table would overwrite its own input.", where=Where(file=str(out)), do="Give another file with --out."
        )


def _written(write: Any, out: Path) -> None:
    from fairlead.errors import ReportError, Where

    try:
        write()
    except OSError as error:
        raise ReportError(
            f"The table cannot be written ({error.strerror}).", where=Where(file=str(out)), do="Check the path."
        ) from error


def _name(user: str | None) -> str:
    """Return who decides: the name given, else the one that the person is logged in with."""
    from fairlead.errors import OptionError

    if user is None:
        try:
            user = getpass.getuser()
        except (KeyError, OSError, ImportError):  # an account without a name, as in some containers
            user = ""
    if not user.strip():
        raise OptionError("It is not known who decides.", do="Give your name with --user.")
    return user.strip()


def _now() -> str:
    return datetime.now(tz=UTC).astimezone().isoformat(timespec="seconds")
