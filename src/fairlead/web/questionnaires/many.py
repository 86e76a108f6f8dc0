"""Asks, sends or reminds many at once, so that it can go on after an interruption, and no letter goes twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.model.progress import Progress
from fairlead.web.audit.chain import record
from fairlead.web.lists.state import ListState
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.parties.party_list import PARTY_LIST
from fairlead.web.questionnaires.asking import make
from fairlead.web.questionnaires.mail import send_link
from fairlead.web.questionnaires.models import (
    WITH_SUPPLIER,
    Outcome,
    Questionnaire,
    Sending,
    SendingItem,
    SendingKind,
    State,
)
from fairlead.web.questionnaires.questionnaire_list import QUESTIONNAIRE_LIST
from fairlead.web.questionnaires.send import Refused, mark_reminded, mark_sent
from fairlead.web.records.change import ChangedMeanwhile
from fairlead.web.standards.models import StandardVersion

#: So many are done while a person waits; more become background work.
AT_ONCE: Final = 10
_CHUNK: Final = 100
_STATES: Final = {SendingKind.SEND: (State.DRAFT,), SendingKind.REMIND: WITH_SUPPLIER}


def selected(sending: Sending) -> Any:
    """Return the parties, or the questionnaires, that are meant, as they are now."""
    organisation, query = sending.organisation, sending.selection.get("query")
    chosen = sending.selection.get("selected", [])
    asked = QueryDict(str(query or "").removeprefix("?"))
    if sending.kind == SendingKind.ASK:
        if query is not None:
            return ListState(PARTY_LIST, organisation, asked).rows.order_by("pk")
        return Party.live.filter(organisation=organisation, uid__in=chosen).order_by("pk")
    states = _STATES[SendingKind(sending.kind)]
    if query is not None:
        return ListState(QUESTIONNAIRE_LIST, organisation, asked).rows.filter(state__in=states).order_by("pk")
    numbers = [int(text) for text in chosen if text.isascii() and text.isdigit() and len(text) < 18]  # noqa: PLR2004 - fits the column
    return Questionnaire.objects.filter(organisation=organisation, pk__in=numbers, state__in=states).order_by("pk")


def do_all(sending: Sending, progress: Progress | None = None) -> None:
    """Do what was asked with each that is meant, or go on with it where it was interrupted."""
    _list_items(sending)
    waiting = sending.items.filter(outcome=Outcome.WAITING)
    waiting.filter(begun_at__isnull=False).update(outcome=Outcome.UNSURE)
    if sending.kind == SendingKind.ASK:
        if progress:
            progress.start("Making the questionnaires", sending.items.count())
            progress.advance(sending.items.filter(questionnaire__isnull=False).count())
        while items := list(waiting.filter(questionnaire__isnull=True).order_by("pk")[:_CHUNK]):
            with transaction.atomic():
                _make(sending, items)
            if progress:
                progress.advance(len(items))
    if progress:
        progress.start("Sending the e-mails", sending.items.count())
        progress.advance(sending.items.exclude(outcome=Outcome.WAITING).count())
    while items := list(waiting.select_related("questionnaire__organisation").order_by("pk")[:_CHUNK]):
        for item in items:
            _send(sending, item)
            if progress:
                progress.advance()
    with transaction.atomic():
        if Sending.objects.filter(pk=sending.pk, done_at__isnull=True).update(done_at=timezone.now()):
            record(
                "questionnaires.many",
                organisation=sending.organisation,
                actor=sending.user,
                subject=f"sending {sending.pk}",
                detail={"kind": sending.kind, "items": sending.items.count()},
            )


def _list_items(sending: Sending) -> None:
    """Write down which ones are meant, before any of them changes; what was written before is not written again."""
    if sending.listed:
        return
    of_party = sending.kind == SendingKind.ASK
    key = "party_id" if of_party else "questionnaire_id"
    last = sending.items.order_by(f"-{key}").values_list(key, flat=True).first() or 0
    while rows := list(selected(sending).filter(pk__gt=last)[:_CHUNK]):
        made = [
            SendingItem(sending=sending, party=row)
            if of_party
            else SendingItem(sending=sending, party_id=row.party_id, questionnaire=row)
            for row in rows
        ]
        SendingItem.objects.bulk_create(made, batch_size=_CHUNK)
        last = rows[-1].pk
    sending.listed = True
    sending.save(update_fields=["listed"])


def _make(sending: Sending, items: Sequence[SendingItem]) -> None:
    """Make a draft for the party of each item; one that is no longer in use is left."""
    parties = Party.objects.in_bulk([item.party_id for item in items])
    there = [item for item in items if parties[item.party_id].state == RecordState.LIVE]
    settings = sending.settings
    made = make(
        [parties[item.party_id] for item in there],
        StandardVersion.objects.get(pk=settings["standard"], organisation=sending.organisation),
        organisation=sending.organisation,
        user=sending.user,
        due_on=date.fromisoformat(settings["due_on"]),
        language=settings["language"],
        greeting=settings["greeting"],
        reminders=settings["reminders"],
    )
    for item, one in zip(there, made, strict=True):
        item.questionnaire = one
        item.outcome = Outcome.WAITING if settings["send"] else Outcome.MADE
        record(
            "questionnaire.made",
            organisation=sending.organisation,
            actor=sending.user,
            subject=f"questionnaire {one.pk}",
            detail={"questions": one.asked_count},
        )
    for item in items:
        if item.questionnaire_id is None:
            item.outcome, item.why = Outcome.LEFT, _("The party is no longer in use.")
    SendingItem.objects.bulk_update(items, ["questionnaire", "outcome", "why"], batch_size=_CHUNK)


def _send(sending: Sending, item: SendingItem) -> None:
    """Send or remind of one, and keep what came of it; what has another state by now is left."""
    reminder = sending.kind == SendingKind.REMIND
    states: tuple[State, ...] = WITH_SUPPLIER if reminder else (State.DRAFT,)
    try:
        with transaction.atomic():
            one = Questionnaire.objects.select_related("organisation", "party").get(pk=item.questionnaire_id or 0)
            if one.state not in states:
                raise Refused(_("It is in another state by now."))
            user = sending.user
            link = mark_reminded(one, user=user) if reminder else mark_sent(one, user=user, seen=one.version)
            SendingItem.objects.filter(pk=item.pk).update(begun_at=timezone.now())
    except ChangedMeanwhile:
        _keep(item, Outcome.LEFT, _("Somebody else changed it meanwhile."))
        return
    except Refused as error:
        _keep(item, Outcome.LEFT, str(error))
        return
    _keep(item, Outcome.SENT if send_link(one, link, reminder=reminder) else Outcome.UNSENT)


def _keep(item: SendingItem, outcome: Outcome, why: str = "") -> None:
    SendingItem.objects.filter(pk=item.pk).update(outcome=outcome, why=why[:300])
