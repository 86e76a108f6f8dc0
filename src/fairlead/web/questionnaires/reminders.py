"""Reminds suppliers of a questionnaire before and after the day by which to answer: each step at most once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fairlead.web.audit.chain import record
from fairlead.web.jobs.reminding import days_with_a_step, step_due
from fairlead.web.questionnaires.mail import send_link
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, Reminder, SupplierLink
from fairlead.web.questionnaires.tokens import make_link, newest_link

#: Whoever was written to, by hand or by itself, is left in peace for so long.
_PEACE: Final = timedelta(days=3)
#: A letter that the mail server refused is tried again after so long, so many times in all.
_AGAIN: Final = timedelta(hours=6)
_MOST_TRIES: Final = 3


def send_reminders(now: datetime) -> int:
    """Send the reminders that are due and return how many were sent.

    Each is noted, and written into the log, before its letter goes: after a crash between the two it is not sent,
    rather than sent twice. Not reminded is whoever has no address, whose link the organisation has taken back, and
    whoever was written to within three days.
    """
    first, last = days_with_a_step(timezone.localdate(now))
    due = Questionnaire.objects.filter(
        state__in=WITH_SUPPLIER, reminders=True, due_on__range=(first, last), sent_at__isnull=False
    ).exclude(email="")
    sent = 0
    for number in list(due.order_by("pk").values_list("pk", flat=True)):
        claimed = _claim(number, now)
        if claimed is None:
            continue
        reminder, link = claimed
        if send_link(reminder.questionnaire, link, reminder=True):
            sent += 1
        else:
            _not_sent(reminder, now)
    return sent


def _claim(number: int, now: datetime) -> tuple[Reminder, SupplierLink] | None:
    """Note the reminder that is due of a questionnaire; None where none is, or it has been noted before."""
    with transaction.atomic():
        one = Questionnaire.objects.select_for_update().get(pk=number)
        step = step_due(one.due_on, timezone.localdate(now))
        written = max((at for at in (one.sent_at, one.reminded_at) if at), default=now)
        if step is None or not (one.with_supplier and one.reminders and one.email):
            return None
        before = Reminder.objects.filter(questionnaire=one, due_on=one.due_on, step=step.key).first()
        if before and (before.again_at is None or before.again_at > now):
            return None
        link = newest_link(one)
        if link is None or link.revoked_at is not None or (before is None and now - written < _PEACE):
            return None
        if before is None:
            before = Reminder.objects.create(questionnaire=one, due_on=one.due_on, step=step.key, at=now)
        else:
            Reminder.objects.filter(pk=before.pk).update(at=now, again_at=None, tries=F("tries") + 1)
        Questionnaire.objects.filter(pk=number).update(reminded_at=now)
        record(
            "questionnaire.reminded",
            organisation=one.organisation,
            actor=None,
            subject=f"questionnaire {number}",
            detail={"step": step.key},
            by="background work",
        )
        reminder = Reminder.objects.select_related("questionnaire__organisation").get(pk=before.pk)
        return reminder, link if link.holds else make_link(one)


def _not_sent(reminder: Reminder, now: datetime) -> None:
    """Note that the letter did not go, so that it is tried again, and is not told as sent."""
    with transaction.atomic():
        again = now + _AGAIN if reminder.tries < _MOST_TRIES else None
        Reminder.objects.filter(pk=reminder.pk).update(again_at=again)
        record(
            "questionnaire.reminder_not_sent",
            organisation=reminder.questionnaire.organisation,
            actor=None,
            subject=f"questionnaire {reminder.questionnaire_id}",
            detail={"step": reminder.step, "again": again is not None},
            by="background work",
        )
