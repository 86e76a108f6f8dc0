"""Shows how far a piece of background work has come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from fairlead.web.jobs.kinds import kind
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability


@needs(Capability.SEE)
def job_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show one job; when it is done, go on to its result. htmx asks again and again for the part that moves."""
    job = get_object_or_404(Job, pk=number, organisation=request.organisation)
    declared = kind(job.kind)
    moving = request.headers.get("HX-Target") == "job"
    if job.state == JobState.DONE:
        if not moving:
            return redirect(declared.result(job))
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = declared.result(job)
        return answer
    template = "jobs/progress.html" if moving else "jobs/job.html"
    context = {"job": job, "title": declared.title, "result": declared.result(job) if job.over else ""}
    return render(request, template, context)
