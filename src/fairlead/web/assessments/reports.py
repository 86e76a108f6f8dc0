"""The report of an assessment: made once in each language, kept by the hash of all that it hangs on."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Final

from django.db import transaction

from fairlead import __version__
from fairlead.assess.report_of import report_of_folder
from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.assessments.files import assessment_folder, read_checked, sha256_of
from fairlead.web.assessments.make import snapshot_folder
from fairlead.web.assessments.models import Assessment, Report
from fairlead.web.audit.chain import record
from fairlead.web.jobs.models import JobState
from fairlead.web.jobs.run import start

KIND: Final = "report"

#: The files of a report that can be taken away, by the word in their address: name and type.
FILES: Final = {
    "html": ("report.html", "text/html; charset=utf-8"),
    "pdf": ("report.pdf", "application/pdf"),
    "xlsx": ("worklist.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("assessment.json", "application/json"),
}


def key_of(assessment: Assessment, language: str, restricted: bool) -> str:
    """Return the hash of all that the bytes of a report hang on: the snapshot, the language, the program."""
    hashes = assessment.files.order_by("name").values_list("name", "sha256")
    parts = [__version__, language, str(restricted), *(f"{name} {sha256}" for name, sha256 in hashes)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def find(assessment: Assessment, language: str, *, restricted: bool) -> Report | None:
    """Return the report of an assessment in a language, also one that is being made; None where nobody asked yet."""
    key = key_of(assessment, language, restricted)
    return Report.objects.filter(assessment=assessment, key=key).select_related("job").first()


def ask(assessment: Assessment, language: str, *, restricted: bool, user: User) -> Report:
    """Return the report, and put its making into the queue where it neither is there nor being made."""
    with transaction.atomic():
        report, _ = Report.objects.select_for_update().get_or_create(
            assessment=assessment,
            key=key_of(assessment, language, restricted),
            defaults={"language": language, "restricted": restricted},
        )
        waiting = report.job is not None and report.job.state in {JobState.WAITING, JobState.RUNNING}
        if not report.files and not waiting:
            record(
                "report.asked",
                organisation=assessment.organisation,
                actor=user,
                subject=f"assessment {assessment.number}",
                detail={"language": language, "restricted": restricted},
            )
            job = start(KIND, str(report.pk), organisation=assessment.organisation, user=user)
            Report.objects.filter(pk=report.pk).update(job=job)
    report.refresh_from_db()
    return report


def folder_of_report(report: Report) -> Path:
    """Return the folder in which a report's files lie."""
    return assessment_folder(report.assessment).with_name(f"{report.assessment.number}.reports") / report.key


def write(report: Report, progress: Progress) -> None:
    """Write a report; begun again it starts from nothing, and it is seen when all its files are there."""
    if report.files:
        return
    folder = folder_of_report(report)
    shutil.rmtree(folder, ignore_errors=True)
    report_of_folder(
        snapshot_folder(report.assessment),
        out=folder,
        language=report.language,
        pdf=True,
        restricted=report.restricted,
        progress=progress,
    )
    files = {name: sha256_of(folder / name) for name, _ in FILES.values()}
    Report.objects.filter(pk=report.pk).update(files=files)


def content(report: Report, kind: str) -> bytes:
    """Return one file of a report (a key of FILES). Raises UnreadableFile where it is gone or was changed."""
    name = FILES[kind][0]
    return read_checked(folder_of_report(report) / name, report.files.get(name, ""))
