"""What `fairlead resolve` prints at the end: counts, ids that are not unique, and where the files lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from fairlead.assess import ResolutionRun
from fairlead.assess.output import companion
from fairlead.assess.resolution import REVIEW_FILE
from fairlead.cli.judgement_lines import judgement_lines

#: So many ids are named on the terminal; the others are in the file of remarks.
MOST_NAMED = 10


def print_resolution(run: ResolutionRun, out: Path) -> None:
    """Print how many rows became how many parties, what was set aside, and the files to open."""
    for line in _lines(run, out):
        typer.echo(line)


def _lines(run: ResolutionRun, out: Path) -> Iterator[str]:
    used, rejected = run.read.rows.num_rows, run.read.rejected.num_rows
    yield f"{used + rejected} rows read: {used} used, {rejected} rejected"
    if rejected:
        yield f"Rejected: {companion(out, 'rejected.csv')}"
    if run.repeated:
        shown = ", ".join(run.repeated[:MOST_NAMED]) + (", …" if len(run.repeated) > MOST_NAMED else "")
        yield f"{len(run.repeated)} ids stand for several rows, which have a line each: {shown}"
    if run.remarks.num_rows:
        yield f"Remarks: {companion(out, 'remarks.csv')}"
    sizes = Counter(run.resolved.members["party_id"].to_pylist())
    several = [size for size in sizes.values() if size > 1]
    yield f"{len(sizes)} parties: {len(several)} have several rows, {sum(several)} in all; the others have one"
    use = run.resolved.judged
    yield from judgement_lines(use.in_effect, use.in_lists, use.disputed, use.learned_from)
    if run.resolved.parted:
        yield f"{run.resolved.parted} times a record shared a trait with so many that not all could be compared"
    yield f"{run.resolved.review.num_rows} doubtful pairs to decide: {out.with_name(REVIEW_FILE)}"
    yield f"Result: {out}"
