"""What the workbench acknowledged while it was killed again and again, and whether all of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

#: Rows of each list, each a party of its own with no likeness to another.
ROWS: Final = 60


@dataclass
class Ledger:
    """What the server acknowledged, and what was found wrong."""

    uploads: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    assessments: int = 0
    wrong: list[str] = field(default_factory=list)


def check(ledger: Ledger) -> list[str]:
    """Return what does not hold of what was acknowledged, when no work goes on any more."""
    from fairlead.web.audit.chain import verify

    wrong = [*_uploads(ledger), *_commits(ledger), *_assessments(ledger), *_left_over()]
    return wrong + [str(broken) for broken in verify().breaks]


def _uploads(ledger: Ledger) -> Iterator[str]:
    from django.conf import settings

    from fairlead.web.imports.models import Import, ImportFile

    kept = {path.name for path in Path(settings.FILES).rglob("*") if path.is_file()}
    there = set(Import.objects.values_list("pk", flat=True))
    for number in ledger.uploads:
        if number not in there:
            yield f"upload {number} was acknowledged and is gone"
    for file in ImportFile.objects.all():
        if file.sha256 not in kept:
            yield f"the bytes of {file.name} are gone"
    for number in Import.objects.filter(files=None).values_list("pk", flat=True):
        yield f"import {number} is shown and has no file"


def _commits(ledger: Ledger) -> Iterator[str]:
    from fairlead.web.imports.models import Import
    from fairlead.web.jobs.models import Job
    from fairlead.web.parties.models import Party

    for one in Import.objects.filter(state__in=("reading", "committing", "undoing")):
        yield f"import {one.pk} is {one.state}, and nobody works on it"
    for number in ledger.commits:
        state = Import.objects.get(pk=number).state
        live = Party.live.filter(import_batch=number).count()
        failed = Job.objects.filter(kind="imports.commit", subject=str(number), state="failed").exists()
        if (state, live) != ("committed", ROWS) and not (failed and live == 0):
            yield f"import {number} was acknowledged and is {state} with {live} parties"


def _assessments(ledger: Ledger) -> Iterator[str]:
    from fairlead.web.assessments.files import assessment_folder, sha256_of
    from fairlead.web.assessments.models import Assessment, SnapshotFile

    if Assessment.objects.count() < ledger.assessments:
        yield "an assessment was acknowledged and is gone"
    for one in Assessment.objects.all():
        if one.shown_state == "running":
            yield f"assessment {one.number} is being made, and nobody works on it"
        if one.is_done and one.ratings.count() != one.total:
            yield f"assessment {one.number} is done and has {one.ratings.count()} ratings of {one.total}"
        for file in SnapshotFile.objects.filter(assessment=one) if one.is_done else ():
            path = assessment_folder(one) / file.name
            if not path.is_file() or sha256_of(path) != file.sha256:
                yield f"the file {file.name} of assessment {one.number} is not what was written"


def _left_over() -> Iterator[str]:
    from fairlead.web.parties.models import Link, Party, RecordState, Site

    for model in (Party, Site, Link):
        staged = model.objects.filter(state=RecordState.STAGED).count()
        if staged:
            yield f"{staged} staged rows of {model.__name__} are left over"
