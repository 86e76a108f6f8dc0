"""What `fairlead assess` prints at the end: counts, what needs a look, and where the report lies."""

from __future__ import annotations

from pathlib import Path

import typer

from fairlead.cli.judgement_lines import judgement_lines
from fairlead.model.assessment import Assessment
from fairlead.model.vocabulary import DataState

#: What the options of an assessment say of judgements.
_OF_JUDGEMENTS = ("in_effect", "in_lists", "disputed", "learned_from")


def print_summary(assessment: Assessment, out: Path) -> None:
    """Print how many rows became how many suppliers, what was set aside, and the files to open."""
    rows_in = sum(file.rows_in for file in assessment.inputs if file.role == "suppliers")
    states = assessment.ratings.column("data").to_pylist()
    lines = [
        f"{rows_in} rows read: {assessment.rows.num_rows} used, {assessment.rejected.num_rows} rejected "
        f"(rejected.csv), {assessment.remarks.num_rows} values set aside (remarks.csv)",
        f"{assessment.parties.num_rows} parties: {states.count(DataState.ASSESSED)} rated, "
        f"{states.count(DataState.NO_DATA)} without enough data; "
        f"{assessment.review.num_rows} possible duplicates to decide (review.csv)",
        *judgement_lines(*(int(assessment.options.get(f"judgements_{what}", "0")) for what in _OF_JUDGEMENTS)),
        f"Report: {out / 'report.html'}",
    ]
    for line in lines:
        typer.echo(line)
