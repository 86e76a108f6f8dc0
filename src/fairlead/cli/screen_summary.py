"""What `fairlead screen` prints at the end: what was screened against what, what was not, and where the hits lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from fairlead.assess import ScreeningRun
from fairlead.assess.screening import companion
from fairlead.model.vocabulary import Verdict

#: So many ids are named on the terminal; the others are in the file of remarks.
MOST_NAMED = 10


def print_screening(run: ScreeningRun, out: Path) -> None:
    """Print the counts of names and hits, the lists with their editions, and the files to open."""
    for line in _lines(run, out):
        typer.echo(line)


def _lines(run: ScreeningRun, out: Path) -> Iterator[str]:
    if not run.own_lists:
        yield "No --list was given; the lists of the reference pack were used."
    for watch_list in run.lists:
        left_out = f", {len(watch_list.left_out)} rows name nobody" if watch_list.left_out else ""
        yield f"List: {watch_list.title}, edition {watch_list.edition}, {len(watch_list.entries)} entries{left_out}"
    names, screening = run.names, run.screening
    rejected, unscreened = names.rejected.num_rows, len(screening.not_screened)
    yield (
        f"{len(names.names) + rejected} rows read: {len(names.names) - unscreened} names screened, "
        f"{rejected} rows rejected, {unscreened} names not screened because they say too little"
    )
    if run.rejected.num_rows:
        yield f"Rejected and not screened: {companion(out, 'rejected.csv')}"
    if screening.only_exact:
        yield f"{len(screening.only_exact)} names say so little that they were looked for letter by letter only"
    if names.repeated:
        shown = ", ".join(names.repeated[:MOST_NAMED]) + (", …" if len(names.repeated) > MOST_NAMED else "")
        yield f"{len(names.repeated)} ids stand for several names, each screened by itself: {shown}"
    if run.remarks.num_rows:
        yield f"Remarks: {companion(out, 'remarks.csv')}"
    verdicts = Counter(one.hit.comparison.verdict for one in screening.hits)
    found = len({one.name.row for one in screening.hits})
    yield (
        f"{len(screening.hits)} hits for {found} names: {verdicts[Verdict.MATCH]} match, "
        f"{verdicts[Verdict.REVIEW]} to review. No hit means no resemblance on these lists, not that a name is clean."
    )
    yield f"Hits: {out}"
