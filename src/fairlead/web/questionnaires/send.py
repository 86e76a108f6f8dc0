"""Sends a questionnaire, and reminds of one: first what is kept and logged, then the letter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.questionnaires.mail import send_link
from fairlead.web.questionnaires.models import Questionnaire, State, SupplierLink
from fairlead.web.questionnaires.tokens import make_link, newest_link
from fairlead.web.records.change import change


class Refused(Exception):
    """The step cannot be done; the text says why, in the reader's language."""


def mark_sent(one: Questionnaire, *, user: User | None, seen: int) -> SupplierLink:
    """Make a draft one that is with the supplier, and its link. Raises Refused and ChangedMeanwhile."""
    if one.due_on < timezone.localdate():
        raise Refused(_("The day by which to answer is over. Choose another first."))
    with transaction.atomic():
        change(one, {"state": State.SENT, "sent_at": timezone.now()}, seen=seen)
        link = make_link(one)
        _record(one, user, "sent")
    return link


def mark_reminded(one: Questionnaire, *, user: User | None) -> SupplierLink:
    """Note a reminder; return the link that the letter holds, a new one where the last no longer opens anything."""
    with transaction.atomic():
        link = newest_link(one)
        if link is None or not link.holds:
            link = make_link(one)
        Questionnaire.objects.filter(pk=one.pk).update(reminded_at=timezone.now())
        _record(one, user, "reminded")
    return link


def send(one: Questionnaire, *, user: User, seen: int) -> bool:
    """Send a draft; say whether the e-mail could be sent. Raises Refused and ChangedMeanwhile."""
    return send_link(one, mark_sent(one, user=user, seen=seen))


def remind(one: Questionnaire, *, user: User) -> bool:
    """Send a reminder with the link; say whether the e-mail could be sent."""
    return send_link(one, mark_reminded(one, user=user), reminder=True)


def _record(one: Questionnaire, user: User | None, action: str) -> None:
    record(f"questionnaire.{action}", organisation=one.organisation, actor=user, subject=f"questionnaire {one.pk}")
