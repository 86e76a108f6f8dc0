"""Lines in the log of each organisation when one of its people changes how they sign in; no address stands in them."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.db import transaction
from django.dispatch import receiver

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation


def _note(action: str, user: User, **detail: str) -> None:
    with transaction.atomic():
        for organisation in Organisation.objects.filter(memberships__user=user).order_by("pk"):
            record(action, organisation=organisation, actor=user, detail=detail)


@receiver(email_changed, dispatch_uid="fairlead address changed")
def _address_changed(sender: Any, user: User, **kwargs: Any) -> None:
    _note("account.address_changed", user)


@receiver([password_changed, password_reset], dispatch_uid="fairlead password changed")
def _password_changed(sender: Any, user: User, **kwargs: Any) -> None:
    _note("account.password_changed", user)


@receiver(authenticator_added, dispatch_uid="fairlead factor added")
def _factor_added(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("account.factor_added", user, kind=str(authenticator.type))


@receiver(authenticator_removed, dispatch_uid="fairlead factor removed")
def _factor_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("account.factor_removed", user, kind=str(authenticator.type))


@receiver(authenticator_reset, dispatch_uid="fairlead factor renewed")
def _factor_renewed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note("account.factor_renewed", user, kind=str(authenticator.type))
