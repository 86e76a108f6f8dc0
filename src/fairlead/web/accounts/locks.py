"""Who guessed a password too often, and letting them try again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from fairlead.web.accounts.models import User
from fairlead.web.audit.chain import record
from fairlead.web.organisations.models import Organisation


def locked(emails: Iterable[str]) -> frozenset[str]:
    """Return those of the addresses for which signing in is closed for a while, from one place at least."""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.annotate(email=Lower("username")).filter(
        email__in=[email.lower() for email in emails],
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=since,
    )
    return frozenset(attempts.values_list("email", flat=True))


def unlock(email: str, *, organisation: Organisation | None, actor: User | None, by: str = "person") -> bool:
    """Forget the wrong passwords of an address; return whether there were any."""
    with transaction.atomic():
        attempts = AccessAttempt.objects.annotate(email=Lower("username")).filter(email=email.strip().lower())
        count, _of = AccessAttempt.objects.filter(pk__in=list(attempts.values_list("pk", flat=True))).delete()
        if count:
            record("account.unlocked", organisation=organisation, actor=actor, by=by)
    return count > 0
