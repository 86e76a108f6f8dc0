"""Commits an import: all of it becomes visible in one short transaction, or nothing does."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.errors import InputError
from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.imports.changes import Wanted, apply, wanted
from fairlead.web.imports.history import ADDED, keep_history
from fairlead.web.imports.models import Import, ImportState, StagedRow
from fairlead.web.imports.reading import still_so
from fairlead.web.imports.staging import Staged, remove_staged, stage
from fairlead.web.parties.models import Link, Party, RecordState, Site, SourceRow


class LookAgain(InputError):
    """The parties changed after the preview was made, so that the import would do something else than it showed."""


def commit_import(one: Import, user: User | None, progress: Progress) -> None:
    """Commit an import. Raises LookAgain where its preview no longer holds; then nothing was kept.

    After a crash it is called again: what was staged is removed first, and what was committed already is done.
    """
    if one.state == ImportState.COMMITTED:
        remove_staged(one)
        return
    progress.start("Clearing what an interrupted try has left")
    remove_staged(one)
    if not still_so(one, progress):
        raise LookAgain(
            _("The parties have changed since the preview was made, and the import would now do something else."),
            do=_("Nothing was committed. Look at the new preview and commit again."),
        )
    try:
        staged = stage(one, progress)
        changes = wanted(one, staged)
        progress.start("Putting everything in place")
        _flip(one, user, staged, changes)
    except BaseException:
        _clear(one)
        raise
    remove_staged(one)


def _clear(one: Import) -> None:
    """Remove what was staged, where the database still answers; else the next try does."""
    if not connection.in_atomic_block:
        remove_staged(one)


def _flip(one: Import, user: User | None, staged: Staged, changes: list[Wanted]) -> None:
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=one.pk)
        if held.state != ImportState.COMMITTING:
            return
        held.committed_by, held.committed_at = user, timezone.now()
        _refuse_gone(one)
        changed = apply(held, changes, _valid(staged))
        for model in (Party, Site, Link):
            keep_live(model, one, user)
        _move_rows(one)
        held.state = ImportState.COMMITTED
        held.counts = {**held.counts, "changed_values": changed, "brought_back": staged.brought_back}
        held.save()
        record(
            "import.committed",
            organisation=one.organisation,
            actor=user,
            subject=str(one.pk),
            detail={
                "created": held.counts.get("created", 0),
                "changed_values": changed,
                "brought_back": staged.brought_back,
            },
            by="background work",
        )
    one.refresh_from_db()


def keep_live(model: Any, one: Import, user: User | None) -> None:
    """Make the staged records of an import count, and write the first line of their history."""
    staged = model._default_manager.filter(import_batch=one.pk, state=RecordState.STAGED)
    staged.update(state=RecordState.LIVE)
    made = model._default_manager.filter(import_batch=one.pk, state=RecordState.LIVE)
    keep_history(made, ADDED, user=user, reason=f"import {one.pk}")


def _refuse_gone(one: Import) -> None:
    """Raise LookAgain where a party that new rows belong to was merged or withdrawn a moment ago."""
    gone = StagedRow.objects.filter(of_import=one).exclude(party__state=RecordState.LIVE).exists()
    for model in (Site, Link):
        path = "party" if model is Site else "from_party"
        rows = model._default_manager.filter(import_batch=one.pk, state=RecordState.STAGED)
        gone = gone or rows.exclude(**{f"{path}__state__in": (RecordState.LIVE, RecordState.STAGED)}).exists()
    if gone:
        raise LookAgain(
            _("A party that the list speaks of was merged or withdrawn while the import was being committed."),
            do=_("Nothing was committed. Read the list again, look at the new preview and commit again."),
        )


def _valid(staged: Staged) -> dict[str, bool | None]:
    return {
        f"{each['scheme'] or ''}:{each['value']}": each["valid"]
        for numbers in staged.parties["identifiers"].to_pylist()
        for each in numbers or ()
    }


def _move_rows(one: Import) -> None:
    """Copy the rows that speak of known parties to where all rows are kept, within the database."""
    names = ["party_id", "uid", "file", "sheet", "row", "fields"]
    name = connection.ops.quote_name
    columns = ", ".join(name(each) for each in (*names, "import_batch"))
    told = ", ".join(name(each) for each in names)
    source, target = name(StagedRow._meta.db_table), name(SourceRow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {target} ({columns}) SELECT {told}, of_import_id FROM {source} WHERE of_import_id = %s",  # noqa: S608 - names of our own
            [one.pk],
        )
