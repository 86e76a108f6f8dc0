"""The steps from one state of an import to the next, and what a crash or failure leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import IntegrityError, transaction

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.imports.models import OPEN, Import, ImportState
from fairlead.web.jobs.models import JobState
from fairlead.web.jobs.run import start
from fairlead.web.organisations.models import Organisation

#: What else is done when an import was read, or committed; it may be called again after a crash.
After = Callable[[Import], None]
AFTER_READING: Final[list[After]] = []
AFTER_COMMIT: Final[list[After]] = []

READ, COMMIT, UNDO = "imports.read", "imports.commit", "imports.undo"


class NotNow(Exception):
    """The step cannot be taken: the import is in another state, or another one is just being committed."""


class OtherPreview(Exception):
    """The preview that somebody looked at was made again meanwhile."""


def begin_reading(one: Import, user: User | None) -> None:
    """Put the work of reading an import's files into the queue. Raises NotNow where it is past that."""
    _begin(one, OPEN, ImportState.READING, READ, user)


def begin_commit(one: Import, user: User, *, shown: str) -> None:
    """Put the work of committing the preview `shown` into the queue.

    Raises OtherPreview where it was made again, NotNow where there is none, or another import is being committed.
    """
    if shown != one.preview:
        raise OtherPreview
    _begin(one, (ImportState.PREVIEW,), ImportState.COMMITTING, COMMIT, user)


def begin_undo(one: Import, user: User) -> None:
    """Put the work of undoing a committed import into the queue. Raises NotNow where it is not, or another goes on."""
    _begin(one, (ImportState.COMMITTED,), ImportState.UNDOING, UNDO, user)


def _begin(one: Import, before: tuple[ImportState, ...], after: ImportState, kind: str, user: User | None) -> None:
    settle(one.organisation)
    try:
        with transaction.atomic():
            taken = Import.objects.filter(pk=one.pk, state__in=before).update(state=after, what="")
            if not taken:
                raise NotNow
            record(f"import.{after}", organisation=one.organisation, actor=user, subject=str(one.pk))
            job = start(kind, str(one.pk), organisation=one.organisation, user=user)
            Import.objects.filter(pk=one.pk).update(job=job)
    except IntegrityError as error:
        raise NotNow from error


def discard(one: Import, user: User) -> None:
    """Give an import up that was not committed; its rejected rows stay. Raises NotNow where it is past that."""
    with transaction.atomic():
        if not Import.objects.filter(pk=one.pk, state__in=OPEN).update(state=ImportState.DISCARDED):
            raise NotNow
        record("import.discarded", organisation=one.organisation, actor=user, subject=str(one.pk))


def settle(organisation: Organisation) -> None:
    """Bring imports back whose work was given up: nothing of it was kept, so each is where it was before."""
    given_up = Import.objects.filter(organisation=organisation, job__state=JobState.FAILED)
    for one in given_up.filter(state__in=(ImportState.READING, ImportState.COMMITTING, ImportState.UNDOING)):
        go_back(one, one.job.what if one.job else "")


def go_back(one: Import, what: str) -> None:
    """Put an import back to where it was before the work that failed, with the reason."""
    state = {
        ImportState.READING: ImportState.FAILED,
        ImportState.COMMITTING: ImportState.PREVIEW,
        ImportState.UNDOING: ImportState.COMMITTED,
    }[ImportState(one.state)]
    Import.objects.filter(pk=one.pk, state=one.state).update(state=state, what=what)
