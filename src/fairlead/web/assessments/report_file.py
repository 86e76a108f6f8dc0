"""Gives one file of a report away, for a page and for the API."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fairlead.web.assessments import reports
from fairlead.web.assessments.models import Report
from fairlead.web.audit.chain import record
from fairlead.web.organisations.access import MemberRequest


def report_file(request: MemberRequest, report: Report | None, kind: str, number: int) -> HttpResponse:
    """Answer with one file of an assessment's report, as one to keep and never as a page of the workbench.

    Raises Http404 where there is none, UnreadableFile where it is gone from the disk.
    """
    if kind not in reports.FILES or report is None or not report.files:
        raise Http404
    content = reports.content(report, kind)
    record(
        "report.taken",
        organisation=request.organisation,
        actor=request.user,
        subject=f"assessment {number}",
        detail={"kind": kind, "language": report.language, "restricted": report.restricted},
    )
    name, content_type = reports.FILES[kind]
    stem, _, ending = name.rpartition(".")
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{stem}-{number}-{report.language}.{ending}"'
    answer["Content-Security-Policy"] = "sandbox"
    return answer
