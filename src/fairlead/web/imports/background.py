"""The work of imports that goes on in the background."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fairlead.errors import FairleadError
from fairlead.model.progress import Progress
from fairlead.web.imports.commit import commit_import
from fairlead.web.imports.models import Import, ImportState
from fairlead.web.imports.reading import read_import
from fairlead.web.imports.state import AFTER_COMMIT, AFTER_READING, COMMIT, READ, UNDO, go_back
from fairlead.web.imports.undo import undo_import
from fairlead.web.jobs.kinds import declare
from fairlead.web.jobs.models import Job
from fairlead.web.site.told import told


def _page(job: Job) -> str:
    return reverse("imports:import", kwargs={"slug": job.organisation.slug, "number": int(job.subject)})


def _of(job: Job) -> Import:
    return Import.objects.select_related("organisation").get(pk=int(job.subject), organisation=job.organisation)


def _or_back(one: Import, error: Exception) -> None:
    """Put the import back to where it was, with the reason where it can be told."""
    one.refresh_from_db()
    if one.at_work:
        go_back(one, told(error) if isinstance(error, FairleadError) else "")


@declare(READ, _("Reading the lists"), result=_page)
def read(job: Job, progress: Progress) -> None:
    """Read an import's files and make its preview."""
    one = _of(job)
    if one.state == ImportState.READING:
        try:
            read_import(one, progress)
        except Exception as error:
            _or_back(one, error)
            raise
    for follow in AFTER_READING:
        follow(one)


@declare(COMMIT, _("Committing the import"), result=_page, grows=True)
def commit(job: Job, progress: Progress) -> None:
    """Commit an import."""
    one = _of(job)
    if one.state not in (ImportState.COMMITTING, ImportState.COMMITTED):
        return
    try:
        commit_import(one, job.created_by, progress)
    except Exception as error:
        _or_back(one, error)
        raise
    for follow in AFTER_COMMIT:
        follow(one)


@declare(UNDO, _("Undoing the import"), result=_page, grows=True)
def undo(job: Job, progress: Progress) -> None:
    """Undo an import."""
    one = _of(job)
    if one.state not in (ImportState.UNDOING, ImportState.UNDONE):
        return
    try:
        undo_import(one, job.created_by, progress)
    except Exception as error:
        _or_back(one, error)
        raise
