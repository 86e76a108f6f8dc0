"""E-mails to people with an account about what has a deadline: one each, or all in one for whoever wants fewer."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.accounts.models import User

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """What somebody is told: a subject, a sentence, the whole address of the page. It names no party and no worker."""

    subject: str
    words: str
    page: str


def send_notices(user: User, notices: Sequence[Notice]) -> bool:
    """Send notices to somebody, in one letter where fewer e-mails are wanted; say whether all could be sent."""
    if user.fewer_emails and len(notices) > 1:
        with override(user.language):
            subject = _("What is due")
        return send_letter(user, subject, "\n\n".join(f"{each.words}\n{each.page}" for each in notices))
    sent = [send_letter(user, each.subject, f"{each.words}\n\n{each.page}") for each in notices]
    return all(sent)


def send_letter(user: User, subject: str, body: str) -> bool:
    """Send an e-mail to somebody with an account; say whether it could be sent."""
    try:
        return bool(send_mail(" ".join(subject.split()), f"{body}\n", None, [user.email]))
    except (SMTPException, OSError) as error:  # its text may hold addresses
        log.warning("an e-mail could not be sent", extra={"kind": type(error).__name__})
        return False
