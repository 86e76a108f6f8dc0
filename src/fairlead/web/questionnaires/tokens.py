"""The tokens of suppliers' links: 256 bits, kept only as a hash, each for one questionnaire, expiring and revocable."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fairlead.web.accounts.models import User
from fairlead.web.questionnaires.models import Questionnaire, SupplierLink

_SALT: Final = "fairlead.web.questionnaires.tokens"

#: A link opens the questionnaire until so long after the day by which to answer, and at least so long.
AFTER_DUE: Final = timedelta(days=30)
AT_LEAST: Final = timedelta(days=14)
#: A link for somebody who is signed in.
SIGNED_IN: Final = timedelta(hours=12)


def make_link(questionnaire: Questionnaire, user: User | None = None) -> SupplierLink:
    """Make a link to a questionnaire; one with a user opens only for that account, for a few hours."""
    nonce, now = secrets.token_hex(32), timezone.now()
    if user is not None:
        expires_at = now + SIGNED_IN
    else:
        left = timedelta(days=(questionnaire.due_on - timezone.localdate()).days) + AFTER_DUE
        expires_at = now + max(AT_LEAST, left)
    link = SupplierLink.objects.create(
        questionnaire=questionnaire,
        nonce=nonce,
        token_hash=hashed(_token(nonce)),
        user=user,
        expires_at=expires_at,
    )
    if user is None:
        Questionnaire.objects.filter(pk=questionnaire.pk).update(link_until=expires_at, link_wanted=False)
    return link


def revoke_links(questionnaire: Questionnaire) -> None:
    """Take all links of a questionnaire back, those of accounts too."""
    now = timezone.now()
    SupplierLink.objects.filter(questionnaire=questionnaire, revoked_at=None).update(revoked_at=now)
    Questionnaire.objects.filter(pk=questionnaire.pk).update(link_until=None)


def token_of(link: SupplierLink) -> str:
    """Return the token of a link."""
    return _token(link.nonce)


def _token(nonce: str) -> str:
    digest = salted_hmac(_SALT, nonce, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hashed(token: str) -> str:
    """Return the hash under which a token is kept: SHA-256 of it, in hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str) -> SupplierLink | None:
    """Return the link of a token, also one that no longer opens; None where there never was one."""
    return (
        SupplierLink.objects.select_related(
            "questionnaire", "questionnaire__organisation", "questionnaire__party", "questionnaire__standard", "user"
        )
        .filter(token_hash=hashed(token))
        .first()
    )


def newest_link(questionnaire: Questionnaire) -> SupplierLink | None:
    """Return the newest link of a questionnaire that needs no account."""
    return questionnaire.links.filter(user__isnull=True).order_by("-pk").first()


def address(link: SupplierLink) -> str:
    """Return the whole address of a link, as it stands in an e-mail."""
    return settings.PUBLIC_URL + reverse("supplier:start", kwargs={"token": token_of(link)})
