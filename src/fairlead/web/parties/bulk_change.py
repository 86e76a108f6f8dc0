"""Changes many parties at once, a thousand at a time, and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from fairlead.model.progress import Progress
from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.jobs import run
from fairlead.web.jobs.models import Job
from fairlead.web.lists.state import ListState
from fairlead.web.organisations.models import Organisation
from fairlead.web.parties.models import BulkChange, BulkChangeItem, Label, Labelling, Party, RecordState
from fairlead.web.parties.moving import save_all
from fairlead.web.parties.party_list import PARTY_LIST
from fairlead.web.parties.rows import with_what_tells
from fairlead.web.parties.save import derive

#: So many are changed in one go, while a person waits; more become background work.
AT_ONCE: Final = 1_000
_CHUNK: Final = 500

#: So many parties can be selected one by one.
MOST_SELECTED: Final = 200

#: Values of the party that can be set for many.
SETTABLE: Final = ("kind", "tier", "country")
_LONGEST_NOTE: Final = 20_000


def begin(
    organisation: Organisation, user: User, selection: Mapping[str, Any], change: Mapping[str, Any]
) -> tuple[BulkChange, Job | None]:
    """Change the selected parties and return the change; where they are many, in the background, with its job."""
    bulk = BulkChange.objects.create(
        organisation=organisation, user=user, change=dict(change), selection=dict(selection)
    )
    if selected(bulk).count() > AT_ONCE:
        return bulk, run.start("parties.bulk", str(bulk.pk), organisation=organisation, user=user)
    apply(bulk)
    return bulk, None


def begin_undo(bulk: BulkChange, user: User) -> tuple[Job | None, int]:
    """Take a change of many parties back, in the background where they are many.

    Return the job, or null and how many parties stayed as they were because somebody has changed them since.
    """
    if bulk.items.count() > AT_ONCE:
        return run.start("parties.bulk_undo", str(bulk.pk), organisation=bulk.organisation, user=user), 0
    return None, undo(bulk)


def selected(bulk: BulkChange) -> Any:
    """Return the parties that are meant, as they are now."""
    if "query" in bulk.selection:
        asked = QueryDict(str(bulk.selection["query"]).removeprefix("?"))
        return ListState(PARTY_LIST, bulk.organisation, asked).rows.order_by("pk")
    return Party.live.filter(organisation=bulk.organisation, uid__in=bulk.selection["selected"]).order_by("pk")


def list_items(bulk: BulkChange) -> None:
    """Write down which parties are meant, before any of them changes; does nothing the second time."""
    if bulk.listed:
        return
    last = 0
    while ids := list(selected(bulk).filter(pk__gt=last).values_list("pk", flat=True)[:_CHUNK]):
        BulkChangeItem.objects.bulk_create(
            [BulkChangeItem(bulk=bulk, party_id=pk) for pk in ids], ignore_conflicts=True, batch_size=_CHUNK
        )
        last = ids[-1]
    bulk.listed = True
    bulk.save(update_fields=["listed"])


def apply(bulk: BulkChange, progress: Progress | None = None) -> int:
    """Change every party that is meant and was not changed yet; return how many have been changed in all."""
    list_items(bulk)
    if progress:
        progress.start("Changing the parties", bulk.items.count())
        progress.advance(bulk.items.exclude(before__isnull=True).count())
    while items := list(bulk.items.filter(before__isnull=True).order_by("pk")[:_CHUNK]):
        with transaction.atomic():
            _change(bulk, items)
        if progress:
            progress.advance(len(items))
    with transaction.atomic():
        first = BulkChange.objects.filter(pk=bulk.pk, done_at__isnull=True).update(done_at=timezone.now())
        count = bulk.items.count()
        if first:
            _told("parties.changed_together", bulk, count)
    return count


def undo(bulk: BulkChange, progress: Progress | None = None) -> int:
    """Give every party back what it had, unless somebody has changed it since; return how many stayed as they are."""
    todo = bulk.items.filter(undone=False, before__isnull=False)
    if progress:
        progress.start("Undoing the change", todo.count())
    stayed = 0
    while items := list(todo.order_by("pk")[:_CHUNK]):
        with transaction.atomic():
            stayed += _change_back(bulk, items)
            BulkChangeItem.objects.filter(pk__in=[item.pk for item in items]).update(undone=True)
        if progress:
            progress.advance(len(items))
    with transaction.atomic():
        first = BulkChange.objects.filter(pk=bulk.pk, undone_at__isnull=True).update(undone_at=timezone.now())
        if first:
            _told("parties.changed_together.undone", bulk, bulk.items.count() - stayed)
    return stayed


def _told(action: str, bulk: BulkChange, count: int) -> None:
    detail = {"field": bulk.change["field"], "parties": count}
    record(action, organisation=bulk.organisation, actor=bulk.user, subject=str(bulk.pk), detail=detail)


def _change(bulk: BulkChange, items: list[BulkChangeItem]) -> None:
    """Change some parties and keep what they were; one that is no longer in use stays as it is."""
    parties = _parties(item.party_id for item in items)
    field, value = bulk.change["field"], bulk.change["value"]
    for item in items:
        item.before = {}
    there = [item for item in items if item.party_id in parties and parties[item.party_id].state == RecordState.LIVE]
    if field in {"label", "unlabel"}:
        _label(bulk, there, add=field == "label")
    else:
        for item in there:
            party = parties[item.party_id]
            item.before = {"was": _value(party, field), "is": _set(party, field, value)}
        changed = [parties[item.party_id] for item in there if item.before["was"] != item.before["is"]]
        save_all(changed, Party, _FIELDS[field], user=bulk.user, why="")
    BulkChangeItem.objects.bulk_update(items, ["before"], batch_size=_CHUNK)


def _change_back(bulk: BulkChange, items: list[BulkChangeItem]) -> int:
    """Give some parties back what they had; return how many stayed because they were changed since."""
    field = bulk.change["field"]
    if field in {"label", "unlabel"}:
        _label(bulk, [item for item in items if item.before.get("changed")], add=field == "unlabel")
        return 0
    parties = _parties(item.party_id for item in items)
    back, stayed = [], 0
    for item in items:
        party = parties.get(item.party_id)
        if party is None or "was" not in item.before or item.before["was"] == item.before["is"]:
            continue
        if _value(party, field) != item.before["is"]:
            stayed += 1
            continue
        _put(party, field, item.before["was"])
        back.append(party)
    save_all(back, Party, _FIELDS[field], user=bulk.user, why="")
    return stayed


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("kind",),
    "tier": ("tier",),
    "country": ("country", "folded", "legal_form", "names", "search"),
    "note": ("note",),
    "withdraw": ("state",),
}


def _parties(ids: Iterable[int]) -> dict[int, Party]:
    chosen = list(ids)
    list(Party.objects.select_for_update().filter(pk__in=chosen).order_by("pk").values_list("pk"))
    return {party.pk: party for party in with_what_tells(Party.objects.filter(pk__in=chosen))}


def _value(party: Party, field: str) -> Any:
    return party.state if field == "withdraw" else getattr(party, field)


def _set(party: Party, field: str, value: Any) -> Any:
    """Set what a change asks for and return the value as it is now."""
    new: Callable[[], Any] = {
        "withdraw": lambda: str(RecordState.WITHDRAWN),
        "note": lambda: "\n".join(filter(None, [party.note.strip(), value]))[:_LONGEST_NOTE],
    }.get(field, lambda: value)
    _put(party, field, new())
    return _value(party, field)


def _put(party: Party, field: str, value: Any) -> None:
    setattr(party, "state" if field == "withdraw" else field, value)
    if field == "country":  # the legal form is read by the country
        derive(party, [one.value for one in party.identifiers.all()])


def _label(bulk: BulkChange, items: list[BulkChangeItem], *, add: bool) -> None:
    """Give the label to parties or take it from them; `changed` of an item says whether that changed anything."""
    label = Label.objects.filter(pk=bulk.change["value"], organisation=bulk.organisation).first()
    if label is None:
        return
    ids = [item.party_id for item in items]
    had = set(Labelling.objects.filter(label=label, party__in=ids).values_list("party_id", flat=True))
    for item in items:
        item.before = {"changed": (item.party_id in had) != add}
    if add:
        new = [Labelling(label=label, party_id=pk) for pk in ids if pk not in had]
        Labelling.objects.bulk_create(new, batch_size=_CHUNK, ignore_conflicts=True)
    else:
        Labelling.objects.filter(label=label, party__in=ids).delete()
