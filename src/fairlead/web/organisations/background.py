"""Background work of organisations: filling a sandbox."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.organisations.sandbox.make import FILL, fill


def _result(job: Job) -> str:
    return reverse("organisations:home", kwargs={"slug": job.organisation.slug})


declare(FILL, _("Reading the example into the sandbox"), result=_result)(fill)
