"""The list of assessments, beginning one, and the page of one with its work list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fairlead.web.assessments.forms import BeginForm
from fairlead.web.assessments.given import evidence_left_out
from fairlead.web.assessments.lists import ASSESSMENT_LIST, work_list
from fairlead.web.assessments.models import Assessment, AssessmentState
from fairlead.web.assessments.own_lists import keep_list
from fairlead.web.assessments.start import begin
from fairlead.web.assessments.views.find import find_assessment
from fairlead.web.files.too_large import left_out
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party

#: So many earlier assessments are offered to compare with.
_OFFERED = 50


@needs(Capability.SEE)
def assessment_list(request: MemberRequest) -> HttpResponse:
    """Show the assessments, also those that are being made or could not be."""
    return show_list(request, ASSESSMENT_LIST, page="assessments/list.html")


@needs(Capability.ASSESS)
def begin_assessment(request: MemberRequest) -> HttpResponse:
    """Begin an assessment of all that the organisation has."""
    organisation, today = request.organisation, timezone.localdate()
    form = BeginForm(request.POST or None, request.FILES or None, organisation=organisation, today=today)
    if form.is_bound and (refused := left_out(request)):
        form.add_error("uploads", refused)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lists = [*given.get("lists", ()), *(keep_list(one, organisation, request.user) for one in given["uploads"])]
        assessment = begin(organisation, as_of=given["as_of"], user=request.user, lists=lists, note=given["note"])
        return redirect("jobs:job", slug=organisation.slug, number=assessment.job_id)
    counting, expired = evidence_left_out(organisation, today)
    context = {
        "form": form,
        "parties": Party.live.filter(organisation=organisation).count(),
        "counting": counting,
        "expired": expired,
    }
    return render(request, "assessments/begin.html", context)


@needs(Capability.SEE)
def assessment_page(request: MemberRequest, number: int) -> HttpResponse:
    """Show an assessment: how the ratings lie, and whom to look at first; before it is done, how far it is."""
    assessment = find_assessment(request, number)
    if assessment.shown_state == AssessmentState.RUNNING and assessment.job is not None:
        return redirect("jobs:job", slug=request.organisation.slug, number=assessment.job_id)
    if not assessment.is_done:
        return render(request, "assessments/failed.html", {"assessment": assessment})
    others = Assessment.objects.filter(organisation=request.organisation).short().done().exclude(pk=assessment.pk)
    return show_list(
        request,
        work_list(assessment),
        page="assessments/assessment.html",
        assessment=assessment,
        others=list(others[:_OFFERED]),
        lists=list(assessment.lists.select_related("file").order_by("file__name")),
    )
