"""What happens when somebody signs in: the session is noted, and the language they chose before goes with them."""

from __future__ import annotations

from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from fairlead.web.accounts.models import User

#: Where a session remembers the language that was chosen before signing in.
CHOSEN: Final = "chosen_language"
_BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign somebody in whose right to it was checked otherwise: by an invitation, or at the first start."""
    login(request, user, backend=_BACKEND)


@receiver(user_logged_in, dispatch_uid="fairlead signed in")
def _signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if "REMOTE_ADDR" in request.META:
        UserSession.objects.create_from_request(request, user=user)
    chosen = request.session.pop(CHOSEN, "")
    if chosen in dict(settings.LANGUAGES) and chosen != user.language:
        user.language = chosen
        user.save(update_fields=["language"])
