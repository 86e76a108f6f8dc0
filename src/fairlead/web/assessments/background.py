"""The work of assessments that goes on in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.model.progress import Progress
from fairlead.web.assessments.compare import KIND as COMPARISON
from fairlead.web.assessments.compare import work_out
from fairlead.web.assessments.make import clear, make
from fairlead.web.assessments.models import Assessment, AssessmentState, Comparison, Report
from fairlead.web.assessments.reminders import send_reminders
from fairlead.web.assessments.reports import KIND as REPORT
from fairlead.web.assessments.reports import write
from fairlead.web.assessments.start import KIND as ASSESSMENT
from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.jobs.regular import regularly


def _address(page: str, job: Job, number: int) -> str:
    return reverse(f"assessments:{page}", kwargs={"slug": job.organisation.slug, "number": number})


def _assessment_page(job: Job) -> str:
    return _address("assessment", job, Assessment.objects.get(pk=job.subject).number)


def _report_page(job: Job) -> str:
    return _address("reports", job, Report.objects.select_related("assessment").get(pk=job.subject).assessment.number)


def _comparison_page(job: Job) -> str:
    return _address("comparison", job, int(job.subject))


@declare(ASSESSMENT, _("Assessing"), result=_assessment_page, grows=True)
def assess(job: Job, progress: Progress) -> None:
    """Make an assessment; where it cannot be made, keep nothing of it but that it failed."""
    assessment = Assessment.objects.select_related("organisation", "created_by").get(pk=job.subject)
    Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.RUNNING).update(job=job)
    try:
        make(assessment, progress)
    except Exception:
        clear(assessment)
        Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.RUNNING).update(state=AssessmentState.FAILED)
        raise


@declare(REPORT, _("Writing the report"), result=_report_page)
def report(job: Job, progress: Progress) -> None:
    """Write the report of an assessment in one language."""
    write(Report.objects.select_related("assessment").get(pk=job.subject), progress)


@declare(COMPARISON, _("Comparing two assessments"), result=_comparison_page, grows=True)
def compare(job: Job, progress: Progress) -> None:
    """Work out what changed between two assessments."""
    work_out(Comparison.objects.select_related("older", "newer").get(pk=job.subject), progress)


@regularly("assessments.challenges", timedelta(hours=1))
def reminders(now: datetime) -> None:
    """Remind those who reply to challenges."""
    send_reminders(now)
