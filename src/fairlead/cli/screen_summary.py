"""What `fairlead screen` prints at the end: what was screened against what, what was not, and where the hits lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer

from fairlead.assess import ScreeningRun
from fairlead.assess.output import companion
from fairlead.cli.plain_table import print_table
from fairlead.language import Language
from fairlead.model.vocabulary import Verdict
from fairlead.screen import ChangeKind, Changes, ListChange

#: So many ids are named on the terminal; the others are in the file of remarks.
MOST_NAMED: Final = 10
#: So many changes are shown on the terminal; all are in the file.
MOST_SHOWN: Final = 20
_SAID: Final = {
    ChangeKind.NEW: "hits are new",
    ChangeKind.GONE: "are gone",
    ChangeKind.CHANGED: "have another score or verdict",
    ChangeKind.NOT_SCREENED: "were not looked for",
}


def print_screening(run: ScreeningRun, out: Path) -> None:
    """Print the counts of names and hits, the lists with their editions, what has changed, and the files to open."""
    for line in _lines(run, out):
        typer.echo(line)
    if run.changes is not None:
        print_changes(run.changes, companion(out, "changes.csv"))


def print_changes(changes: Changes, file: Path) -> None:
    """Print which lists have a new edition and, as a table, the first hits that are new, gone or otherwise."""
    for each in changes.lists:
        typer.echo(_list_line(each))
    counts = Counter(change.kind for change in changes.hits)
    typer.echo("Since the earlier screening: " + ", ".join(f"{counts[kind]} {_SAID[kind]}" for kind in ChangeKind))
    if changes.hits:
        language = Language("en")
        rows = [
            (change.kind.value, change.hit.row_id, change.hit.entry_name, language.render(change.reason))
            for change in changes.hits[:MOST_SHOWN]
        ]
        print_table(("change", "id", "entry", "reason"), rows)
        more = len(changes.hits) - MOST_SHOWN
        typer.echo(f"All changes: {file}" if more <= 0 else f"{more} more changes, all of them in {file}")


def _list_line(change: ListChange) -> str:
    before, now = change.before, change.now
    if before is None and now is not None:
        return f"{now.title}: not screened against before"
    if before is not None and now is None:
        return f"{before.title}: not given this time, so nothing is known of its hits"
    assert before is not None
    assert now is not None
    called = now.title if now.title == before.title else f"{now.title}, taken for a new edition of {before.title}"
    if change.same:
        return f"{called}: the same edition as before"
    return (
        f"{called}: edition {now.edition} after {before.edition}, {change.added} entries new, {change.removed} removed"
    )


def _lines(run: ScreeningRun, out: Path) -> Iterator[str]:
    if not run.own_lists:
        yield "No --list was given; the lists of the reference pack were used."
    for watch_list in run.lists:
        nobody = f", {_count(len(watch_list.left_out), 'row')} without a name" if watch_list.left_out else ""
        entries = _count(len(watch_list.entries), "entry", "entries")
        yield f"List: {watch_list.title}, edition {watch_list.edition}, {entries}{nobody}"
    names, screening = run.names, run.screening
    rejected, unscreened = names.rejected.num_rows, len(screening.not_screened)
    yield (
        f"{_count(len(names.names) + rejected, 'row')} read: {_count(len(names.names) - unscreened, 'name')} screened, "
        f"{_count(rejected, 'row')} rejected, {_count(unscreened, 'name')} not screened because of saying too little"
    )
    if run.rejected.num_rows:
        yield f"Rejected and not screened: {companion(out, 'rejected.csv')}"
    if screening.only_exact:
        some = _count(len(screening.only_exact), "name")
        yield f"Looked for letter by letter only, because of saying too little: {some}"
    if names.repeated:
        shown = ", ".join(names.repeated[:MOST_NAMED]) + (", …" if len(names.repeated) > MOST_NAMED else "")
        yield f"Ids that stand for several names, each screened by itself: {shown}"
    if run.remarks.num_rows:
        yield f"Remarks: {companion(out, 'remarks.csv')}"
    verdicts = Counter(one.hit.comparison.verdict for one in screening.hits)
    found = len({(one.name.sheet, one.name.row) for one in screening.hits})
    yield (
        f"{_count(len(screening.hits), 'hit')} for {_count(found, 'name')}: {verdicts[Verdict.MATCH]} match, "
        f"{verdicts[Verdict.REVIEW]} to review. No hit means no resemblance on these lists, not that a name is clean."
    )
    yield f"Hits: {out}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
