"""How allauth behaves here: nobody makes an account without an invitation, and no link leads off this workbench."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

_SHOWN_BY_THE_PAGE: Final = {
    f"account/messages/{name}.txt" for name in ("logged_in", "logged_out", "email_confirmation_sent")
}
_WRONG_CODE: Final = _("That code is not right, or has run out. Give the one that is shown now.")


class ByInvitation(DefaultAccountAdapter):
    """Signing up is closed; people come by invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address and the password do not fit together."),
        "enter_current_password": _("That is not your password now."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _WRONG_CODE,
        "rate_limited": _("Too many attempts in a short time. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody may sign up by themselves."""
        return False

    def clean_email(self, email: str) -> Any:
        """Return the address in lower case."""
        return super().clean_email(email.strip().lower())

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether a page to go on to is one of this workbench: only its own host counts."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link for a new password with the public address, whatever name the request came by."""
        made = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.PUBLIC_URL}{made.path}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link that confirms a new address with the public address, whatever name the request came by."""
        made = urlsplit(super().get_email_confirmation_url(request, emailconfirmation))
        return f"{settings.PUBLIC_URL}{made.path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; where the server of e-mail is away the page is shown all the same, and tells no accounts."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:  # its text may hold addresses
            log.warning("an e-mail could not be sent", extra={"kind": type(error).__name__})

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing where the page itself shows what happened."""
        template = kwargs.get("message_template") or (args[2] if len(args) > 2 else "")  # noqa: PLR2004
        if template not in _SHOWN_BY_THE_PAGE:
            super().add_message(*args, **kwargs)


class SecondFactors(DefaultMFAAdapter):
    """Second factors, with what is wrong in our own words."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}
