"""Reminds by e-mail whoever follows an action: a week before its date, on the day after, and each week from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.remedy import TO_BE_DONE
from fairlead.web.accounts.letters import Notice, send_notices
from fairlead.web.accounts.models import User
from fairlead.web.actions.models import ActionEvent, CorrectiveAction

_BEFORE: Final = timedelta(days=7)
_AGAIN: Final = timedelta(days=7)


def send_reminders(now: datetime) -> int:
    """Send what is due and return how many reminders were sent; nobody is reminded of an action twice in a week.

    The letter names neither the party nor the step: e-mail may be read by others. It leads to the page. Whoever wants
    fewer e-mails is told of all that is due in one.
    """
    today = timezone.localdate(now)
    due = CorrectiveAction.objects.filter(
        state__in=TO_BE_DONE, due_on__lte=today + _BEFORE, followed_by__is_active=True
    ).select_related("followed_by", "organisation")
    sent = 0
    for user, actions in groupby(due.order_by("followed_by", "pk"), key=lambda action: action.followed_by):
        if user is None:
            continue
        for together in [list(actions)] if user.fewer_emails else [[action] for action in actions]:
            claimed = _claimed(together, now)
            send_notices(user, [_notice(action, user, today) for action in claimed])
            sent += len(claimed)
    return sent


def _claimed(actions: Sequence[CorrectiveAction], now: datetime) -> list[CorrectiveAction]:
    """Note the reminders before they are sent, so that nobody gets one twice; return the actions that need one."""
    claimed = []
    with transaction.atomic():
        for action in actions:
            locked = CorrectiveAction.objects.select_for_update().get(pk=action.pk)
            if _reminded(locked, now) or locked.state not in TO_BE_DONE:
                continue
            ActionEvent.objects.create(action=locked, kind="reminder", at=now, before=locked.state, after=locked.state)
            claimed.append(action)
    return claimed


def _reminded(action: CorrectiveAction, now: datetime) -> bool:
    """Say whether somebody was reminded within the last week, or since the date passed."""
    last = action.events.filter(kind="reminder").order_by("-at").values_list("at", flat=True).first()
    if last is None or action.due_on is None:
        return False
    passed_since = timezone.localdate(last) <= action.due_on < timezone.localdate(now)
    return not passed_since and now - last < _AGAIN


def _notice(action: CorrectiveAction, user: User, today: date) -> Notice:
    page = settings.PUBLIC_URL + reverse("actions:action", kwargs={"slug": action.organisation.slug, "uid": action.uid})
    due_on = action.due_on or today
    with override(user.language):
        day = date_format(due_on)
        if due_on < today:
            words = _("An action that you follow was due on %(day)s:") % {"day": day}
            return Notice(_("An action is overdue"), words, page)
        return Notice(
            _("An action is due soon"), _("An action that you follow is due on %(day)s:") % {"day": day}, page
        )
