"""Background work of organisations: filling a sandbox."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.web.imports.models import Import
from fairlead.web.imports.state import AFTER_COMMIT, AFTER_READING
from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.organisations.sandbox.follow import assess_example, commit_example
from fairlead.web.organisations.sandbox.make import FILL, fill


def _result(job: Job) -> str:
    slug = job.organisation.slug
    number = Import.objects.filter(organisation=job.organisation).order_by("-pk").values_list("pk", flat=True).first()
    if number is None:
        return reverse("organisations:home", kwargs={"slug": slug})
    return reverse("imports:import", kwargs={"slug": slug, "number": number})


declare(FILL, _("Reading the example into the sandbox"), result=_result)(fill)
AFTER_READING.append(commit_example)
AFTER_COMMIT.append(assess_example)
