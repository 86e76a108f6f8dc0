"""Undoes a committed import: what it created goes, what it changed is as before, what later work rests on stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.imports.changes import take_back
from fairlead.web.imports.history import REMOVED, keep_history
from fairlead.web.imports.models import Import, ImportState, KeptRecord
from fairlead.web.imports.staging import CHUNK, remove_staged, speaking_of_parties
from fairlead.web.parties.models import Link, Party, PartyIdentifier, RecordState, Site, SourceRow

#: What is worked out from parties anew each time and is no work that rests on them.
_DERIVED: Final = frozenset(
    {
        "assessments.rating",
        "assessments.partychange",
        "imports.keptrecord",
        "imports.stagedrow",
    }
)


def undo_import(one: Import, user: User | None, progress: Progress) -> None:
    """Undo an import. After a crash it is called again and goes on where it must."""
    if one.state == ImportState.UNDONE:
        progress.start("Clearing up")
        remove_staged(one)
        return
    progress.start("Looking for later work")
    used = used_parties(one)
    progress.start("Taking everything back")
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=one.pk)
        if held.state != ImportState.UNDOING:
            return
        KeptRecord.objects.filter(of_import=one).delete()
        KeptRecord.objects.bulk_create(
            (KeptRecord(of_import=held, party_id=pk, because=sorted(why)) for pk, why in sorted(used.items())),
            batch_size=CHUNK,
        )
        stays = take_back(held, user)
        _take_out(held, user)
        held.state, held.undone_by, held.undone_at = ImportState.UNDONE, user, timezone.now()
        held.counts = {**held.counts, "kept": len(used), "stays": len(stays)}
        held.save()
        record(
            "import.undone",
            organisation=one.organisation,
            actor=user,
            subject=str(one.pk),
            detail={"kept": len(used), "changed_since": len(stays)},
            by="background work",
        )
    progress.start("Clearing up")
    remove_staged(one)


def _take_out(one: Import, user: User | None) -> None:
    """Take what the import created out of use, but what belongs to parties that stay."""
    kept = KeptRecord.objects.filter(of_import=one).values("party_id")
    mine = {"import_batch": one.pk, "state": RecordState.LIVE}
    to_gone = Q(to_party__import_batch=one.pk, to_party__state=RecordState.LIVE) & ~Q(to_party__in=kept)
    out: tuple[QuerySet[Any], ...] = (
        Link.objects.filter(**mine).filter(~Q(from_party__in=kept) | to_gone),
        Site.objects.filter(**mine).exclude(party__in=kept),
        Party.objects.filter(**mine).exclude(pk__in=kept),
    )
    for rows in out:
        keep_history(rows, REMOVED, user=user, reason=f"import {one.pk} undone")
        numbers = rows.values("pk")
        rows.model._default_manager.filter(pk__in=numbers).update(state=RecordState.STAGED)
    SourceRow.objects.filter(import_batch=one.pk).exclude(party__in=kept).exclude(
        party__state=RecordState.STAGED
    ).delete()


def used_parties(one: Import) -> dict[int, set[str]]:
    """Return the parties that an import created and on which later work rests, each with what that is."""
    used: dict[int, set[str]] = {}
    created = Party.objects.filter(import_batch=one.pk, state=RecordState.LIVE)
    alive = set(created.values_list("pk", flat=True))
    for pk in created.filter(version__gt=1).values_list("pk", flat=True):
        used.setdefault(pk, set()).add("changed")
    for key, rows in _later_work(one):
        for pk in rows:
            used.setdefault(pk, set()).add(key)
    used = {pk: why for pk, why in used.items() if pk in alive}
    for pk in _merged_into(one):
        used.setdefault(pk, set()).add("merged")
    return used


def _merged_into(one: Import) -> Iterator[int]:
    """Yield the parties into which people merged some that the import created: what came with these stays there."""
    merged = Party.objects.filter(import_batch=one.pk, state=RecordState.MERGED).select_related("merged_into")
    for party in merged:
        into = party.merged_into
        while into is not None and into.state == RecordState.MERGED:
            into = into.merged_into
        if into is not None:
            yield into.pk


def _later_work(one: Import) -> Iterator[tuple[str, Iterator[int]]]:
    """Yield for each kind of record that speaks of a party the parties of the import of which it does."""
    for model, field in speaking_of_parties():
        if model is PartyIdentifier or model._meta.label_lower in _DERIVED:
            continue
        name = field.name
        rows = model._base_manager.filter(**{f"{name}__import_batch": one.pk, f"{name}__state": RecordState.LIVE})
        fields = {field.name for field in model._meta.get_fields()}
        if "import_batch" in fields:
            rows = rows.filter(~Q(import_batch=one.pk) | Q(import_batch__isnull=True))
        if "state" in fields and model in (Site, Link, Party):
            rows = rows.filter(state__in=(RecordState.LIVE, RecordState.MERGED))
        if "recorded_by" in fields:  # evidence of the engine is worked out anew
            rows = rows.filter(recorded_by__isnull=False)
        if "decision" in fields:  # a pair that nobody has decided is found anew
            rows = rows.exclude(decision="")
        yield model._meta.model_name, rows.values_list(f"{name}_id", flat=True).distinct().iterator()
