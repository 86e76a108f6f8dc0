"""Makes a sandbox and fills it with the example case, as a person would: by an import, then an assessment."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.jobs.models import Job
from fairlead.web.jobs.run import start
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.forms import free_slug
from fairlead.web.organisations.models import Membership, Organisation

#: The lists of the example case, which an installed package has too; everything in them is made up.
LISTS: Final = Path(__file__).parent / "lists"
FILL: Final = "sandbox.fill"


def make_sandbox(user: User) -> Organisation:
    """Make a sandbox that this person administers, and ask for it to be filled."""
    with transaction.atomic():
        with override(user.language):
            name = _("Sandbox: a ministry's tender")
        organisation = Organisation.objects.create(
            name=name, slug=free_slug("sandbox"), language=user.language, sandbox=True
        )
        Membership.objects.create(organisation=organisation, user=user, role=Role.ADMINISTRATOR)
        record("organisation.made", organisation=organisation, actor=user, detail={"sandbox": True})
        ask_to_fill(organisation, user)
    return organisation


def ask_to_fill(organisation: Organisation, user: User) -> Job:
    """Have the example read into a sandbox, in the background."""
    return start(FILL, organisation.slug, organisation=organisation, user=user)


def fill(job: Job, progress: Progress) -> None:
    """Begin the import of the example's lists; where there are parties or imports already, leave all as it is.

    What follows, committing and assessing, is done when the import has been read (see `follow`).
    """
    from fairlead.web.imports.models import Import  # noqa: PLC0415 - imports stand above organisations
    from fairlead.web.imports.upload import take_in  # noqa: PLC0415
    from fairlead.web.parties.models import Party  # noqa: PLC0415

    organisation, user = job.organisation, job.created_by
    if not organisation.sandbox or user is None:
        return
    Import.objects.filter(organisation=organisation, files__isnull=True).delete()  # what an interruption has left
    if any(model.objects.filter(organisation=organisation).exists() for model in (Import, Party)):
        return
    progress.start("Looking at the sheets")
    take_in([SimpleUploadedFile(path.name, path.read_bytes()) for path in lists()], organisation, user)


def lists() -> list[Path]:
    """Return the lists of the example case, in the order of their names."""
    return sorted(path for path in LISTS.iterdir() if path.suffix in {".csv", ".xlsx"})
