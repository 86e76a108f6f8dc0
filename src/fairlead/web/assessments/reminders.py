"""Reminds those who reply of the day by which a challenge is to be answered: each step at most once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.accounts.letters import Notice, send_notices
from fairlead.web.accounts.models import User
from fairlead.web.assessments.challenging import page_of, who_replies
from fairlead.web.assessments.models import Challenge, ChallengeReminder, ChallengeState
from fairlead.web.audit.chain import record
from fairlead.web.jobs.reminding import days_with_a_step, step_due
from fairlead.web.organisations.models import Organisation


def send_reminders(now: datetime) -> int:
    """Send what is due and return of how many challenges somebody was reminded. The letter names no supplier."""
    first, last = days_with_a_step(timezone.localdate(now))
    due = Challenge.objects.filter(state=ChallengeState.OPEN, due_on__range=(first, last))
    sent = 0
    for organisation in Organisation.objects.filter(pk__in=due.values("organisation_id")).order_by("pk"):
        people = who_replies(organisation)
        claimed = _claimed(organisation, now) if people else []
        for user in people if claimed else []:
            send_notices(user, [_notice(challenge, user, now) for challenge in claimed])
        sent += len(claimed)
    return sent


def _claimed(organisation: Organisation, now: datetime) -> list[Challenge]:
    """Note the reminders that are due at an organisation, and log them, before they are sent."""
    today, claimed = timezone.localdate(now), []
    with transaction.atomic():
        held = Challenge.objects.select_for_update().filter(organisation=organisation, state=ChallengeState.OPEN)
        for challenge in held.order_by("pk"):
            step = step_due(challenge.due_on, today)
            if step is None:
                continue
            _row, made = ChallengeReminder.objects.get_or_create(
                challenge=challenge, step=step.key, defaults={"at": now}
            )
            if not made:
                continue
            record(
                "challenge.reminded",
                organisation=organisation,
                actor=None,
                subject=f"challenge {challenge.number}",
                detail={"step": step.key},
                by="background work",
            )
            challenge.organisation = organisation
            claimed.append(challenge)
    return claimed


def _notice(challenge: Challenge, user: User, now: datetime) -> Notice:
    with override(user.language):
        day = {"day": date_format(challenge.due_on)}
        if challenge.due_on < timezone.localdate(now):
            subject, words = _("The reply to a supplier is overdue"), _("A challenge was to be answered by %(day)s:")
        else:
            subject, words = _("A supplier waits for a reply"), _("A challenge is to be answered by %(day)s:")
        return Notice(subject, words % day, page_of(challenge))
