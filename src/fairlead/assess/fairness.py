"""Writes how the ratings of a results folder are spread."""

from __future__ import annotations

from pathlib import Path

from fairlead.assess.output import files_beside
from fairlead.read.assessment import OF_RATINGS, read_assessment
from fairlead.report.fairness_tables import FILES, write_fairness
from fairlead.risk.fairness import Fairness, fairness


def fairness_of(folder: Path, out: Path | None = None) -> tuple[Fairness, tuple[Path, ...]]:
    """Return how the ratings of a results folder are spread, and the files written into `out`, none without it.

    Either all files appear there or none changes. Raises an InputError where the folder has no results, ReportError
    where `out` cannot be written.
    """
    assessment = read_assessment(folder, OF_RATINGS)
    report = fairness(assessment.parties, assessment.evidence, assessment.ratings, assessment.as_of)
    if out is None:
        return report, ()
    with files_beside(out / FILES[0], FILES) as partial:
        write_fairness(report, assessment, partial)
    return report, tuple(out / name for name in FILES)
