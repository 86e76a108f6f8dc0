"""Background work on parties: finding possible duplicates, and changes of very many parties."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.model.progress import Progress
from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.parties import bulk_change, duplicates
from fairlead.web.parties.models import BulkChange


def _duplicates_page(job: Job) -> str:
    return reverse("parties:duplicates", kwargs={"slug": job.organisation.slug})


def _bulk_page(job: Job) -> str:
    return reverse("parties:bulk_done", kwargs={"slug": job.organisation.slug, "number": int(job.subject)})


@declare("parties.duplicates", _("Looking for possible duplicates"), result=_duplicates_page, grows=True)
def find_duplicates(job: Job, progress: Progress) -> None:
    """Compare all parties of the organisation."""
    duplicates.find(job.organisation, progress)


@declare("parties.bulk", _("Changing many parties"), result=_bulk_page)
def change_many(job: Job, progress: Progress) -> None:
    """Do a change of many parties, or go on with it."""
    bulk_change.apply(BulkChange.objects.get(pk=int(job.subject), organisation=job.organisation), progress)


@declare("parties.bulk_undo", _("Undoing a change of many parties"), result=_bulk_page)
def undo_many(job: Job, progress: Progress) -> None:
    """Undo a change of many parties, or go on with it."""
    bulk_change.undo(BulkChange.objects.get(pk=int(job.subject), organisation=job.organisation), progress)
