"""E-mails to suppliers: who asks, by when, the link; nothing of how the organisation sees the supplier."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.questionnaires.models import Questionnaire, SupplierLink
from fairlead.web.questionnaires.tokens import address

log = logging.getLogger(__name__)


def send_link(one: Questionnaire, link: SupplierLink, *, reminder: bool = False) -> bool:
    """Send a link in the questionnaire's language; say whether it could be sent."""
    if not one.email:
        return False
    with override(one.language):
        name, date = one.organisation.name, date_format(one.due_on, "DATE_FORMAT")
        subject = (
            _("Reminder: questions from %(name)s about working conditions")
            if reminder
            else _("Questions from %(name)s about working conditions")
        )
        first = (
            _(
                "%(name)s asked you to answer questions about working conditions at your company, by %(date)s. You can"
                " still answer."
            )
            if one.overdue
            else _("%(name)s asks you to answer questions about working conditions at your company, by %(date)s.")
        )
        lines = [
            first % {"name": name, "date": date},
            *([one.greeting] if one.greeting and not reminder else []),
            _("Open this link to answer. You need no account, and you can stop and come back:"),
            address(link),
            _("The link opens only this questionnaire. Whoever has it can answer: pass it on only to colleagues."),
        ]
        return _send(" ".join((subject % {"name": name}).split()), "\n\n".join(lines), one.email)


def send_returned(one: Questionnaire, link: SupplierLink) -> bool:
    """Tell a supplier that its answers came back; the remarks stand behind the link."""
    if not one.email:
        return False
    with override(one.language):
        subject = _("Your answers to %(name)s came back with remarks") % {"name": one.organisation.name}
        first = _("%(name)s has read your answers and asks you to look at some of them again.")
        body = "\n\n".join([first % {"name": one.organisation.name}, address(link)])
        return _send(" ".join(subject.split()), body, one.email)


def _send(subject: str, body: str, to: str) -> bool:
    try:
        return bool(send_mail(subject, f"{body}\n", None, [to]))
    except (SMTPException, OSError) as error:  # its text may hold addresses
        log.warning("an e-mail could not be sent", extra={"kind": type(error).__name__})
        return False
