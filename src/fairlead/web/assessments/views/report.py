"""The report of an assessment: asking for it in the reader's language, and taking it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fairlead.errors import UnreadableFile
from fairlead.web.assessments import reports as kept
from fairlead.web.assessments.report_file import report_file
from fairlead.web.assessments.views.find import find_done
from fairlead.web.jobs.models import JobState
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.site.templatetags.words import reader
from fairlead.web.site.told import told


@needs(Capability.EXPORT)
def reports(request: MemberRequest, number: int) -> HttpResponse:
    """Show what of the report can be taken away; a form that is sent has it made."""
    assessment = find_done(request, number)
    restricted = _restricted(request)
    if request.method == "POST":
        report = kept.ask(assessment, reader().code, restricted=restricted, user=request.user)
        if report.files or report.job_id is None:
            return redirect("assessments:reports", slug=request.organisation.slug, number=number)
        return redirect("jobs:job", slug=request.organisation.slug, number=report.job_id)
    found = kept.find(assessment, reader().code, restricted=restricted)
    job = found.job if found and not found.files else None
    context = {
        "assessment": assessment,
        "report": found,
        "ready": bool(found and found.files),
        "waiting": job is not None and not job.over,
        "failed": job is not None and job.state == JobState.FAILED,
        "with_restricted": restricted,
        "may_restricted": request.membership.may(Capability.RESTRICTED),
    }
    return render(request, "assessments/reports.html", context)


def _restricted(request: MemberRequest) -> bool:
    """Say whether restricted evidence is asked for by somebody who may see it."""
    asked = (request.POST if request.method == "POST" else request.GET).get("restricted") == "yes"
    return asked and request.membership.may(Capability.RESTRICTED)


@needs(Capability.EXPORT)
def download(request: MemberRequest, number: int, kind: str) -> HttpResponse:
    """Send one file of the report."""
    report = kept.find(find_done(request, number), reader().code, restricted=_restricted(request))
    try:
        return report_file(request, report, kind, number)
    except UnreadableFile as error:
        messages.error(request, told(error))
        return redirect("assessments:reports", slug=request.organisation.slug, number=number)
